"""Charts over time."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenguo.insights.choices import Axis, Drawing, Kind, Metric, Step
from wenguo.insights.queries import rollups
from wenguo.insights.queries.drawings.words import PERCENT, label_of_step, rows_of_series, step_for
from wenguo.insights.queries.rollups import Point
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import METRICS, Days
from wenguo.insights.rules.control import Limits, forecast, p_limits, signals, u_limits
from wenguo.lib import charts
from wenguo.lib.charts import Chart, Series

GOALS = (Metric.TIMELINESS, Metric.SATISFACTION, Metric.ANALYSIS, Metric.RESOLUTION)
_DAYS_LOOKED_BACK, _DAYS_AHEAD = 120, 28


def goals(cut: Slice) -> Chart:
    """The four quality goals, step by step."""
    return _lines(Drawing.GOALS, cut, GOALS, percent=True)


def flow(cut: Slice) -> Chart:
    """What came in and what ended."""
    return _lines(Drawing.FLOW, cut, (Metric.RECEIVED, Metric.ENDED))


def loops(cut: Slice) -> Chart:
    """Shares of complaints that had to come again, in one way or another."""
    return _lines(Drawing.LOOPS, cut, (Metric.CHASED, Metric.REOPENED, Metric.REFUSED, Metric.REPEAT_30), percent=True)


def scores(cut: Slice) -> Chart:
    """Mean scores (1–5) for handling, result and product."""
    return _lines(Drawing.SCORES, cut, (Metric.SCORE_HANDLING, Metric.SCORE_RESULT, Metric.SCORE_PRODUCT))


def received_control(cut: Slice) -> Chart:
    """Counts against three standard deviations of a Poisson count (c-chart)."""
    step, points = _points(Metric.RECEIVED, cut)
    counts = [point.measure.met for point in points]
    limits = u_limits(counts, [1.0] * len(counts))
    names = (_("Complaints received"), _("mean"), _("lower limit"), _("upper limit"))
    return _control(Drawing.RECEIVED_CONTROL, cut, step, points, [float(one) for one in counts], limits, names)


def timeliness_control(cut: Slice) -> Chart:
    return _shares_control(Drawing.TIMELINESS_CONTROL, Metric.TIMELINESS, cut)


def satisfaction_control(cut: Slice) -> Chart:
    return _shares_control(Drawing.SATISFACTION_CONTROL, Metric.SATISFACTION, cut)


def times(cut: Slice) -> Chart:
    """Mean hours to handle, and the hours within which half and nine of ten are handled, by month."""
    points = rollups.series(Metric.HANDLING_TIME, cut, Step.MONTH)
    half, most = list[float | None](), list[float | None]()
    for point in points:
        month = cut.at(days=Days(point.day, point.day).months)
        middle, ninth = rollups.percentiles(Metric.HANDLING_TIME, month) if cut.axis is Axis.ALL else (None, None)
        half.append(_hours(middle))
        most.append(_hours(ninth))
    series = [
        Series(_("half within"), half, "bamboo"),
        Series(_("nine of ten within"), most, "amber"),
        Series(_("mean"), [_hours(point.measure.mean) for point in points], "ink-3"),
    ]
    labels = [label_of_step(point.day, Step.MONTH) for point in points]
    return charts.trend(str(Drawing.TIMES.label), labels, series, heading=_("Month"), note=_("In hours."))


def expected(cut: Slice) -> Chart:
    """Weeks behind and four weeks ahead, from the days before today."""
    today = house_today()
    past = cut.at(days=Days(today - timedelta(days=_DAYS_LOOKED_BACK), today - timedelta(days=1)))
    days = rollups.series(Metric.RECEIVED, past, Step.DAY)
    ahead = forecast([point.measure.met for point in days], _DAYS_AHEAD, season=7)
    shown = days[-56:]
    labels = [label_of_step(point.day, Step.DAY) for point in shown]
    labels += [label_of_step(today + timedelta(days=n), Step.DAY) for n in range(len(ahead))]
    counts, blank = [float(point.measure.met) for point in shown], [None] * len(shown)
    return charts.forecast(
        str(Drawing.FORECAST.label),
        labels,
        [*counts, *[None] * len(ahead)],
        [*blank, *(round(one.expected, 1) for one in ahead)],
        [*blank, *((round(one.low, 1), round(one.high, 1)) for one in ahead)],
        heading=_("Day"),
        names=(_("Complaints received"), _("expected"), _("low"), _("high")),
        note=_("Nine of ten days should lie in the band. The pattern of the week is kept, holidays are not known."),
    )


def _lines(drawing: Drawing, cut: Slice, metrics: Sequence[Metric], *, percent: bool = False) -> Chart:
    step = step_for(cut)
    found = {metric: rollups.series(metric, cut, step) for metric in metrics if _is_kept(metric, cut)}
    days = sorted({point.day for points in found.values() for point in points})
    series = [
        Series(str(metric.label), _values(points, days, metric), hrefs=rows_of_series(metric, cut, days, step))
        for metric, points in found.items()
    ]
    labels = [label_of_step(day, step) for day in days]
    note = PERCENT() if percent else ""
    floor = _floor([value for one in series for value in one.values], []) if percent else None
    title, heading = str(drawing.label), str(step.label)
    return charts.trend(title, labels, series, heading=heading, percent=percent, floor=floor, note=note)


def _is_kept(metric: Metric, cut: Slice) -> bool:
    return cut.axis is Axis.ALL or cut.axis in METRICS[metric].cuts


def _values(points: Sequence[Point], days: Sequence[object], metric: Metric) -> list[float | None]:
    kind = METRICS[metric].kind
    known = {point.day: point.measure.value(kind) for point in points}
    none = 0.0 if kind is Kind.COUNT else None
    return [_rounded(known.get(day, none)) for day in days]  # type: ignore[call-overload]  # days are dates


def _shares_control(drawing: Drawing, metric: Metric, cut: Slice) -> Chart:
    step, points = _points(metric, cut)
    limits = p_limits([point.measure.met for point in points], [point.measure.n for point in points])
    values = [_rounded(point.measure.percent) for point in points]
    names = (str(metric.label), _("mean"), _("lower limit"), _("upper limit"))
    return _control(drawing, cut, step, points, values, limits, names, metric)


def _points(metric: Metric, cut: Slice) -> tuple[Step, list[Point]]:
    step = step_for(cut)
    return step, rollups.series(metric, cut, step) if _is_kept(metric, cut) else []


def _control(
    drawing: Drawing,
    cut: Slice,
    step: Step,
    points: Sequence[Point],
    values: Sequence[float | None],
    limits: Limits,
    names: tuple[str, str, str, str],
    metric: Metric = Metric.RECEIVED,
) -> Chart:
    """The running step is left out of nothing: its limits are as wide as its n is small."""
    found = signals(values, limits)
    said = ngettext(
        "%(n)d signal: outside the limits, or eight in a row on one side.",
        "%(n)d signals: outside the limits, or eight in a row on one side.",
        len(found),
    )
    note = said % {"n": len(found)} if found else ""
    bounds = [(_rounded(low), _rounded(high)) for low, high in limits.bounds]
    labels = [label_of_step(point.day, step) for point in points]
    hrefs = rows_of_series(metric, cut, [point.day for point in points], step)
    return charts.control_chart(
        str(drawing.label),
        labels,
        values,
        bounds,
        limits.centre,
        heading=str(step.label),
        names=names,
        percent=metric is not Metric.RECEIVED,
        floor=_floor(values, bounds) if metric is not Metric.RECEIVED else None,
        hrefs=hrefs,
        note=note,
    )


def _floor(values: Sequence[float | None], bounds: Sequence[tuple[float | None, float | None]]) -> float:
    """Where the axis begins, so that the limits fill the drawing: the ten below the lowest."""
    lowest = min((one for one in (*values, *(low for low, _high in bounds)) if one is not None), default=0.0)
    return max(lowest // 10 * 10, 0.0)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)
