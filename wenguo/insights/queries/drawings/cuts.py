"""Charts that cut a metric: Pareto by issue, cause, product; units; unit × cause."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wenguo.insights.choices import Axis, Drawing, Metric
from wenguo.insights.queries import rollups
from wenguo.insights.queries.drawings.words import PERCENT, filters_of, listed
from wenguo.insights.queries.rollups import Bar, Cut
from wenguo.insights.queries.slices import Slice
from wenguo.insights.rules import Days
from wenguo.insights.rules.control import vital_few
from wenguo.lib import charts
from wenguo.lib.charts import Chart, Series

MOST_BARS, MOST_COLUMNS, MOST_UNITS = 15, 10, 25
# Axes the complaint list can be narrowed by
_LISTED = (Axis.PRODUCT, Axis.ISSUE, Axis.CHANNEL)


def pareto_issue(cut: Slice) -> Chart:
    return _pareto(Drawing.PARETO_ISSUE, Metric.RECEIVED, Axis.ISSUE, cut)


def pareto_cause(cut: Slice) -> Chart:
    return _pareto(Drawing.PARETO_CAUSE, Metric.RECEIVED, Axis.CAUSE, cut)


def pareto_product(cut: Slice) -> Chart:
    return _pareto(Drawing.PARETO_PRODUCT, Metric.RECEIVED, Axis.PRODUCT, cut)


def pareto_cost(cut: Slice) -> Chart:
    return _pareto(Drawing.PARETO_COST, Metric.COST, Axis.ISSUE, cut)


def channels(cut: Slice) -> Chart:
    found = _by(Metric.RECEIVED, Axis.CHANNEL, cut)
    bars = found.bars[:MOST_BARS]
    counted = Series(
        _("Complaints received"), [bar.measure.met for bar in bars], hrefs=_links(Axis.CHANNEL, bars, cut, found.covers)
    )
    labels = [bar.name for bar in bars]
    note = _covers(found, cut)
    return charts.bars(str(Drawing.CHANNELS.label), labels, [counted], heading=_("Channel"), lying=True, note=note)


def units_received(cut: Slice) -> Chart:
    """The units one step below; a click goes down into one."""
    bars = [bar for bar in rollups.by_unit(Metric.RECEIVED, cut) if bar.measure.met][:MOST_UNITS]
    counted = Series(_("Complaints received"), [bar.measure.met for bar in bars], hrefs=_down(bars, cut))
    labels = [bar.name for bar in bars]
    return charts.bars(str(Drawing.UNITS_RECEIVED.label), labels, [counted], heading=_("Unit"), lying=True)


def units_timeliness(cut: Slice) -> Chart:
    """The weakest first: that is where somebody has to look."""
    found = [bar for bar in rollups.by_unit(Metric.TIMELINESS, cut) if bar.measure.n]
    bars = sorted(found, key=lambda bar: (bar.measure.percent or 0, bar.name))[:MOST_UNITS]
    rate = Series(str(Metric.TIMELINESS.label), [round(bar.measure.percent or 0, 1) for bar in bars], "bamboo")
    size = Series("n", [bar.measure.n for bar in bars], "ink-3")
    labels = [bar.name for bar in bars]
    title, note = str(Drawing.UNITS_TIMELINESS.label), PERCENT()
    shown = Series(rate.name, rate.values, rate.colour, _down(bars, cut))
    drawn = charts.bars(title, labels, [shown], heading=_("Unit"), lying=True, note=note)
    whole = charts.bars(title, labels, [rate, size], heading=_("Unit"))
    return Chart(title, drawn.option, whole.columns, whole.rows, note)


def heat_cause(cut: Slice) -> Chart:
    return _heat(Drawing.HEAT_CAUSE, Axis.CAUSE, cut)


def heat_issue(cut: Slice) -> Chart:
    return _heat(Drawing.HEAT_ISSUE, Axis.ISSUE, cut)


def _pareto(drawing: Drawing, metric: Metric, axis: Axis, cut: Slice) -> Chart:
    """What is known, largest first; one step into the tree when the page is narrowed to a branch of it."""
    found = _by(metric, axis, cut)
    by_cost = metric is Metric.COST
    rows = [(bar, bar.measure.total / 100 if by_cost else bar.measure.met) for bar in found.bars if bar.key]
    rows = sorted((row for row in rows if row[1]), key=lambda row: -row[1])
    vital = vital_few([value for _bar, value in rows])
    rows = rows[:MOST_BARS]
    bars = [bar for bar, _value in rows]
    parts = [_("%(n)d of them make up 80 %%.") % {"n": vital}] if rows else []
    if unknown := sum(bar.measure.met for bar in found.bars if not bar.key):
        parts.append(_("%(n)d without an entry are left out.") % {"n": unknown})
    return charts.pareto(
        str(drawing.label),
        [bar.name for bar in bars],
        [value for _bar, value in rows],
        heading=str(axis.label),
        names=(_("Amount") if by_cost else _("Complaints received"), _("cumulative share")),
        vital=min(vital, len(rows)),
        hrefs=_links(axis, bars, cut, found.covers),
        note=" ".join([*parts, _covers(found, cut)]).strip(),
    )


def _by(metric: Metric, axis: Axis, cut: Slice) -> Cut:
    """Nothing where the page is narrowed along another axis: two at once are a question for the lake."""
    if cut.axis not in (Axis.ALL, axis):
        return Cut([], cut.days)
    return rollups.by(metric, axis, cut, below=cut.member if cut.axis is axis else "")


def _covers(found: Cut, cut: Slice) -> str:
    if found.covers == cut.days or not found.bars:
        return ""
    return _("Kept by month: %(first)s to %(last)s.") % {"first": found.covers.first, "last": found.covers.last}


def _links(axis: Axis, bars: Sequence[Bar], cut: Slice, covers: Days) -> list[str]:
    """The complaints behind a bar; further into the tree is the board's own filter."""
    if axis not in _LISTED:
        return [_narrowed(axis, bar, cut) for bar in bars]
    received = f"received:{covers.first.isoformat()}..{covers.last.isoformat()}"
    plain = cut.at(axis=Axis.ALL, member="")
    return [listed(plain, received, f"{axis.value}:{bar.key}") if bar.key else "" for bar in bars]


def _narrowed(axis: Axis, bar: Bar, cut: Slice) -> str:
    """The same board for this member only."""
    return f"?{urlencode(filters_of(cut) | {axis.value: bar.key})}" if bar.key else ""


def _down(bars: Sequence[Bar], cut: Slice) -> list[str]:
    return [f"{reverse('insights:boards')}?{urlencode(filters_of(cut) | {'unit': bar.key})}" for bar in bars]


def _heat(drawing: Drawing, axis: Axis, cut: Slice) -> Chart:
    title = str(drawing.label)
    if cut.axis not in (Axis.ALL, axis):
        return charts.heat_map(title, [], [], {}, heading=_("Unit"))
    units, columns, cells = rollups.heat(Metric.RECEIVED, axis, cut)
    shown = [bar for bar in columns if bar.key][:MOST_COLUMNS]
    sizes = {
        unit.pk: sum(cells[unit.pk, bar.key].met for bar in shown if (unit.pk, bar.key) in cells) for unit in units
    }
    rows = sorted((unit for unit in units if sizes[unit.pk]), key=lambda unit: -sizes[unit.pk])[:MOST_UNITS]
    values = {
        (x, y): float(cells[unit.pk, bar.key].met)
        for y, unit in enumerate(rows)
        for x, bar in enumerate(shown)
        if (unit.pk, bar.key) in cells and cells[unit.pk, bar.key].met
    }
    links = {(x, y): _cell(rows[y], axis, shown[x], cut) for x, y in values}
    names = [bar.name for bar in shown]
    return charts.heat_map(title, names, [unit.name for unit in rows], values, heading=_("Unit"), hrefs=links)


def _cell(unit: object, axis: Axis, bar: Bar, cut: Slice) -> str:
    inside = cut.at(unit=unit, axis=Axis.ALL, member="")
    months = cut.days.months
    received = f"received:{months.first.isoformat()}..{months.last.isoformat()}"
    if axis in _LISTED:
        return listed(inside, received, f"{axis.value}:{bar.key}")
    return f"?{urlencode(filters_of(inside) | {axis.value: bar.key})}"
