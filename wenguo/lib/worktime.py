"""Due dates and working time, pure arithmetic. Which days work is said by `workcalendar`.

A deadline in days, weeks or months ends with its last day: 24:00 local, kept as 23:59:59 (one second before
midnight) so that the date shown is the last day itself. All moments are aware; results are in UTC.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from wenguo.lib.duedate import DueDate, Roll, Step, StepKind, Unit
from wenguo.lib.workcalendar import (
    AROUND_THE_CLOCK,
    OFFICE_HOURS,
    DayFacts,
    DaySpecial,
    WorkCalendar,
    china_calendar,
    country_calendar,
    day_facts,
    day_windows,
    days_from_notice,
    is_working_day,
)

__all__ = [
    "AROUND_THE_CLOCK",
    "OFFICE_HOURS",
    "DaySpecial",
    "DueDate",
    "Pause",
    "Roll",
    "Step",
    "Unit",
    "WorkCalendar",
    "add_calendar_days",
    "add_clock_hours",
    "add_weeks",
    "add_working_days",
    "add_working_hours",
    "china_calendar",
    "country_calendar",
    "days_from_notice",
    "due_date",
    "is_working_day",
    "shift_for_pauses",
    "time_between",
    "working_time_between",
]

Pause = tuple[datetime, datetime]

_ONE_DAY = timedelta(days=1)
_SEARCHED_DAYS = 366 * 100


def due_date(
    cal: WorkCalendar,
    start: datetime,
    limit: float,
    unit: Unit,
    first_day_excluded: bool = True,
    roll: Roll = "none",
    pauses: Sequence[Pause] = (),
) -> DueDate:
    """When `limit` units after `start` are used up.

    A day counts only if the clock was running when it ended: a pause within one day does not move a deadline in
    days, one over two midnights moves it by two. Deadlines in hours move by the paused time itself.
    """
    if limit < 0 or start.tzinfo is None:
        raise ValueError("a limit is not negative and a start is aware")
    asked = _Asked(cal, start, limit, unit, first_day_excluded, roll, _merged(pauses, start))
    if unit == "hour":
        return _count_hours(asked)
    if unit == "business_hours":
        return _count_working_hours(asked)
    if unit == "working_day":
        return _count_days(asked, int(limit), "working_day")
    return _count_days(asked, _calendar_days(asked), "calendar_day")


def add_working_days(cal: WorkCalendar, start: datetime, n: int) -> DueDate:
    return due_date(cal, start, n, "working_day")


def add_working_hours(cal: WorkCalendar, start: datetime, duration: timedelta) -> DueDate:
    return due_date(cal, start, duration / timedelta(hours=1), "business_hours")


def add_clock_hours(start: datetime, hours: float) -> datetime:
    return start.astimezone(UTC) + timedelta(hours=hours)


def add_calendar_days(cal: WorkCalendar, start: datetime, n: int, roll: Roll = "none") -> DueDate:
    return due_date(cal, start, n, "calendar_day", roll=roll)


def add_weeks(cal: WorkCalendar, start: datetime, n: int, roll: Roll = "none") -> DueDate:
    return due_date(cal, start, n, "week", roll=roll)


def shift_for_pauses(cal: WorkCalendar, due: DueDate, unit: Unit, pauses: Sequence[Pause]) -> DueDate:
    """The same question with every pause so far; give all pauses, not only the new one. Never earlier than before."""
    if unit != due.unit:
        raise ValueError(f"the due date was counted in {due.unit}, not {unit}")
    return due_date(cal, due.start, due.limit, unit, due.first_day_excluded, due.roll, pauses)


def working_time_between(cal: WorkCalendar, a: datetime, b: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """Working time from a to b without the pauses; zero when b is not after a."""
    spent = timedelta(0)
    for begin, end in _working_spans(cal, a, b):
        spent += _running(begin, end, _merged(pauses, a))
    return spent


def time_between(a: datetime, b: datetime, pauses: Sequence[Pause] = ()) -> timedelta:
    """Clock time from a to b without the pauses; zero when b is not after a."""
    return _running(a.astimezone(UTC), max(a, b).astimezone(UTC), _merged(pauses, a))


class _Asked(NamedTuple):
    cal: WorkCalendar
    start: datetime
    limit: float
    unit: Unit
    first_day_excluded: bool
    roll: Roll
    pauses: list[Pause]

    @property
    def first_day(self) -> date:
        return self.start.astimezone(self.cal.zone).date()


def _answer(asked: _Asked, due_at: datetime, steps: "_Steps", provisional: bool) -> DueDate:
    last = due_at.astimezone(asked.cal.zone).date()
    begin = Step("start", asked.first_day, asked.first_day, asked.unit)
    end = Step("due", last, last, asked.unit)
    limit = int(asked.limit) if asked.limit == int(asked.limit) else asked.limit
    start = asked.start.astimezone(UTC)
    return DueDate(
        due_at, provisional, (begin, *steps, end), start, limit, asked.unit, asked.first_day_excluded, asked.roll
    )


class _Steps(list[Step]):
    """Days treated alike become one run."""

    def note(self, kind: StepKind, day: date, reason: str, name: str = "", days: int = 0, seconds: float = 0) -> None:
        if self:
            last = self[-1]
            if last.kind == kind and last.reason == reason and last.name == name:
                self[-1] = Step(kind, last.first, day, reason, name, last.days + days, last.seconds + seconds)
                return
        self.append(Step(kind, day, day, reason, name, days, seconds))


def _calendar_days(asked: _Asked) -> int:
    """Weeks and months as calendar days; the month's last day where the same day does not exist."""
    if asked.unit != "month":
        return int(asked.limit) * (7 if asked.unit == "week" else 1)
    first = asked.first_day
    year, month = divmod(first.year * 12 + first.month - 1 + int(asked.limit), 12)
    return (date(year, month + 1, min(first.day, monthrange(year, month + 1)[1])) - first).days


def _count_days(asked: _Asked, wanted: int, unit: Literal["working_day", "calendar_day"]) -> DueDate:
    cal, steps, day = asked.cal, _Steps(), asked.first_day
    if asked.first_day_excluded or wanted == 0:
        steps.note("skipped", day, "first_day")
    else:
        day -= _ONE_DAY
    asleep = _paused_midnights(asked)
    while wanted > 0:
        day += _ONE_DAY
        facts = day_facts(cal, day) if unit == "working_day" else DayFacts(True, unit, "")
        if not facts.works:
            steps.note("skipped", day, facts.reason, facts.name)
        elif day in asleep:
            steps.note("skipped", day, "paused")
        else:
            steps.note("counted", day, facts.reason, facts.name, days=1)
            wanted -= 1
    rolled_to = _rolled(asked, day, steps)
    consulted = unit == "working_day" or asked.roll != "none"
    return _answer(asked, _end_of_day(cal, rolled_to), steps, consulted and not cal.is_published(rolled_to))


def _rolled(asked: _Asked, day: date, steps: _Steps) -> date:
    """The last day moved off rest days. Statutory holidays are the days of the yearly notice, plain weekends not."""
    for _turn in range(_SEARCHED_DAYS):
        facts = day_facts(asked.cal, day)
        rests = facts.reason == "holiday" if asked.roll == "statutory_holiday" else not facts.works
        if asked.roll == "none" or not rests:
            return day
        day += _ONE_DAY
        steps.note("rolled", day, facts.reason, facts.name)
    raise ValueError(f"calendar {asked.cal.code} never works again")


def _end_of_day(cal: WorkCalendar, day: date) -> datetime:
    midnight = datetime.combine(day + _ONE_DAY, time(0), tzinfo=cal.zone)
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def _paused_midnights(asked: _Asked) -> set[date]:
    """Days at whose end the clock stood still."""
    zone, days = asked.cal.zone, set()
    for begin, end in asked.pauses:
        day, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
        while day < last:
            days.add(day)
            day += _ONE_DAY
    return days


def _count_hours(asked: _Asked) -> DueDate:
    due_at, steps = add_clock_hours(asked.start, asked.limit), _Steps()
    for begin, end in asked.pauses:
        if begin < due_at:
            due_at += end - begin
    last = due_at.astimezone(asked.cal.zone).date()
    steps.append(Step("counted", asked.first_day, last, "hour", seconds=asked.limit * 3600))
    if paused := due_at - add_clock_hours(asked.start, asked.limit):
        steps.append(Step("skipped", asked.first_day, last, "paused", seconds=paused.total_seconds()))
    return _answer(asked, due_at, steps, provisional=False)


def _count_working_hours(asked: _Asked) -> DueDate:
    left, steps, cal = timedelta(hours=asked.limit), _Steps(), asked.cal
    due_at, day = asked.start.astimezone(UTC), asked.first_day
    for _turn in range(_SEARCHED_DAYS):
        if not left:
            break
        facts, used = day_facts(cal, day), timedelta(0)
        for begin, end in _spans_of_day(cal, day):
            for piece, until in _running_pieces(max(begin, asked.start), end, asked.pauses):
                taken = min(until - piece, left - used)
                used += taken
                due_at = piece + taken if taken else due_at
        left -= used
        kind: StepKind = "counted" if used else "skipped"
        reason = facts.reason if used or not facts.works else "outside_hours"
        steps.note(kind, day, reason, facts.name, seconds=used.total_seconds())
        day += _ONE_DAY
    return _answer(asked, due_at, steps, not cal.is_published(due_at.astimezone(cal.zone).date()))


def _spans_of_day(cal: WorkCalendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    for begin, end in day_windows(cal, day):
        last_day = day + _ONE_DAY if end == time(0) else day
        yield (
            datetime.combine(day, begin, tzinfo=cal.zone).astimezone(UTC),
            datetime.combine(last_day, end, tzinfo=cal.zone).astimezone(UTC),
        )


def _working_spans(cal: WorkCalendar, a: datetime, b: datetime) -> Iterator[tuple[datetime, datetime]]:
    a, b = a.astimezone(UTC), b.astimezone(UTC)
    day, last = a.astimezone(cal.zone).date(), b.astimezone(cal.zone).date()
    while day <= last:
        for begin, end in _spans_of_day(cal, day):
            if max(begin, a) < min(end, b):
                yield max(begin, a), min(end, b)
        day += _ONE_DAY


def _merged(pauses: Sequence[Pause], start: datetime) -> list[Pause]:
    """Pauses in UTC, in order, without overlaps, without what lies before the start."""
    merged: list[Pause] = []
    for begin, end in sorted((max(begin, start).astimezone(UTC), end.astimezone(UTC)) for begin, end in pauses):
        if end <= begin:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return merged


def _running_pieces(begin: datetime, end: datetime, pauses: list[Pause]) -> Iterator[tuple[datetime, datetime]]:
    """What is left of begin–end when the pauses are cut out."""
    for pause_begin, pause_end in pauses:
        if pause_end <= begin or pause_begin >= end:
            continue
        if begin < pause_begin:
            yield begin, pause_begin
        begin = pause_end
    if begin < end:
        yield begin, end


def _running(begin: datetime, end: datetime, pauses: list[Pause]) -> timedelta:
    return sum((until - piece for piece, until in _running_pieces(begin, end, pauses)), timedelta(0))
