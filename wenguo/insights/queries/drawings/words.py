"""Labels of steps, and the addresses of the rows behind a point."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.complaints.choices import Source
from wenguo.insights.choices import Axis, Figure, Metric, Step
from wenguo.insights.queries.slices import Slice
from wenguo.insights.rules import last_of_month
from wenguo.lib.links import path

_DAYS_BY_DAY, _DAYS_BY_WEEK = 31, 200


def PERCENT() -> str:  # noqa: N802 - reads as the constant it would be, were it not translated
    return _("In percent.")


def step_for(cut: Slice) -> Step:
    """Days for a month, weeks for half a year, months beyond: a chart of readable density."""
    long = (cut.days.last - cut.days.first).days + 1
    if long <= _DAYS_BY_DAY:
        return Step.DAY
    return Step.WEEK if long <= _DAYS_BY_WEEK else Step.MONTH


def label_of_step(day: date, step: Step) -> str:
    return f"{day:%Y-%m}" if step is Step.MONTH else f"{day:%m-%d}"


def last_of_step(day: date, step: Step) -> date:
    if step is Step.MONTH:
        return last_of_month(day)
    return day + timedelta(days=6 if step is Step.WEEK else 0)


def filters_of(cut: Slice) -> dict[str, str]:
    """The slice as it stands in an address."""
    given = {"since": cut.days.first.isoformat(), "until": cut.days.last.isoformat(), "source": str(cut.source.value)}
    if cut.unit:
        given["unit"] = str(cut.unit.pk)
    if cut.axis is not Axis.ALL:
        given[cut.axis.value] = cut.member
    return given


def rows_of_series(metric: Metric, cut: Slice, days: Sequence[date], step: Step) -> list[str]:
    """For each step the page of the complaints behind it; "" where a metric has no such page."""
    return [rows_of(metric, cut, day, last_of_step(day, step)) for day in days]


def rows_of(metric: Metric, cut: Slice, first: date, last: date) -> str:
    """Received complaints are found by the list, the figures by their own page of rows."""
    if metric == Metric.RECEIVED:
        return listed(cut, f"received:{first.isoformat()}..{last.isoformat()}")
    if metric.value in Figure.values and cut.axis is Axis.ALL:
        given = filters_of(cut) | {"since": first.isoformat(), "until": last.isoformat()}
        return f"{reverse('insights:rows', args=[metric.value])}?{urlencode(given)}"
    return ""


def listed(cut: Slice, *conditions: str) -> str:
    """The complaint list with these conditions and those of the slice, in the list's query language."""
    asked = list(conditions)
    if cut.unit:
        asked.append(f"unit:{cut.unit.code}")
    if cut.axis is not Axis.ALL and cut.member:
        asked.append(f"{cut.axis.value}:{cut.member}")
    if cut.source.value in Source.values:
        asked.append(f"source:{cut.source.value}")
    return f"{path('complaints')}?{urlencode({'q': ' '.join(asked)})}"
