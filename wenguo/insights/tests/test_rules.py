"""How a figure is judged, and where its period lies."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from wenguo.insights.choices import Figure, Period
from wenguo.insights.rules import Verdict, rate, span_of, verdict

NOW = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("figure", "successes", "n", "expected"),
    [
        (Figure.TIMELINESS, 95, 100, Verdict.MET),
        (Figure.TIMELINESS, 94, 100, Verdict.MISSED),
        (Figure.ANALYSIS, 187, 188, Verdict.MISSED),
        (Figure.SATISFACTION, 95, 100, Verdict.NOT_PROVEN),
        (Figure.SATISFACTION, 34, 41, Verdict.MISSED),
        (Figure.SATISFACTION, 990, 1000, Verdict.MET),
        (Figure.RESOLUTION, 0, 0, Verdict.NO_ROWS),
    ],
)
def test_counts_are_met_or_missed_and_samples_proven_or_not(
    figure: Figure, successes: int, n: int, expected: Verdict
) -> None:
    assert verdict(figure, rate(successes, n)) is expected


def test_ninety_five_of_a_hundred_lies_between_88_8_and_97_8() -> None:
    found = rate(95, 100)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 1), round(found.high, 1)) == (88.8, 97.8)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.THIS_MONTH, "2026-11-01", "2026-11-20"),
        (Period.LAST_MONTH, "2026-10-01", "2026-11-01"),
        (Period.DAYS_90, "2026-08-23", "2026-11-20"),
    ],
)
def test_periods_begin_at_local_midnight(period: Period, start: str, end: str) -> None:
    span = span_of(period, NOW, ZONE)
    assert (f"{span.start.astimezone(ZONE):%Y-%m-%d %H:%M}", f"{span.end.astimezone(ZONE):%Y-%m-%d}") == (
        f"{start} 00:00",
        end,
    )
