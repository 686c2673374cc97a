"""Sums, percentiles, verdicts and months: tables."""

from datetime import date

import pytest

from wenguo.insights.rules import METRICS, Days, Measure, Verdict, parts_of, percentile, verdict_of
from wenguo.insights.rules.measures import middle_of, step_of


def test_net_promoter_score_of_45_35_20_is_25() -> None:
    assert Measure(met=45, failed=20, total=100).value(METRICS["nps"].kind) == 25


@pytest.mark.parametrize("seconds", [61, 3600, 86_400, 30 * 86_400])
def test_a_step_holds_its_time_within_five_per_cent(seconds: int) -> None:
    assert abs(middle_of(step_of(seconds)) / seconds - 1) < 0.05


def test_percentiles_of_a_histogram() -> None:
    steps = {step_of(3600): 50, step_of(7200): 40, step_of(86_400): 10}
    assert percentile(steps, 0.5) == middle_of(step_of(3600))
    assert percentile(steps, 0.9) == middle_of(step_of(7200))
    assert percentile(steps, 0.91) == middle_of(step_of(86_400))
    assert percentile({}, 0.5) is None


@pytest.mark.parametrize(
    ("metric", "measure", "expected"),
    [
        ("timeliness", Measure(95, 5), Verdict.MET),
        ("timeliness", Measure(94, 6), Verdict.MISSED),
        ("satisfaction", Measure(95, 5), Verdict.NOT_PROVEN),
        ("satisfaction", Measure(0, 0, 9), Verdict.NO_ROWS),
        ("repeat", Measure(5, 5), None),
    ],
)
def test_full_counts_are_met_and_samples_proven(metric: str, measure: Measure, expected: Verdict | None) -> None:
    assert verdict_of(METRICS[metric], measure) is expected


@pytest.mark.parametrize(
    ("first", "last", "whole", "edges"),
    [
        ("2026-03-01", "2026-03-31", ("2026-03-01", "2026-03-31"), []),
        ("2026-02-27", "2026-04-02", ("2026-03-01", "2026-03-31"), [("02-27", "02-28"), ("04-01", "04-02")]),
        ("2026-03-10", "2026-03-20", None, [("03-10", "03-20")]),
        ("2026-10-20", "2026-11-20", ("2026-11-01", "2026-11-20"), [("10-20", "10-31")]),
        ("2026-11-01", "2026-11-19", None, [("11-01", "11-19")]),
    ],
)
def test_whole_months_and_the_days_around_them(
    first: str, last: str, whole: tuple[str, str] | None, edges: list[tuple[str, str]]
) -> None:
    found, around = parts_of(Days(date.fromisoformat(first), date.fromisoformat(last)), date(2026, 11, 20))
    assert (found and (f"{found.first}", f"{found.last}")) == whole
    assert [(f"{edge.first:%m-%d}", f"{edge.last:%m-%d}") for edge in around] == edges
