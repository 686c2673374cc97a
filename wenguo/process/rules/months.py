"""A year as months of weeks of days, for drawing a calendar."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from wenguo.lib.workcalendar import WorkCalendar, day_facts


@dataclass(frozen=True)
class DayCell:
    """One day: `reason` is working_day, weekend, holiday, makeup or short."""

    day: date
    reason: str
    name: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """`weeks` start on Monday; days of other months are None."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


def year_of(cal: WorkCalendar, year: int, today: date) -> list[Month]:
    return [_month(cal, year, month, today) for month in range(1, 13)]


def _month(cal: WorkCalendar, year: int, month: int, today: date) -> Month:
    weeks = tuple(
        tuple(_cell(cal, day, today) if day.month == month else None for day in week)
        for week in Weeks().monthdatescalendar(year, month)
    )
    worked = sum(1 for week in weeks for cell in week if cell and cell.reason in ("working_day", "makeup", "short"))
    return Month(date(year, month, 1), weeks, worked)


def _cell(cal: WorkCalendar, day: date, today: date) -> DayCell:
    facts = day_facts(cal, day)
    return DayCell(day, facts.reason, facts.name, day == today)
