"""Working calendars: the vectors of the design through rows in the database, and what administrators change."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.worktime import due_date
from wenguo.process import queries
from wenguo.process.actions import (
    SpecialDay,
    add_calendar,
    change_windows,
    load_year,
    remove_calendar,
    remove_day,
    set_day,
    upload_year,
)
from wenguo.process.choices import DayKind
from wenguo.process.models import Calendar, ClockRule, Standard

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = {str(weekday): [["09:00", "17:00"]] for weekday in range(5)}


def last_day(calendar: Calendar, start: str, limit: int, unit: str, roll: str = "none") -> str:
    zone = ZoneInfo(calendar.time_zone)
    begin = datetime.fromisoformat(f"{start}T10:00").replace(tzinfo=zone)
    due = due_date(queries.work_calendar(calendar), begin, limit, unit, roll=roll)  # type: ignore[arg-type]
    return str(due.due_at.astimezone(zone).date())


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2026-02-12", 7, "2026-02-28"),  # a Saturday, worked
        ("2026-04-29", 7, "2026-05-12"),
        ("2026-09-22", 7, "2026-10-09"),
        ("2026-09-30", 15, "2026-10-27"),
    ],
)
def test_working_day_vectors_hold_through_the_database(office: Calendar, start: str, limit: int, expected: str) -> None:
    assert last_day(office, start, limit, "working_day") == expected


@pytest.mark.parametrize(("start", "expected"), [("2026-04-15", "2026-06-14"), ("2026-08-05", "2026-10-08")])
def test_mediation_rolls_over_statutory_holidays_only(standard: Standard, start: str, expected: str) -> None:
    rule = ClockRule.objects.get(code="cn.samr.121.mediate")
    assert rule.calendar is not None
    assert last_day(rule.calendar, start, rule.limit, rule.unit, rule.roll) == expected


def test_eight_weeks_in_the_united_kingdom(standard: Standard) -> None:
    rule = ClockRule.objects.get(code="uk.fca.final")
    assert rule.calendar is not None
    assert last_day(rule.calendar, "2026-10-05", rule.limit, rule.unit) == "2026-11-30"


def test_make_up_days_of_2026_are_rows(office: Calendar) -> None:
    found = office.days.filter(kind=DayKind.MAKEUP, day__year=2026).values_list("day", flat=True)
    assert [f"{day:%m-%d}" for day in found] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_beyond_the_published_years_a_date_is_provisional(office: Calendar) -> None:
    start = datetime(2026, 12, 28, 10, tzinfo=SHANGHAI)
    assert due_date(queries.work_calendar(office), start, 7, "working_day").provisional


def test_a_calendar_is_built_once_until_it_changes(office: Calendar, ada: User) -> None:
    first = queries.work_calendar(office)
    assert queries.work_calendar(Calendar.objects.get(pk=office.pk)) is first
    set_day(office, date(2026, 11, 24), DayKind.HOLIDAY, by=ada, name="厂庆")
    assert last_day(Calendar.objects.get(pk=office.pk), "2026-11-23", 1, "working_day") == "2026-11-25"


def test_an_added_make_up_day_never_moves_a_date_later(office: Calendar, ada: User) -> None:
    before = last_day(office, "2026-11-20", 3, "working_day")
    set_day(office, date(2026, 11, 21), DayKind.MAKEUP, by=ada)
    office.refresh_from_db()
    assert (before, last_day(office, "2026-11-20", 3, "working_day")) == ("2026-11-25", "2026-11-24")
    remove_day(office, date(2026, 11, 21), by=ada)
    office.refresh_from_db()
    assert last_day(office, "2026-11-20", 3, "working_day") == before


@pytest.mark.parametrize(
    ("windows", "sentence"),
    [
        ([["08:30", "12:00"], ["11:00", "17:30"]], "overlap"),
        ([["13:00", "12:00"]], "end after"),
        ([["8h", "12:00"]], "Write working hours"),
        ([["08:30"]], "Write working hours"),
    ],
)
def test_windows_are_in_order_and_apart(
    office: Calendar, ada: User, windows: list[list[str]], sentence: str, english: None
) -> None:
    before = Calendar.objects.filter(pk=office.pk).values().get()
    with pytest.raises(Refused, match=sentence):
        change_windows(office, {**WEEK, "0": windows}, by=ada)
    assert Calendar.objects.filter(pk=office.pk).values().get() == before


def test_a_calendar_needs_a_working_day(office: Calendar, ada: User) -> None:
    with pytest.raises(Refused) as refused:
        change_windows(office, {}, by=ada)
    assert refused.value.field == "windows_0"


def test_a_year_is_replaced_as_a_whole(office: Calendar, ada: User) -> None:
    days = [SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦"), SpecialDay(date(2027, 1, 9), DayKind.MAKEUP)]
    assert upload_year(office, 2027, days, by=ada) == 2
    office.refresh_from_db()
    assert office.published_through == 2027
    upload_year(office, 2027, days[:1], by=ada)
    assert office.days.filter(day__year=2027).count() == 1


def test_a_year_with_a_stray_day_is_refused(office: Calendar, ada: User) -> None:
    days = [SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY), SpecialDay(date(2028, 1, 1), DayKind.HOLIDAY)]
    with pytest.raises(Refused):
        upload_year(office, 2027, days, by=ada)
    assert not office.days.filter(day__year__gte=2027).exists()


def test_an_unpublished_chinese_year_asks_for_a_file(office: Calendar, ada: User, english: None) -> None:
    with pytest.raises(Refused, match="Upload the year as a file"):
        load_year(office, 2031, by=ada)


def test_another_country_is_loaded_from_its_holidays(db: None, ada: User) -> None:
    calendar = add_calendar(
        code="de", name_zh="德国", name_en="Germany", country="de", time_zone="Europe/Berlin", windows=WEEK, by=ada
    )
    assert load_year(calendar, 2026, by=ada) == 9
    assert calendar.days.filter(day=date(2026, 12, 25)).exists()


def test_a_calendar_in_use_stays(office: Calendar, ada: User) -> None:
    with pytest.raises(Refused):
        remove_calendar(office, by=ada)
    assert Calendar.objects.filter(pk=office.pk).exists()


def test_stranger_cannot_change_a_day(office: Calendar, carol: User) -> None:
    with pytest.raises(NotAllowed):
        set_day(office, date(2026, 11, 24), DayKind.HOLIDAY, by=carol)
    assert not office.days.filter(day=date(2026, 11, 24)).exists()


def test_the_system_may(office: Calendar) -> None:
    assert set_day(office, date(2026, 11, 24), DayKind.HOLIDAY, by=SYSTEM).pk
