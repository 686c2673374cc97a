"""How a figure is judged, and where its period lies. Pure.

Full counts (timeliness, analysis, promises) are met or missed by the count; samples (satisfaction, resolution) are
decided by the 95 % Wilson interval: 95 of 100 does not prove 95 %.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from wenguo.insights.choices import Figure, Period
from wenguo.lib.statistics import wilson

# Raised whenever a definition changes, so that a figure on paper says how it was computed
DEFINITION_VERSION = 2
MATURES_AFTER = timedelta(days=30)
TARGETS: dict[Figure, float] = {
    Figure.TIMELINESS: 95,
    Figure.SATISFACTION: 95,
    Figure.ANALYSIS: 100,
    Figure.RESOLUTION: 90,
    Figure.PROMISES: 95,
    Figure.ACKNOWLEDGED: 95,
    Figure.RETENTION: 90,
}
SAMPLES = frozenset({Figure.SATISFACTION, Figure.RESOLUTION, Figure.RETENTION})


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    NOT_PROVEN = "not_proven"
    NO_ROWS = "no_rows"


@dataclass(frozen=True)
class Span:
    """From `start` (included) to `end` (excluded), aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Rate:
    """A share in percent with its 95 % Wilson interval; None where there are no rows."""

    successes: int
    n: int
    percent: float | None
    low: float | None
    high: float | None


def rate(successes: int, n: int) -> Rate:
    if n == 0:
        return Rate(0, 0, None, None, None)
    low, high = wilson(successes, n)
    return Rate(successes, n, 100 * successes / n, 100 * low, 100 * high)


def verdict(figure: Figure, found: Rate) -> Verdict:
    """Met, missed, or — for a sample whose interval holds the target — not proven."""
    if found.percent is None or found.low is None or found.high is None:
        return Verdict.NO_ROWS
    target = TARGETS[figure]
    if figure in SAMPLES:
        return Verdict.MET if found.low >= target else Verdict.MISSED if found.high < target else Verdict.NOT_PROVEN
    return Verdict.MET if found.percent >= target else Verdict.MISSED


def span_of(period: Period, now: datetime, zone: ZoneInfo) -> Span:
    """The period in the viewer's zone, ending now at the latest."""
    today = now.astimezone(zone).date()
    first = today.replace(day=1)
    starts = {
        Period.THIS_MONTH: first,
        Period.LAST_MONTH: (first - timedelta(days=1)).replace(day=1),
        Period.DAYS_90: today - timedelta(days=89),
        Period.YEAR: today - timedelta(days=364),
        Period.ALL: date(1990, 1, 1),
    }
    end = _midnight(first, zone) if period is Period.LAST_MONTH else now
    return Span(_midnight(starts[period], zone), end)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
