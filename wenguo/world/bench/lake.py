"""`wenguo bench lake`: facts of many complaints, dashboards read from their sums, and questions put to the lake.

The facts are made by the engine itself, 36 months of them, and go in by the bulk way of `insights.actions.load`. A
question's time is held against the same question asked of the bare files in the engine's own language.
"""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from wenguo.accounts.models import Unit, User
from wenguo.insights.actions.answer import run_question
from wenguo.insights.actions.compact import compact
from wenguo.insights.actions.load import load_facts
from wenguo.insights.choices import BOARDS, Metric
from wenguo.insights.models import LakeFile, Rollup
from wenguo.insights.rules.questions import Question
from wenguo.lib.now import now
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.world.bench.facts import FACTS, PREPARE
from wenguo.world.bench.report import Figures, machine, milliseconds
from wenguo.world.bench.server import Visitor, own_server, signed_in

HELP = "Fills the lake, then times dashboards and questions. Use a home and a database made for it."
MONTHS = 36
PART = 250_000  # complaints that fit into memory with all their facts
_TRIES = 5


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--complaints", type=int, required=True, help="how many")
    parser.add_argument("--months", type=int, default=MONTHS, help="how many whole months they are spread over")
    parser.add_argument("--keep", action="store_true", help="the lake is there already: only measure")


def measure(options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures:
    """How long filling took, and what pages and questions take then."""
    mei = User.objects.filter(username="mei").first()
    if mei is None:
        raise CommandError("There is nobody here. Load some complaints first: wenguo bench load --complaints 1000")
    before, begun = machine(), time.perf_counter()
    if not options["keep"]:
        _fill(options["complaints"], max(1, options["months"]), tell)
    filled = time.perf_counter()
    files = LakeFile.objects.all()
    return {
        "complaints": sum(files.filter(kind="complaint").values_list("rows", flat=True)),
        "facts": sum(files.values_list("rows", flat=True)),
        "lake_mb": round(sum(files.values_list("size", flat=True)) / 1e6),
        "rows_of_sums": Rollup.objects.count(),
        "filling_s": round(filled - begun, 1),
        "dashboards": _dashboards(mei),
        "questions": {name: _question(mei, *asked) for name, asked in _QUESTIONS.items()},
        "machine": before,
        "load_after": [round(load, 2) for load in os.getloadavg()],
    }


def _fill(count: int, months: int, tell: Callable[[str], object]) -> None:
    for number, month in enumerate(_months()[-months:]):
        start, end = count * number // months, count * (number + 1) // months
        for first in range(start, end, PART):
            load_facts(_facts(first, min(first + PART, end), month), month)
        tell(f"{month:%Y-%m}: {end:,} complaints")
    compact(least=1)


def _months() -> list[date]:
    """The last 36 whole months, oldest first."""
    day, found = timezone.localdate(now()).replace(day=1), []
    for _month in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found[::-1]


def _facts(first: int, end: int, month: date) -> dict[str, pa.Table]:
    """What these complaints left, by kind."""
    with duckdb.connect() as engine:
        engine.register("units", _units())
        for tree in (TreeKind.PRODUCT, TreeKind.ISSUE, TreeKind.CAUSE, TreeKind.CHANNEL):
            engine.register(f"{tree.value}s", _nodes(tree))
        engine.execute("SELECT setseed(0.5)")
        engine.execute(PREPARE, {"first": first + 10**9, "end": end + 10**9, "month": month})
        return {kind: engine.sql(query).to_arrow_table() for kind, query in FACTS.items()}


def _units() -> pa.Table:
    rows = list(Unit.objects.exclude(parent=None).order_by("pk").values_list("pk", "path", "province"))
    return _numbered(rows, ("unit", "unit_path", "province"))


def _nodes(tree: TreeKind) -> pa.Table:
    rows = list(TaxonomyNode.objects.of(tree).filter(children=None).order_by("pk").values_list("pk", "path"))
    return _numbered(rows, ("node", "path"))


def _numbered(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> pa.Table:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return pa.table({"number": list(range(len(rows))), **columns})


def _dashboards(mei: User) -> dict[str, dict[str, float]]:
    """Every board of a manager, over HTTP, after one visit to warm up."""
    with own_server() as (port, _process):
        visitor = Visitor(port, signed_in(mei))
        return {key: milliseconds(list(_visits(visitor, reverse("insights:board", args=[key])))) for key in BOARDS}


def _visits(visitor: Visitor, path: str) -> Iterator[float]:
    for number in range(_TRIES + 1):
        begun = time.perf_counter()
        status, body = visitor.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered with {status}: {body[:200]!r}")
        if number:
            yield time.perf_counter() - begun


# name → metric, groups, and the bare engine's own way to ask the same
_QUESTIONS: dict[str, tuple[Metric, tuple[str, ...], str]] = {
    "received by month and issue": (
        Metric.RECEIVED,
        ("month", "issue"),
        "SELECT date_trunc('month', received_at + INTERVAL 8 HOUR) AS m, issue_path, count(*) AS n "
        "FROM read_parquet({complaint}) WHERE source = 'live' "
        "AND received_at + INTERVAL 8 HOUR BETWEEN '{since}' AND '{until} 23:59:59.999999' GROUP BY ALL",
    ),
    "timeliness by unit": (
        Metric.TIMELINESS,
        ("unit",),
        "SELECT unit, count(*) FILTER (state = 'met') AS met, count(*) AS n FROM read_parquet({clock}) AS k "
        "JOIN read_parquet({complaint}) AS c USING (complaint) WHERE k.rule = 'company.whole' AND c.source = 'live' "
        "AND k.due_at + INTERVAL 8 HOUR BETWEEN '{since}' AND '{until} 23:59:59.999999' GROUP BY ALL",
    ),
}


def _question(mei: User, metric: Metric, groups: tuple[str, ...], bare: str) -> dict[str, float]:
    """Milliseconds of ours and of the bare engine, best of five each, and whether both count the same."""
    months = _months()
    question = Question(metric.value, months[-12], months[-1] + timedelta(days=27), by=groups)
    ours, answer = _best(lambda: run_question(question, mei)[0])
    query = bare.format(since=question.since, until=question.until, **_paths())
    with duckdb.connect() as engine:
        theirs, rows = _best(lambda: engine.execute(query).fetchall())
    columns = answer[0]
    counted = sum(row[columns.index(part)] for row in answer[1] for part in ("met", "failed", "left_out"))
    return {
        "ms": round(ours * 1000, 1),
        "bare_ms": round(theirs * 1000, 1),
        "ratio": round(ours / theirs, 2),
        "rows": len(answer[1]),
        "counted": int(counted),
        "bare_counted": int(sum(row[-1] for row in rows)),
    }


def _paths() -> dict[str, str]:
    root = settings.WENGUO_LAKE
    by_kind: dict[str, list[str]] = {}
    for kind, path in LakeFile.objects.values_list("kind", "path"):
        by_kind.setdefault(kind, []).append(f"{root}/{path}")
    return {kind: str(paths) for kind, paths in by_kind.items()}


def _best(ask: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds of the quickest, its answer)"""
    taken = []
    for _try in range(_TRIES):
        begun = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - begun, answer))
    return min(taken, key=lambda pair: pair[0])
