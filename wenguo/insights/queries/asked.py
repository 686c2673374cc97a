"""Questions put to the lake, and their answers in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.choices import Axis, Kind
from wenguo.insights.choices.columns import GROUP_LABELS
from wenguo.insights.models import AdHocQuery
from wenguo.insights.queries.registry import all_metrics, name_of
from wenguo.insights.queries.rollups import label_of
from wenguo.insights.rules import Measure
from wenguo.insights.rules.questions import GROUPS, TREE_COLUMNS
from wenguo.process.models import TaxonomyNode


@dataclass(frozen=True)
class Line:
    """A group in words, its sums and its one number."""

    names: list[str]
    measure: Measure
    value: float | None


def questions_of(user: User) -> QuerySet[AdHocQuery]:
    """One's own, newest first."""
    return AdHocQuery.objects.filter(user=user).order_by("-asked_at")


def get_question_for(user: User, pk: int) -> AdHocQuery:
    check_permission(user, Permission.SEE_FIGURES)
    return questions_of(user).get(pk=pk)


def title_of(question: AdHocQuery) -> str:
    asked = question.asked
    groups = " × ".join(str(GROUP_LABELS[name]) for name in asked["by"])
    return f"{name_of(asked['metric'])} · {groups} · {asked['since']} – {asked['until']}"


def headings_of(question: AdHocQuery) -> list[str]:
    return [str(GROUP_LABELS[name]) for name in question.columns if name in GROUPS]


def lines_of(question: AdHocQuery) -> list[Line]:
    groups = [name for name in question.columns if name in GROUPS]
    rule = all_metrics().get(question.asked["metric"])
    kind = rule.kind if rule else Kind.COUNT
    names = {name: _names(name) for name in groups}
    lines = []
    for row in question.rows:
        given = dict(zip(question.columns, row, strict=True))
        measure = Measure(*(int(given[part] or 0) for part in ("met", "failed", "left_out", "total")))
        shown = [names[name].get(str(given[name]), _plain(name, given[name])) for name in groups]
        lines.append(Line(shown, measure, measure.value(kind)))
    return lines


def _names(group: str) -> dict[str, str]:
    if group in TREE_COLUMNS:
        return {node.path: node.name for node in TaxonomyNode.objects.of(group)}
    return {str(unit.pk): unit.name for unit in Unit.objects.all()} if group == "unit" else {}


def _plain(group: str, value: Any) -> str:
    axis = {"importance": Axis.IMPORTANCE, "stage": Axis.STAGE, "reason": Axis.REASON}.get(group)
    if axis:
        return label_of(axis, str(value or ""))
    return "–" if value in (None, "") else str(value)
