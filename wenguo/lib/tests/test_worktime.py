"""Vectors and invariants of the clocks: 2026 is the last published Chinese year in the calendar."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wenguo.lib.worktime import (
    AROUND_THE_CLOCK,
    DaySpecial,
    DueDate,
    Pause,
    Step,
    Unit,
    WorkCalendar,
    add_calendar_days,
    add_clock_hours,
    add_weeks,
    add_working_days,
    add_working_hours,
    china_calendar,
    country_calendar,
    due_date,
    shift_for_pauses,
    time_between,
    working_time_between,
)

CHINA = china_calendar()
UK = country_calendar("GB", "Europe/London")
UNITS: list[Unit] = ["hour", "business_hours", "working_day", "calendar_day", "week", "month"]

moments = st.integers(0, 973 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
limits = st.integers(0, 60)
units = st.sampled_from(UNITS)
rolls = st.sampled_from(["none", "statutory_holiday", "any_rest_day"])
pauses = st.lists(
    st.tuples(moments, st.timedeltas(timedelta(0), timedelta(days=20))).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=4,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


def last_day(due: DueDate, cal: WorkCalendar = CHINA) -> date:
    return due.due_at.astimezone(cal.zone).date()


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-02-12T10:00", 7, "2026-02-28"),  # a Saturday that is worked
        ("2026-04-29T10:00", 7, "2026-05-12"),
        ("2026-09-22T10:00", 7, "2026-10-09"),
        ("2026-09-30T10:00", 15, "2026-10-27"),
        ("2026-09-22T23:59", 1, "2026-09-23"),
        ("2026-10-01T08:00", 1, "2026-10-08"),
        ("2026-10-08T08:00", 0, "2026-10-08"),
    ],
)
def test_counts_working_days(start: str, limit: int, expected: str) -> None:
    assert last_day(add_working_days(CHINA, at(start), limit)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "roll", "expected"),
    [
        ("2026-04-15T10:00", "statutory_holiday", "2026-06-14"),  # a plain Sunday stays
        ("2026-08-05T10:00", "statutory_holiday", "2026-10-08"),
        ("2026-08-05T10:00", "none", "2026-10-04"),
        ("2026-04-15T10:00", "any_rest_day", "2026-06-15"),
    ],
)
def test_sixty_calendar_days_roll_as_the_rule_says(start: str, roll: str, expected: str) -> None:
    due = add_calendar_days(CHINA, at(start), 60, roll)  # type: ignore[arg-type]
    assert last_day(due) == date.fromisoformat(expected)


def test_eight_weeks_in_britain() -> None:
    due = add_weeks(UK, datetime(2026, 10, 5, 9, tzinfo=UTC), 8)
    assert due.due_at == datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


def test_third_business_day_in_britain_skips_easter() -> None:
    due = add_working_days(UK, datetime(2026, 4, 2, 9, tzinfo=UTC), 3)
    assert due.due_at == datetime(2026, 4, 9, 22, 59, 59, tzinfo=UTC)  # summer time


def test_month_ends_on_the_last_day_where_the_same_does_not_exist() -> None:
    assert last_day(due_date(CHINA, at("2026-01-31T10:00"), 1, "month")) == date(2026, 2, 28)


def test_a_deadline_in_days_is_one_second_before_midnight_where_it_was_promised() -> None:
    assert add_working_days(CHINA, at("2026-09-22T10:00"), 1).due_at == datetime(2026, 9, 23, 15, 59, 59, tzinfo=UTC)


def test_first_day_counts_where_the_rule_includes_it() -> None:
    due = due_date(CHINA, at("2026-09-22T10:00"), 7, "working_day", first_day_excluded=False)
    assert last_day(due) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-09-22T10:00", 2, "2026-09-22T12:00"),
        ("2026-09-22T10:00", 3, "2026-09-22T14:30"),
        ("2026-09-22T20:00", 1, "2026-09-23T10:00"),
        ("2026-09-24T17:00", 2, "2026-09-28T10:00"),
        ("2026-09-19T10:00", 1, "2026-09-20T10:00"),  # Sunday is worked
    ],
)
def test_counts_working_hours(start: str, hours: int, expected: str) -> None:
    assert add_working_hours(CHINA, at(start), timedelta(hours=hours)).due_at == at(expected)


def test_clock_hours_run_through_holidays() -> None:
    assert add_clock_hours(at("2026-10-01T10:00"), 24) == at("2026-10-02T10:00")


def test_working_time_leaves_out_lunch_holidays_and_pauses() -> None:
    begin, end = at("2026-09-24T11:00"), at("2026-09-28T10:00")
    assert working_time_between(CHINA, begin, end) == timedelta(hours=6, minutes=30)
    pause = [(at("2026-09-24T15:00"), at("2026-09-28T09:30"))]
    assert working_time_between(CHINA, begin, end, pause) == timedelta(hours=3)


def test_round_the_clock_calendar_counts_every_hour() -> None:
    cal = WorkCalendar("hotline", "Asia/Shanghai", AROUND_THE_CLOCK)
    assert working_time_between(cal, at("2026-10-01T00:00"), at("2026-10-03T12:00")) == timedelta(hours=60)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2026-09-23T09:00", "2026-09-23T17:00", "2026-10-09"),  # within one day: nothing moves
        ("2026-09-23T17:00", "2026-09-24T09:00", "2026-10-10"),  # over one midnight, to a worked Saturday
        ("2026-09-25T09:00", "2026-09-27T09:00", "2026-10-09"),  # over days that do not count anyway
        ("2026-10-09T09:00", "2026-10-13T09:00", "2026-10-13"),
        ("2026-10-20T09:00", "2026-10-25T09:00", "2026-10-09"),  # after the deadline: too late
    ],
)
def test_a_pause_moves_a_deadline_by_the_midnights_it_covers(begin: str, end: str, expected: str) -> None:
    due = add_working_days(CHINA, at("2026-09-22T10:00"), 7)
    assert last_day(shift_for_pauses(CHINA, due, "working_day", [(at(begin), at(end))])) == date.fromisoformat(expected)


def test_a_pause_moves_hours_by_itself() -> None:
    due = due_date(CHINA, at("2026-09-22T10:00"), 24, "hour")
    pause = [(at("2026-09-22T12:00"), at("2026-09-22T13:30")), (at("2026-09-22T13:00"), at("2026-09-22T14:00"))]
    assert shift_for_pauses(CHINA, due, "hour", pause).due_at == at("2026-09-23T12:00")


def test_beyond_the_last_published_year_weekdays_count_provisionally() -> None:
    inside = add_working_days(CHINA, at("2026-12-24T10:00"), 4)
    beyond = add_working_days(CHINA, at("2026-12-24T10:00"), 7)
    assert (inside.provisional, last_day(inside)) == (False, date(2026, 12, 30))
    assert (beyond.provisional, last_day(beyond)) == (True, date(2027, 1, 4))


def test_hours_and_plain_days_are_never_provisional() -> None:
    start = at("2026-12-24T10:00")
    assert not due_date(CHINA, start, 600, "hour").provisional
    assert not add_calendar_days(CHINA, start, 60).provisional
    assert add_calendar_days(CHINA, start, 60, "statutory_holiday").provisional


def test_explains_itself_in_both_languages() -> None:
    due = add_working_days(CHINA, at("2026-09-22T10:00"), 7)
    with translation.override("en"):
        assert due.explain() == [
            "2026-09-22: the time starts.",
            "2026-09-22: not counted (the day it starts).",
            "2026-09-23 – 2026-09-24: 2 days counted (working day).",
            "2026-09-25 – 2026-09-27: not counted (public holiday, Mid-autumn Festival).",
            "2026-09-28 – 2026-09-30: 3 days counted (working day).",
            "2026-10-01 – 2026-10-07: not counted (public holiday, National Day).",
            "2026-10-08 – 2026-10-09: 2 days counted (working day).",
            "2026-10-09: the time ends.",
        ]
    with translation.override("zh-hans"):
        assert due.explain()[3] == "2026-09-25 – 2026-09-27：不计（法定节假日，中秋节）。"


def test_a_short_day_counts_with_its_own_hours() -> None:
    short = DaySpecial("short", "Christmas Eve", ((time(9), time(12)),))
    cal = WorkCalendar("works", "Asia/Shanghai", CHINA.windows, {date(2026, 12, 24): short})
    assert add_working_hours(cal, at("2026-12-24T11:00"), timedelta(hours=2)).due_at == at("2026-12-25T10:00")


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day"):
        WorkCalendar("never", "Asia/Shanghai", {0: ()})


def test_windows_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        WorkCalendar("odd", "Asia/Shanghai", {0: ((time(13), time(12)),)})


@given(moments, limits, units, rolls, pauses)
@settings(max_examples=200, deadline=None)
def test_json_gives_back_the_same(start: datetime, limit: int, unit: Unit, roll: str, paused: list[Pause]) -> None:
    due = due_date(CHINA, start, limit, unit, roll=roll, pauses=paused)  # type: ignore[arg-type]
    assert DueDate.from_json(due.as_json()) == due


@given(moments, limits, units, st.booleans(), rolls, pauses)
@settings(max_examples=300, deadline=None)
def test_the_steps_add_up_to_the_due_date(
    start: datetime, limit: int, unit: Unit, excluded: bool, roll: str, paused: list[Pause]
) -> None:
    due = due_date(CHINA, start, limit, unit, excluded, roll, paused)  # type: ignore[arg-type]
    counted = sum(step.days for step in due.steps if step.kind == "counted")
    seconds = sum(step.seconds for step in due.steps if step.kind == "counted")
    wanted_days = {"working_day": limit, "calendar_day": limit, "week": limit * 7}.get(unit, counted)
    assert counted == wanted_days
    assert seconds == pytest.approx(limit * 3600 if "hour" in unit else 0)
    assert due.steps[-1].last == last_day(due)
    assert _follow_on([step for step in due.steps if step.kind in {"counted", "skipped", "rolled"}]) or unit == "hour"


def _follow_on(steps: list[Step]) -> bool:
    """Every day between start and end is in exactly one run."""
    return all(later.first - earlier.last <= timedelta(days=1) for earlier, later in pairwise(steps))


@given(moments, limits, units, rolls, pauses)
@settings(max_examples=300, deadline=None)
def test_pausing_never_brings_a_due_date_nearer(
    start: datetime, limit: int, unit: Unit, roll: str, paused: list[Pause]
) -> None:
    due = due_date(CHINA, start, limit, unit, roll=roll)  # type: ignore[arg-type]
    assert shift_for_pauses(CHINA, due, unit, paused).due_at >= due.due_at


@given(moments, limits, units, st.lists(moments, max_size=3))
@settings(max_examples=200, deadline=None)
def test_pausing_for_no_time_changes_nothing(start: datetime, limit: int, unit: Unit, points: list[datetime]) -> None:
    due = due_date(CHINA, start, limit, unit)
    assert shift_for_pauses(CHINA, due, unit, [(point, point) for point in points]) == due


@given(moments, limits, units, st.booleans(), rolls, pauses)
@settings(max_examples=300, deadline=None)
def test_one_more_never_moves_it_earlier(
    start: datetime, limit: int, unit: Unit, excluded: bool, roll: str, paused: list[Pause]
) -> None:
    shorter = due_date(CHINA, start, limit, unit, excluded, roll, paused)  # type: ignore[arg-type]
    longer = due_date(CHINA, start, limit + 1, unit, excluded, roll, paused)  # type: ignore[arg-type]
    assert longer.due_at >= shorter.due_at


@given(moments, limits, units, rolls, st.dates(date(2024, 1, 1), date(2026, 12, 31)))
@settings(max_examples=300, deadline=None)
def test_a_make_up_day_never_moves_it_later(start: datetime, limit: int, unit: Unit, roll: str, day: date) -> None:
    added = china_calendar(added={day: DaySpecial("makeup")})
    before = due_date(CHINA, start, limit, unit, roll=roll)  # type: ignore[arg-type]
    after = due_date(added, start, limit, unit, roll=roll)  # type: ignore[arg-type]
    assert after.due_at <= before.due_at


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), pauses)
@settings(max_examples=200, deadline=None)
def test_spent_is_never_more_than_elapsed(start: datetime, elapsed: timedelta, paused: list[Pause]) -> None:
    end = start + elapsed
    assert (
        timedelta(0) <= working_time_between(CHINA, start, end, paused) <= time_between(start, end, paused) <= elapsed
    )


@given(moments, st.integers(0, 60), pauses)
@settings(max_examples=200, deadline=None)
def test_working_time_until_the_due_date_is_the_limit(start: datetime, hours: int, paused: list[Pause]) -> None:
    due = due_date(CHINA, start, hours, "business_hours", pauses=paused)
    assert working_time_between(CHINA, start, due.due_at, paused) == timedelta(hours=hours)


@given(moments, moments)
@settings(max_examples=50, deadline=None)
def test_no_time_passes_backwards(a: datetime, b: datetime) -> None:
    assume(b <= a)
    assert working_time_between(CHINA, a, b) == time_between(a, b) == timedelta(0)
