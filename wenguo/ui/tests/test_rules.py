from datetime import UTC, datetime, timedelta

import pytest

from wenguo.ui import rules


@pytest.mark.parametrize(
    ("length", "parts"),
    [
        (timedelta(seconds=59), (0, 0, 0)),
        (timedelta(minutes=18), (0, 0, 18)),
        (timedelta(hours=3, minutes=40), (0, 3, 40)),
        (timedelta(days=2, hours=4, minutes=50), (2, 4, 0)),
        (-timedelta(hours=2, minutes=5), (0, 2, 5)),
    ],
)
def test_a_duration_is_said_in_two_units_at_most(length: timedelta, parts: tuple[int, int, int]) -> None:
    said = rules.duration(length)

    assert (said.days, said.hours, said.minutes) == parts


def test_yesterday_is_a_calendar_day_not_24_hours() -> None:
    assert rules.day_distance(datetime(2026, 9, 7, 23, 59, tzinfo=UTC), datetime(2026, 9, 8, 0, 1, tzinfo=UTC)) == -1


@pytest.mark.parametrize(("percent", "dash"), [(0, "0.00 81.68"), (50, "40.84 81.68"), (140, "81.68 81.68")])
def test_a_ring_is_never_fuller_than_full(percent: float, dash: str) -> None:
    assert rules.ring_dash(percent) == dash


def test_an_interval_stays_on_its_track() -> None:
    span = rules.interval(value=82.9, low=69, high=101, target=95, floor=60, ceiling=100)

    assert (span.start, span.width, span.point, span.target) == (22.5, 77.5, 57.25, 87.5)


def test_a_certain_value_is_still_visible() -> None:
    assert rules.interval(100, 100, 100, None, 0, 100) == rules.Interval(98.5, 1.5, 100.0, None)


def test_a_flat_line_lies_in_the_middle() -> None:
    assert rules.spark_points([3, 3, 3]) == [(0.0, 13.0), (50.0, 13.0), (100.0, 13.0)]


def test_no_values_draw_no_line() -> None:
    assert rules.spark_points([]) == []


@pytest.mark.parametrize(("name", "letters"), [("李强", "李"), ("Dan Ober", "DO"), ("mallory", "M"), ("  ", "?")])
def test_initials_of(name: str, letters: str) -> None:
    assert rules.initials(name) == letters


def test_half_of_the_time_is_fifty_percent() -> None:
    start = datetime(2026, 9, 7, 10, tzinfo=UTC)

    assert rules.used_percent(start, start + timedelta(hours=4), start + timedelta(hours=2)) == 50.0
