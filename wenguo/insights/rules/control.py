"""Is a series calm, and where is it going: control limits and a forecast with its interval. Pure.

Limits: Shewhart's three standard deviations around the centre (Montgomery, Statistical Quality Control, ch. 7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

WIDTH = 3.0
LONGEST_RUN = 8  # as many points on one side of the centre are a shift (Western Electric, rule 4)


@dataclass(frozen=True)
class Limits:
    """Centre line, and (lower, upper) for each point; None where the point has no rows."""

    centre: float
    bounds: tuple[tuple[float | None, float | None], ...]


def p_limits(met: Sequence[int], n: Sequence[int]) -> Limits:
    """Shares in percent with unequal n: p̄ ± 3√(p̄(1−p̄)/n), kept between 0 and 100."""
    rows = sum(n)
    share = sum(met) / rows if rows else 0.0
    bounds = []
    for size in n:
        half = WIDTH * sqrt(share * (1 - share) / size) if size else None
        bounds.append((None, None) if half is None else (100 * max(share - half, 0.0), 100 * min(share + half, 1.0)))
    return Limits(100 * share, tuple(bounds))


def u_limits(counts: Sequence[int], exposure: Sequence[float]) -> Limits:
    """Counts per unit of exposure: ū ± 3√(ū/n). With exposure 1 it is the c-chart of plain counts."""
    whole = sum(exposure)
    rate = sum(counts) / whole if whole else 0.0
    bounds: list[tuple[float | None, float | None]] = []
    for size in exposure:
        half = WIDTH * sqrt(rate / size) if size else None
        bounds.append((None, None) if half is None else (max(rate - half, 0.0), rate + half))
    return Limits(rate, tuple(bounds))


def signals(values: Sequence[float | None], limits: Limits) -> list[int]:
    """Places of points outside the limits, or ending a run of eight on one side of the centre."""
    found, side, run = [], 0, 0
    for place, (value, (low, high)) in enumerate(zip(values, limits.bounds, strict=True)):
        if value is None or low is None or high is None:
            continue
        now = (value > limits.centre) - (value < limits.centre)
        side, run = now, run + 1 if now and now == side else 1
        if not low <= value <= high or run >= LONGEST_RUN:
            found.append(place)
    return found


@dataclass(frozen=True)
class Ahead:
    """What is expected of one step ahead, with its prediction interval."""

    expected: float
    low: float
    high: float


SMOOTHING = 0.3


def forecast(counts: Sequence[int], steps: int, *, season: int = 0, confidence: float = 0.9) -> list[Ahead]:
    """The next `steps` counts: an exponentially weighted level times the season, with a prediction interval.

    `season`: steps after which the pattern repeats (7 for days); used when two whole seasons are there. The interval
    comes from the model's own one-step errors on these counts, widened with the distance (Hyndman and Athanasopoulos,
    Forecasting, ch. 8.7, simple smoothing). Fewer than eight counts: no forecast.
    """
    if len(counts) < 8:
        return []
    factors = _season(counts, season)
    plain = [count / factors[place % len(factors)] for place, count in enumerate(counts)]
    level, errors = fmean(plain[:4]), []
    for place, value in enumerate(plain):
        errors.append((value - level) * factors[place % len(factors)])
        level += SMOOTHING * (value - level)
    spread = sqrt(fmean(error * error for error in errors[4:]))
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    ahead = []
    for step in range(1, steps + 1):
        expected = max(level, 0.0) * factors[(len(counts) + step - 1) % len(factors)]
        half = z * spread * sqrt(1 + (step - 1) * SMOOTHING**2)
        ahead.append(Ahead(expected, max(expected - half, 0.0), expected + half))
    return ahead


def _season(counts: Sequence[int], season: int) -> list[float]:
    """How much of the mean each place of the season has; at least a twentieth, so that it can be divided by."""
    if season < 2 or len(counts) < 2 * season or not any(counts):
        return [1.0]
    whole = counts[len(counts) % season :]
    mean = fmean(whole)
    if not mean:
        return [1.0]
    first = len(counts) % season
    by_place = [fmean(whole[place::season]) / mean for place in range(season)]
    turned = [by_place[(place - first) % season] for place in range(season)]
    return [max(factor, 0.05) for factor in turned]


def vital_few(values: Sequence[float], share: float = 0.8) -> int:
    """How many of the values (falling) make up at least `share` of their sum; equal values stay together."""
    whole, running = sum(values), 0.0
    for place, value in enumerate(values):
        if running >= share * whole and (place == 0 or value != values[place - 1]):
            return place
        running += value
    return len(values)
