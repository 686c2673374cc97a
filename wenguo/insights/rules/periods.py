"""Days and months of a period: what the sums are kept by. Days are the house's (settings.TIME_ZONE), for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wenguo.insights.choices import Period

# Cuts by product, issue … are kept by month; of metrics with `day_cuts` also by day, this long
KEPT_DAYS = 100
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Days:
    """From `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> "Days":
        """Widened to whole months."""
        return Days(self.first.replace(day=1), last_of_month(self.last))

    @property
    def before(self) -> "Days":
        """As many days right before: what a figure is compared with."""
        last = self.first - timedelta(days=1)
        return Days(last - (self.last - self.first), last)


def days_of(period: Period, today: date) -> Days:
    """The days of a named period, ending today at the latest."""
    first = today.replace(day=1)
    if period is Period.LAST_MONTH:
        last = first - timedelta(days=1)
        return Days(last.replace(day=1), last)
    starts = {
        Period.THIS_MONTH: first,
        Period.DAYS_90: today - timedelta(days=89),
        Period.YEAR: today - timedelta(days=364),
        Period.ALL: EARLIEST,
    }
    return Days(starts[period], today)


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def parts_of(days: Days, today: date) -> tuple[Days | None, list[Days]]:
    """(the whole months inside, the days before and after them). The running month is whole once it reaches today."""
    if days.last < days.first:
        return None, []
    first = days.first if days.first.day == 1 else last_of_month(days.first) + timedelta(days=1)
    ends = days.last == last_of_month(days.last) or days.last >= today
    last = days.last if ends else days.last.replace(day=1) - timedelta(days=1)
    if last < first:
        return None, [days]
    edges = [Days(days.first, first - timedelta(days=1)), Days(last + timedelta(days=1), days.last)]
    return Days(first, last), [edge for edge in edges if edge.first <= edge.last]


def months(days: Days) -> Iterator[date]:
    """The first day of each month touched."""
    day = days.first.replace(day=1)
    while day <= days.last:
        yield day
        day = last_of_month(day) + timedelta(days=1)
