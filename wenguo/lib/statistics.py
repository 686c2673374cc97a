"""Intervals and tails for figures on few complaints. Pure Python, exact enough to publish."""

from collections.abc import Callable, Sequence
from math import exp, fsum, lgamma, log, log1p, sqrt
from statistics import NormalDist, fmean, stdev
from typing import NamedTuple


class Interval(NamedTuple):
    low: float
    high: float


class Mean(NamedTuple):
    mean: float
    low: float
    high: float


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Wilson score interval of a share (Wilson 1927): 95 of 100 → 0.888 to 0.978. Nothing observed: 0 to 1."""
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    if n == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, spread = successes / n, z * z / n
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Interval(max(low, 0.0), min(high, 1.0))


def poisson_interval(count: int, confidence: float = 0.95) -> Interval:
    """Exact interval of the mean behind a count (Garwood 1936): 4 → 1.0899 to 10.2416; 0 → 0 to 3.6889."""
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _mean_where(lambda mean: poisson_tail(count, mean) >= tail)
    return Interval(low, _mean_where(lambda mean: poisson_tail(count + 1, mean) >= 1 - tail))


def _mean_where(reached: Callable[[float], bool]) -> float:
    """The smallest mean at which a growing tail is reached, by bisection to 1e-10 relative."""
    low, high = 0.0, 1.0
    while not reached(high):
        high *= 2
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def poisson_tail(k: int, mean: float) -> float:
    """P(X ≥ k) for a Poisson count: mean 4, k 10 → 0.0081."""
    if mean < 0:
        raise ValueError("a mean count is not negative")
    if k <= 0:
        return 1.0
    if mean == 0:
        return 0.0
    if k <= mean:
        return 1.0 - fsum(_poisson(i, mean) for i in range(k))
    total, term, i = 0.0, _poisson(k, mean), k
    while term > total * 1e-16:
        total, i = total + term, i + 1
        term *= mean / i
    return total


def _poisson(i: int, mean: float) -> float:
    return exp(i * log(mean) - mean - lgamma(i + 1))


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> Mean:
    """Mean with Student's t interval; needs two values at least."""
    n = len(values)
    if n < 2:
        raise ValueError("an interval needs two values")
    mean = fmean(values)
    half = _t_quantile(0.5 + confidence / 2, n - 1) * stdev(values) / sqrt(n)
    return Mean(mean, mean - half, mean + half)


def _t_quantile(probability: float, freedom: int) -> float:
    """By bisection of the distribution function; accurate to 1e-10 relative."""
    low, high = 0.0, 1.0
    while _t_distribution(high, freedom) < probability:
        high *= 2
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        if _t_distribution(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high


def _t_distribution(t: float, freedom: int) -> float:
    """P(T ≤ t) for t ≥ 0."""
    return 1 - _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised I_x(a, b) (Numerical Recipes 6.4)."""
    if x in (0.0, 1.0):
        return x
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Lentz's continued fraction."""
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    value = d
    for m in range(1, 400):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for numerator in (even, odd):
            d = 1 / ((1 + numerator * d) or tiny)
            c = (1 + numerator / c) or tiny
            step = c * d
            value *= step
        if abs(step - 1) < 1e-15:
            break
    return value
