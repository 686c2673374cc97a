"""Small slices of the workshop's data: every task stands above the constant model. `make eval` runs them whole."""

import csv
import gzip
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from wenguo.mining.tests.conftest import Run, Write

DATA = Path(os.environ.get("WENGUO_SHARED", "../shared")) / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(not DATA.is_dir(), reason="the workshop's data is not here"),
]
Slice = Callable[[str, int], Path]


@pytest.fixture
def first(write: Write) -> Slice:
    """The first rows of a file, spread evenly over it."""

    def cut(name: str, n: int) -> Path:
        opened = gzip.open if name.endswith(".gz") else open
        with opened(DATA / name, "rt", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return write(Path(name).name.removesuffix(".gz"), rows[:: max(1, len(rows) // n)])

    return cut


def test_messages_to_a_city(first: Slice, run: Run) -> None:
    told = run("classify", "--train", first("gov_messages/train_titles.csv", 1500))
    assert told["macro_f1"] > 0.7
    assert told["calibration_error"] < 0.15


def test_complaints_about_cars(first: Slice, run: Run) -> None:
    told = run("multilabel", "--train", first("car_complaints/complaints.csv", 1600))
    assert told["micro_f1"] > max(0.76, told["plain_linear"]["micro_f1"])


def test_opinions_about_cars(first: Slice, run: Run) -> None:
    told = run("aspect-sentiment", "--train", first("car_opinions/train.csv", 1500))
    assert told["aspect_micro_f1"] > 0.7
    assert told["polarity_macro_f1"] > 0.4  # always 0 gives .27


def test_steps_of_a_help_desk(write: Write, run: Run) -> None:
    with (DATA / "event_logs/helpdesk_train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:3000]
    told = run("next-step", "--train", write("log.csv", rows), "--split", "file")
    assert told["accuracy"] > told["constant"]
    assert run("remaining-time", "--train", write("log.csv", rows), "--split", "file")["mae_days"] < 15


def test_broken_promises(write: Write, run: Run) -> None:
    with gzip.open(DATA / "event_logs/servicenow_train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = Counter(row["number"] for row in rows)
    kept = set(list(numbers)[::8])
    told = run("breach", "--train", write("incidents.csv", [row for row in rows if row["number"] in kept]))
    assert told["auc"] > 0.65
    assert not {"closed_code", "resolved_by", "sys_mod_count", "incident_state"} & set(told["columns"])


def test_messages_gathered(first: Slice, run: Run) -> None:
    test = first("gov_messages/hot_messages.csv", 700)
    assert run("hot-events", "--test", test)["top"][0]["messages"] > 1
    assert run("duplicates", "--test", test)["rows_with_a_duplicate"] > 0
