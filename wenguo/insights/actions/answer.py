"""The worker's child answers questions put to the lake, one after the other, saying how far it is."""

import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from wenguo.accounts.access import grants_of, units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.lake.asking import answer_to
from wenguo.insights.lake.engine import engine, show_lake
from wenguo.insights.lake.tables import sql_of
from wenguo.insights.models import AdHocQuery, LakeFile
from wenguo.insights.models.asked import AskedState
from wenguo.insights.queries.registry import all_metrics
from wenguo.insights.rules.questions import MOST_ROWS, Question, question_of
from wenguo.lib.now import now

_SILENT_AFTER = timedelta(minutes=15)  # a child that died: somebody else answers


def answer_questions() -> int:
    """All that wait; how many were answered. Two children never answer the same one."""
    answered = 0
    while row := _next():
        _answer(row)
        answered += 1
    return answered


def _next() -> AdHocQuery | None:
    left = Q(state=AskedState.WAITING) | Q(state=AskedState.WORKING, started_at__lt=now() - _SILENT_AFTER)
    for row in AdHocQuery.objects.filter(left).order_by("asked_at")[:5]:
        mine = AdHocQuery.objects.filter(pk=row.pk, state=row.state, started_at=row.started_at)
        if mine.update(state=AskedState.WORKING, started_at=now(), progress=1):
            return row
    return None


def _answer(row: AdHocQuery) -> None:
    try:
        found, spent = run_question(question_of(row.asked), row.user, lambda percent: _tell(row, percent))
    except Exception as error:
        # Whatever it was: the asker is told, and the next question gets its turn.
        _finish(row, state=AskedState.FAILED, error=str(error)[:2000])
        return
    columns = found[0]
    rows = [[_plain(value) for value in one] for one in found[1]]
    _finish(
        row, state=AskedState.DONE, progress=100, columns=columns, rows=rows[:MOST_ROWS],
        is_cut=len(rows) > MOST_ROWS, engine_ms=round(spent * 1000),
    )  # fmt: skip


def run_question(question: Question, asker: User, tell: Any = None) -> tuple[tuple[list[str], list[list[Any]]], float]:
    """((names of columns, rows), seconds the engine took)."""
    expression = answer_to(question, all_metrics()[question.metric], _units(asker), asker.pk)
    where = engine()
    try:
        show_lake(where, LakeFile.objects.all())
        query = sql_of(expression, where.dialect)
        began = time.perf_counter()
        table = where.run(query, tell)
        return (table.column_names, [list(row.values()) for row in table.to_pylist()]), time.perf_counter() - began
    finally:
        where.close()


def _units(asker: User) -> set[int] | None:
    """The units whose complaints the asker may count now: None is all, an empty set is none."""
    if grants_of(asker).everywhere(Permission.SEE_FIGURES):
        return None
    return set(Unit.objects.filter(units_in_scope(asker, Permission.SEE_FIGURES)).values_list("pk", flat=True))


def _tell(row: AdHocQuery, percent: float) -> bool:
    """Notes how far it is; False when the asker does not want it any more."""
    mine = AdHocQuery.objects.filter(pk=row.pk, state=AskedState.WORKING)
    return bool(mine.update(progress=max(1, min(99, round(percent)))))


def _finish(row: AdHocQuery, **what: Any) -> None:
    AdHocQuery.objects.filter(pk=row.pk, state=AskedState.WORKING).update(finished_at=now(), **what)


def _plain(value: Any) -> Any:
    """What JSON can hold; an engine's sums of whole numbers are wider than its whole numbers."""
    if isinstance(value, Decimal):
        return int(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)
