"""Charts of where and when: provinces as tiles, days as squares."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from wenguo.accounts.access import units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit
from wenguo.insights.choices import Drawing, Metric, Step
from wenguo.insights.queries import rollups
from wenguo.insights.queries.drawings.words import listed
from wenguo.insights.queries.slices import Slice
from wenguo.insights.queries.sums import summed
from wenguo.insights.rules import NOTHING, Days
from wenguo.insights.rules.provinces import PROVINCES, Province, province_of
from wenguo.lib import charts
from wenguo.lib.charts import Chart

_LONGEST_CALENDAR = 366


def regions(cut: Slice) -> Chart:
    """Received by the province of the responsible unit. Units without a province are counted in the note."""
    owners = _units_with_province(cut)
    found = summed([Metric.RECEIVED], cut, cut.axis, cut.members(), ("node",), nodes=[unit.pk for unit in owners])
    sums: dict[Province, float] = defaultdict(float)
    for unit, place in owners.items():
        count = found.get((unit.pk,), NOTHING).met
        sums[place] += count
        if above := _nearest_above(unit, owners):  # counted here, not once more where the office above it stands
            sums[owners[above]] -= count
    values = {_name(place): count for place, count in sums.items() if count}
    grid = {_name(place): (place.column, place.row) for place in PROVINCES}
    received = f"received:{cut.days.first.isoformat()}..{cut.days.last.isoformat()}"
    links = {_name(place): listed(cut.at(unit=None), received, f"unit:{place.zh}") for place in sums}
    rest = rollups.total(Metric.RECEIVED, cut).met - int(sum(sums.values()))
    note = _("%(n)d of units without a province are not on the map.") % {"n": rest} if rest > 0 else ""
    names = (_("Province"), _("Complaints received"))
    return charts.tiles(str(Drawing.REGIONS.label), grid, values, names=names, hrefs=links, note=note)


def calendar(cut: Slice) -> Chart:
    """A square a day, a year at most."""
    first = max(cut.days.first, date.fromordinal(max(cut.days.last.toordinal() - _LONGEST_CALENDAR, 1)))
    points = rollups.series(Metric.RECEIVED, cut.at(days=Days(first, cut.days.last)), Step.DAY)
    days = {point.day: float(point.measure.met) for point in points}
    months = [date_format(date(2026, month, 1), "M") for month in range(1, 13)]
    weekdays = [date_format(date(2026, 3, 1 + day), "D")[-1:] if _chinese() else _initial(day) for day in range(7)]
    names = (_("Day"), _("Complaints received"))
    return charts.calendar(str(Drawing.CALENDAR.label), days, names=names, weekdays=weekdays, months=months)


def _units_with_province(cut: Slice) -> dict[Unit, Province]:
    """Within reach of the reader and the filter."""
    units = Unit.objects.filter(units_in_scope(cut.user, Permission.SEE_FIGURES)).exclude(province="").order_by("path")
    if cut.unit is not None:
        units = units.filter(path__startswith=cut.unit.path)
    return {unit: place for unit in units if (place := province_of(unit.province))}


def _nearest_above(unit: Unit, owners: Iterable[Unit]) -> Unit | None:
    above = [one for one in owners if one != unit and unit.path.startswith(one.path)]
    return max(above, key=lambda one: len(one.path), default=None)


def _name(place: Province) -> str:
    return place.zh if _chinese() else place.en


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _initial(day: int) -> str:
    """One letter a weekday, from Sunday."""
    return pgettext("weekdays from Sunday, one letter each", "SMTWTFS")[day]
