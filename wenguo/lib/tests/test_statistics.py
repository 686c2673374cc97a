"""Vectors of the metrics and known values of the distributions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenguo.lib.statistics import mean_interval, poisson_tail, wilson


def test_ninety_five_of_a_hundred_is_not_proven_to_be_ninety_five_percent() -> None:
    low, high = wilson(95, 100)
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)


@pytest.mark.parametrize(
    ("successes", "n", "expected"),
    [(0, 0, (0, 1)), (0, 10, (0, 0.2775)), (10, 10, (0.7225, 1)), (1, 2, (0.0945, 0.9055))],
)
def test_wilson_at_the_edges(successes: int, n: int, expected: tuple[float, float]) -> None:
    assert wilson(successes, n) == pytest.approx(expected, abs=1e-4)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(pair: tuple[int, int]) -> None:
    successes, n = pair
    low, high = wilson(successes, n)
    assert 0 <= low <= (successes / n if n else 0.5) <= high <= 1


def test_more_successes_than_tries_are_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


@pytest.mark.parametrize(
    ("k", "mean", "expected"),
    [
        (10, 4, 0.008132),
        (1100, 1000, 0.000963),
        (0, 4, 1),
        (1, 0, 0),
        (1, 1, 0.632121),
        (3, 4, 0.761897),
        (100, 100, 0.513299),
    ],
)
def test_poisson_tail(k: int, mean: float, expected: float) -> None:
    assert poisson_tail(k, mean) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2], (1.5, -4.8531, 7.8531)), ([1, 2, 3, 4, 5], (3, 1.0368, 4.9632)), ([7, 7, 7], (7, 7, 7))],
)
def test_mean_with_students_interval(values: list[float], expected: tuple[float, float, float]) -> None:
    assert mean_interval(values) == pytest.approx(expected, abs=1e-4)


def test_one_value_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two values"):
        mean_interval([1])
