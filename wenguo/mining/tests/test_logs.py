"""Event logs with a known rhythm."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wenguo.mining.lib.logs import Case, Shape, cases_of, prefixes
from wenguo.mining.lib.nextstep import NGrams
from wenguo.mining.lib.tables import Rows
from wenguo.mining.tests.conftest import Run, Write

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def log(n: int, first: int = 0) -> list[dict[str, str]]:
    """Even cases a b c d, odd ones a b b d: the second step's hour tells which. A day between two steps."""
    rows = []
    for case in range(first, first + n):
        for at, step in enumerate("abcd" if case % 2 == 0 else "abbd"):
            when = START + timedelta(days=case + at, hours=6 * (case % 2))
            rows.append(
                {"CaseID": str(case), "ActivityID": step, "CompleteTimestamp": when.strftime("%Y-%m-%d %H:%M:%S")}
            )
    return rows


def case(steps: str) -> Case:
    return Case("1", tuple(steps), tuple(float(at) * 86400 for at in range(len(steps))))


def test_prefixes_begin_with_two_events_and_end_before_the_last() -> None:
    found = prefixes([case("abcd"), case("ab")])
    assert [(prefix.steps, prefix.next_step, prefix.days_left) for prefix in found] == [
        (("a", "b"), "c", 2.0),
        (("a", "b", "c"), "d", 1.0),
    ]


def test_events_are_put_in_order_of_time() -> None:
    rows = [
        {"CaseID": "1", "ActivityID": step, "CompleteTimestamp": f"2026-01-0{day} 08:00:00"}
        for step, day in (("b", 2), ("a", 1))
    ]
    assert cases_of(Rows("log", tuple(rows[0]), rows))[0].steps == ("a", "b")


def test_a_prefix_knows_nothing_of_what_comes_after() -> None:
    shape = Shape.of([case("abcd")])
    early, other = prefixes([case("abcd")])[0], prefixes([case("abdddd")])[0]
    assert shape.numbers([early]).tolist() == shape.numbers([other]).tolist()


def test_n_grams_back_off_to_what_they_know() -> None:
    grams = NGrams(3).fit(prefixes([case("abcd"), case("abcd"), case("xbd")]))
    assert grams.predict(prefixes([case("zbq")])[0]) == "c"
    assert grams.predict(prefixes([case("qqq")])[0]) == "d"


def test_next_step_beats_constant_where_the_hour_tells(write: Write, run: Run, tmp_path: Path) -> None:
    train, test = write("train.csv", log(120)), write("test.csv", log(30, first=120))
    told = run("next-step", "--train", train, "--test", test, "--out", tmp_path / "out.csv")
    assert told["accuracy"] == 1.0
    assert told["constant"] < 0.6
    assert told["3_gram"] < 0.8
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["id"], first["events"], first["prediction"]) == ("120", "2", "c")


def test_remaining_days_of_an_even_rhythm(write: Write, run: Run) -> None:
    told = run("remaining-time", "--train", write("train.csv", log(120)), "--test", write("test.csv", log(30, 120)))
    assert told["mae_days"] == pytest.approx(0, abs=0.05)
    assert told["constant_mae_days"] == pytest.approx(0.5)


def test_breach_reads_the_opening_only(write: Write, run: Run, tmp_path: Path) -> None:
    """What was found out later tells the truth here, and must not be believed."""
    rows = []
    for n in range(300):
        broken = (n % 3 == 0) != (n % 10 == 0)
        opened = {"number": f"N{n}", "opened_at": f"{n % 28 + 1}/3/2016 0{n % 10}:10", "group": "ab"[n % 3 == 0]}
        rows.append({**opened, "made_sla": "True", "closed_code": str(broken), "resolved_by": str(broken)})
        rows.append(
            {**opened, "group": str(broken), "made_sla": str(not broken), "closed_code": str(broken), "resolved_by": ""}
        )
    train = write("train.csv", rows)
    told = run("breach", "--train", train, "--test", train, "--out", tmp_path / "out.csv")
    assert told["columns"] == ["group"]
    assert 0.8 < told["auc"] < 1.0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [one["id"] for one in written] == [f"N{n}" for n in range(300)]


def test_without_a_test_file_later_cases_are_kept_back(write: Write, run: Run) -> None:
    told = run("next-step", "--train", write("train.csv", log(60)))
    assert told["split"] == "whole cases, those that began last"
    assert told["test_prefixes"] == 24
