"""The one statement behind every figure: rows of sums for a slice, what is about the reader taken out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from wenguo.accounts.models import Unit
from wenguo.insights.choices import Axis, Grain
from wenguo.insights.models import Counted, Rollup
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries.registry import rule_of
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import NOTHING, Days, Measure, is_kept, parts_of, places, put_of

Group = tuple[Any, ...]  # values of the columns grouped by: metric, day, node, member


@dataclass(frozen=True)
class _Wanted:
    """Which rows of sums: the same question for SQL and for a single row in Python."""

    metrics: Sequence[str]
    axis: str
    nodes: Sequence[int]
    sources: Sequence[str]
    members: Sequence[str] | None
    spans: Sequence[tuple[Grain, Days]]

    def condition(self) -> Q:
        when = Q(pk__isnull=True)
        for grain, days in self.spans:
            when |= Q(grain=grain, day__gte=days.first, day__lte=days.last)
        which = Q(metric__in=self.metrics, axis=self.axis, node__in=self.nodes, source__in=self.sources)
        return which & when if self.members is None else which & when & Q(member__in=self.members)

    def has(self, metric: str, axis: str, grain: str, day: date, member: str) -> bool:
        inside = any(grain == one and day in days for one, days in self.spans)
        named = self.members is None or member in self.members
        return metric in self.metrics and axis == self.axis and inside and named


def summed(
    metrics: Sequence[str],
    cut: Slice,
    axis: Axis,
    members: Sequence[str] | None,
    group: tuple[str, ...],
    *,
    nodes: Sequence[int] | None = None,
    by_day: bool = False,
) -> dict[Group, Measure]:
    """Sums by `group`, within the reader's units; `nodes` must lie below them. `by_day`: never from months."""
    allowed = cut.nodes()
    chosen = allowed if nodes is None else nodes
    if not allowed or not chosen:
        return {}
    spans = [(Grain.DAY, cut.days)] if by_day else _spans(metrics, axis, cut.days)
    wanted = _Wanted(metrics, axis, chosen, cut.sources(), members, spans)
    found: dict[Group, Measure] = defaultdict(lambda: NOTHING)
    rows = Rollup.objects.filter(wanted.condition()).values_list(*group)
    for row in rows.annotate(Sum("met"), Sum("failed"), Sum("left_out"), Sum("total")).order_by(*group):
        found[row[: len(group)]] += Measure(*row[len(group) :])
    for key, measure in _about_reader(cut, wanted, group):
        found[key] += -measure
    return {key: measure for key, measure in found.items() if measure != NOTHING}


def covered(metrics: Sequence[str], axis: Axis, days: Days) -> Days:
    """The days a cut really covers: those asked for, or, where it is kept by month only, the months they lie in."""
    _whole, edges = parts_of(days, house_today())
    by_days = axis is Axis.ALL or all(_has_days(metrics, edge) for edge in edges)
    return days if by_days else days.months


def _spans(metrics: Sequence[str], axis: Axis, days: Days) -> list[tuple[Grain, Days]]:
    """Whole months by month, the days around them by day."""
    whole, edges = parts_of(covered(metrics, axis, days), house_today())
    return [(Grain.DAY, edge) for edge in edges] + ([(Grain.MONTH, whole)] if whole else [])


def _has_days(metrics: Sequence[str], edge: Days) -> bool:
    return is_kept(edge.first, house_today()) and all(rule_of(metric).day_cuts for metric in metrics)


def _about_reader(cut: Slice, wanted: _Wanted, group: tuple[str, ...]) -> Iterator[tuple[Group, Measure]]:
    """What complaints about the reader have put into the rows wanted: recusal, as everywhere else."""
    about = list(Counted.objects.filter(respondent=cut.user.pk, source__in=wanted.sources))
    rules = {metric: rule_of(metric) for metric in wanted.metrics}
    paths = dict(Unit.objects.filter(pk__in={row.unit for row in about if row.unit}).values_list("pk", "path"))
    for row in about:
        above = {COMPANY, *(int(part) for part in paths.get(row.unit or COMPANY, "").split("/") if part)}
        nodes = [node for node in wanted.nodes if node in above]
        for put in (one for one in map(put_of, row.put) if one.metric in rules):
            for place in places(put, row.members, rules[put.metric], house_today()):
                if wanted.has(place.metric, place.axis, place.grain, place.day, place.member):
                    for node in nodes:
                        values = {"metric": place.metric, "day": place.day, "node": node, "member": place.member}
                        yield tuple(values[name] for name in group), put.measure
