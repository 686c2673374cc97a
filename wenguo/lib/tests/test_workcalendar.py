"""The Chinese calendar against the State Council's notices."""

from datetime import date

import pytest

from wenguo.lib.workcalendar import (
    DaySpecial,
    china_calendar,
    country_calendar,
    day_facts,
    days_from_notice,
    is_working_day,
)

CHINA = china_calendar()

# The State Council's notices for 2025 and 2026: days off as spans, then the worked weekend days.
NOTICES = {
    2025: (
        "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_has_the_days_off_of_the_notice(year: int) -> None:
    expected = set()
    for first, last in (span.split("/") for span in NOTICES[year][0].split()):
        begin, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
        expected |= {date.fromordinal(day) for day in range(begin.toordinal(), end.toordinal() + 1)}
    assert expected == {day for day, s in CHINA.special.items() if day.year == year and s.kind == "holiday"}


@pytest.mark.parametrize("year", NOTICES)
def test_has_the_make_up_days_of_the_notice(year: int) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in NOTICES[year][1].split()}
    assert expected == {day for day, s in CHINA.special.items() if day.year == year and s.kind == "makeup"}


def test_says_why_a_day_counts() -> None:
    assert day_facts(CHINA, date(2026, 10, 1)) == (False, "holiday", "National Day")
    assert day_facts(CHINA, date(2026, 10, 10)) == (True, "makeup", "National Day")
    assert day_facts(CHINA, date(2026, 10, 17)) == (False, "weekend", "")
    assert day_facts(CHINA, date(2026, 10, 19)) == (True, "working_day", "")


def test_an_uploaded_notice_makes_a_year_known() -> None:
    off = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
    worked = {"name": "元旦", "date": "2027-01-03", "isOffDay": False}
    notice = {"days": [off, worked]}
    cal = china_calendar(added=days_from_notice(notice), published_through=2027)
    assert cal.special[date(2027, 1, 1)] == DaySpecial("holiday", "New Year's Day")
    assert is_working_day(cal, date(2027, 1, 3))
    assert cal.is_published(date(2027, 12, 31))
    assert not CHINA.is_published(date(2027, 1, 1))


def test_another_country_has_its_own_weekend() -> None:
    emirates = country_calendar("SA", "Asia/Riyadh", years=range(2026, 2027))
    assert not is_working_day(emirates, date(2026, 10, 9))  # Friday
    assert is_working_day(emirates, date(2026, 10, 11))  # Sunday
