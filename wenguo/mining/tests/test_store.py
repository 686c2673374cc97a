"""Models kept with what they were made of; the one before is a step away."""

import json
from pathlib import Path

import pytest

from wenguo.mining.lib import store
from wenguo.mining.lib.tables import Rows

ROWS = Rows("a.csv", ("text", "label"), [{"text": "甲", "label": "1"}])


def keep(folder: Path, model: object) -> store.Card:
    return store.keep(folder, "classify", model, ROWS, {"macro_f1": 0.9}, "2026-11-22T06:00:00+00:00")


def test_the_newest_is_in_use_and_tells_what_it_is(tmp_path: Path) -> None:
    keep(tmp_path, "first")
    keep(tmp_path, "second")
    model, card = store.load(tmp_path, "classify")
    assert (model, card.version, card.rows, card.measures["macro_f1"]) == ("second", 2, 1, 0.9)
    assert card.fingerprint == store.fingerprint(ROWS)
    assert {"scikit-learn", "numpy"} == set(card.libraries)


def test_one_step_back_and_no_further_than_the_first(tmp_path: Path) -> None:
    keep(tmp_path, "first")
    keep(tmp_path, "second")
    assert store.roll_back(tmp_path, "classify") == 1
    assert store.load(tmp_path, "classify")[0] == "first"
    with pytest.raises(store.NoSuchModel):
        store.roll_back(tmp_path, "classify")


def test_another_file_in_its_place_is_not_loaded(tmp_path: Path) -> None:
    keep(tmp_path, "first")
    (tmp_path / "classify" / "0001" / "model.pickle").write_bytes(b"something else")
    with pytest.raises(store.Damaged):
        store.load(tmp_path, "classify")


def test_the_fingerprint_is_of_rows_not_of_files() -> None:
    assert store.fingerprint(ROWS) == store.fingerprint(Rows("b.csv", ROWS.columns, list(ROWS.rows)))
    assert store.fingerprint(ROWS) != store.fingerprint(Rows("a.csv", ROWS.columns, [{"text": "甲", "label": "2"}]))


def test_every_version_is_listed(tmp_path: Path) -> None:
    keep(tmp_path, "first")
    keep(tmp_path, "second")
    assert [(card.version, used) for card, used in store.cards(tmp_path)] == [(1, False), (2, True)]
    card = json.loads((tmp_path / "classify" / "0002" / "card.json").read_text(encoding="utf-8"))
    assert card["made_at"].startswith("2026-11-22")
