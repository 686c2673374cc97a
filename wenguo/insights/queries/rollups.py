"""Figures out of the sums the worker keeps: a few hundred rows each, whatever the number of complaints (ADR-0016).

Every function begins with a `Slice`: without SEE_FIGURES there is nothing, and what is about the reader is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit
from wenguo.insights.choices import Axis, LeftOut, Metric, Step
from wenguo.insights.models import LakeState
from wenguo.insights.queries.registry import rule_of
from wenguo.insights.queries.slices import TREE_OF, Slice
from wenguo.insights.queries.sums import covered, summed
from wenguo.insights.rules import NOTHING, Days, Measure, last_of_month, percentile
from wenguo.lib.errors import Refused
from wenguo.process.choices import Importance, Stage
from wenguo.process.models import TaxonomyNode


@dataclass(frozen=True)
class Point:
    """One step of a series: the first day of it."""

    day: date
    measure: Measure


@dataclass(frozen=True)
class Bar:
    """One member of an axis, or one unit: `key` goes into the address (unit id, node code, plain value)."""

    key: str
    name: str
    measure: Measure


@dataclass(frozen=True)
class Cut:
    """Bars, largest n first, and the days they really cover: cuts are kept by month and widened to it."""

    bars: list[Bar]
    covers: Days


def as_of() -> datetime | None:
    """Business time up to which the sums hold; None before the worker has counted at all."""
    state = LakeState.objects.first()
    return state.as_of if state else None


def totals(metrics: Iterable[str], cut: Slice) -> dict[str, Measure]:
    """Each metric over all days of the slice: one statement."""
    keys = list(metrics)
    found = summed(keys, cut, cut.axis, cut.members(), ("metric",))
    return {key: found.get((key,), NOTHING) for key in keys}


def total(metric: str, cut: Slice) -> Measure:
    return totals([metric], cut)[metric]


def series(metric: str, cut: Slice, step: Step = Step.DAY) -> list[Point]:
    """By day, week (Monday) or month, gaps filled. Narrowed to a product, issue … it goes by month only."""
    if cut.axis is not Axis.ALL and not rule_of(metric).day_cuts:
        step = Step.MONTH
    found = summed([metric], cut, cut.axis, cut.members(), ("day",), by_day=step is not Step.MONTH)
    sums: dict[date, Measure] = defaultdict(lambda: NOTHING)
    for (day,), measure in found.items():
        sums[_begin(day, step)] += measure
    return [Point(day, sums.get(day, NOTHING)) for day in _steps(cut.days, step, sums)]


def by_unit(metric: str, cut: Slice) -> list[Bar]:
    """The units one step below, each with all below it."""
    units = {unit.pk: unit for unit in cut.children()}
    found = summed([metric], cut, cut.axis, cut.members(), ("node",), nodes=list(units))
    return _largest(Bar(str(pk), units[pk].name, measure) for (pk,), measure in found.items())


def by(metric: str, axis: Axis, cut: Slice, below: str = "") -> Cut:
    """Along an axis. Trees are summed up to the nodes right below `below` (a code; empty = the top)."""
    _check_cut(metric, axis, cut)
    found = {member: measure for (member,), measure in summed([metric], cut, axis, None, ("member",)).items()}
    return Cut(_named(axis, found, below), covered([metric], axis, cut.days))


def heat(metric: str, axis: Axis, cut: Slice) -> tuple[list[Unit], list[Bar], dict[tuple[int, str], Measure]]:
    """Units one step below × the top nodes of an axis: (units, columns with their sums, cells)."""
    _check_cut(metric, axis, cut)
    units = cut.children()
    found = summed([metric], cut, axis, None, ("node", "member"), nodes=[unit.pk for unit in units])
    cells: dict[tuple[int, str], Measure] = {}
    columns: dict[str, Measure] = defaultdict(lambda: NOTHING)
    for unit in units:
        row = {member: measure for (node, member), measure in found.items() if node == unit.pk}
        for bar in _named(axis, row, ""):
            cells[unit.pk, bar.key] = bar.measure
            columns[bar.key] += bar.measure
    names = {bar.key: bar.name for bar in _named(axis, {member: m for (_n, member), m in found.items()}, "")}
    return units, _largest(Bar(key, names[key], measure) for key, measure in columns.items()), cells


def funnel(cut: Slice) -> list[Bar]:
    """The fourteen stages in order: how many complaints received in the months of the slice reached each."""
    found = {bar.key: bar.measure for bar in by(Metric.FUNNEL, Axis.STAGE, cut).bars}
    return [Bar(stage.value, str(stage.label), found.get(stage.value, NOTHING)) for stage in Stage]


def percentiles(metric: str, cut: Slice, shares: Sequence[float] = (0.5, 0.9), stage: str = "") -> list[float | None]:
    """Seconds below which these shares (0–1) lie, right to five per cent; of one stage for STAGE_TIME."""
    _check_cut(metric, Axis.BUCKET, cut)
    steps: dict[int, int] = {}
    for (member,), measure in summed([metric], cut, Axis.BUCKET, None, ("member",)).items():
        of, _slash, step = member.rpartition("/")
        if of == stage:
            steps[int(step)] = measure.met
    return [percentile(steps, share) for share in shares]


def _check_cut(metric: str, axis: Axis, cut: Slice) -> None:
    if axis not in rule_of(metric).cuts:
        raise Refused(_("This figure is not kept along this axis; ask the lake."), "axis")
    if cut.axis not in (Axis.ALL, axis):
        raise Refused(_("Two of product, issue, cause and channel at once are not kept ready; ask the lake."), "axis")


def _begin(day: date, step: Step) -> date:
    if step is Step.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step is Step.WEEK else day


def _steps(days: Days, step: Step, found: Mapping[date, Measure]) -> Iterator[date]:
    """Every step from the first one with rows or the first asked for, whichever is later."""
    if not found:
        return
    day, last = max(_begin(days.first, step), min(found)), days.last
    while day <= last:
        yield day
        day = {
            Step.DAY: day + timedelta(days=1),
            Step.WEEK: day + timedelta(days=7),
            Step.MONTH: last_of_month(day) + timedelta(days=1),
        }[step]


def _largest(bars: Iterable[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: (-max(bar.measure.n, bar.measure.total), bar.name))


def _named(axis: Axis, found: Mapping[str, Measure], below: str) -> list[Bar]:
    """Members as bars; nodes of a tree summed up to those one step below `below`."""
    if axis not in TREE_OF:
        return _largest(Bar(member, label_of(axis, member), measure) for member, measure in found.items())
    tops = _tops(TREE_OF[axis], below)
    sums: dict[str, Measure] = defaultdict(lambda: NOTHING)
    for member, measure in found.items():
        if member in tops or not below:
            sums[tops.get(member, ("", ""))[0]] += measure
    names = dict(tops.values())
    return _largest(Bar(code, names.get(code, str(_("Unknown"))), measure) for code, measure in sums.items())


def _tops(tree: str, below: str) -> dict[str, tuple[str, str]]:
    """Node id → (code, name) of the node above it that is one step below `below`; `below` itself stays itself."""
    nodes = list(TaxonomyNode.objects.of(tree))
    start = next((node.path for node in nodes if node.code == below), "/")
    names = {node.path: (node.code, node.name) for node in nodes}
    depth = start.count("/")
    inside = (node for node in nodes if node.path.startswith(start))
    return {
        str(node.pk): names["/".join(node.path.split("/")[: depth + 1]) + "/"] if node.path != start else names[start]
        for node in inside
    }


def label_of(axis: Axis, member: str) -> str:
    """A plain member in words."""
    words = {Axis.IMPORTANCE: Importance, Axis.STAGE: Stage, Axis.REASON: LeftOut}.get(axis)
    if words and member in words.values:
        return str(words(member).label)
    return member or str(_("Unknown"))
