"""The four sums of a metric, and what they say. Sums add up over days, units and members; nothing else is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, floor, log

from wenguo.insights.choices import Better, Judged, Kind
from wenguo.insights.rules.judging import Verdict
from wenguo.insights.rules.metrics import MetricRule
from wenguo.lib.statistics import Interval, poisson_interval, wilson

# Times are kept in steps of ten per cent, beginning with a minute: percentiles are right to five per cent
FIRST_STEP, RATIO = 60.0, 1.1


@dataclass(frozen=True)
class Measure:
    """`met`, `failed`, `left_out` count complaints (or deadlines, answers); `total` is seconds, money or points."""

    met: int = 0
    failed: int = 0
    left_out: int = 0
    total: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            self.met + other.met,
            self.failed + other.failed,
            self.left_out + other.left_out,
            self.total + other.total,
        )

    def __neg__(self) -> "Measure":
        return Measure(-self.met, -self.failed, -self.left_out, -self.total)

    @property
    def n(self) -> int:
        return self.met + self.failed

    @property
    def percent(self) -> float | None:
        """Met of all that count; None where there is nothing to count."""
        return 100 * self.met / self.n if self.n else None

    @property
    def mean(self) -> float | None:
        """Seconds, hundredths or points each; None where there is nothing."""
        return self.total / self.met if self.met else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % Wilson interval of the share, in percent."""
        if not self.n:
            return None
        low, high = wilson(self.met, self.n)
        return Interval(100 * low, 100 * high)

    def value(self, kind: Kind) -> float | None:
        """The one number a card shows: percent, number, seconds, hundredths or points."""
        if kind in (Kind.RATE, Kind.SHARE):
            return self.percent
        if kind is Kind.COUNT:
            return float(self.met)
        if kind is Kind.MONEY:
            return float(self.total)
        if kind is Kind.NPS:
            return 100 * (self.met - self.failed) / self.total if self.total else None
        return self.mean


NOTHING = Measure()


def verdict_of(rule: MetricRule, found: Measure) -> Verdict | None:
    """Met, missed or not proven against the target; None where no target is set."""
    if rule.target is None:
        return None
    value = found.value(rule.kind)
    if value is None:
        return Verdict.NO_ROWS
    low, high = _bounds(rule, found, value)
    if rule.better is Better.LESS:
        low, high, target = -high, -low, -rule.target
    else:
        target = rule.target
    return Verdict.MET if low >= target else Verdict.MISSED if high < target else Verdict.NOT_PROVEN


def _bounds(rule: MetricRule, found: Measure, value: float) -> tuple[float, float]:
    """Between what the true value lies; a full count is what it is."""
    if rule.judged is Judged.WILSON and found.interval:
        return found.interval
    if rule.judged is Judged.POISSON:
        return poisson_interval(found.met)
    return value, value


def step_of(seconds: float) -> int:
    """The step of the histogram a time falls into; 0 is up to a minute."""
    return 0 if seconds <= FIRST_STEP else 1 + floor(log(seconds / FIRST_STEP) / log(RATIO))


def middle_of(step: int) -> float:
    """Seconds in the (geometric) middle of a step."""
    return FIRST_STEP / 2 if step <= 0 else FIRST_STEP * exp((step - 0.5) * log(RATIO))


def percentile(steps: Mapping[int, int], share: float) -> float | None:
    """Seconds below which this share (0–1) lies, from a histogram; right to five per cent. None without rows."""
    rank, seen = share * sum(steps.values()), 0
    for step in sorted(steps):
        seen += steps[step]
        if seen >= rank and seen:
            return middle_of(step)
    return None
