"""Train, use, and go back, as a person would."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from pytest_django import Settings

from wenguo.mining.tests.conftest import Write, complaints


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.WENGUO_MODELS = tmp_path / "models"


def mining(*words: object) -> str:
    printed = StringIO()
    call_command("mining", *[str(word) for word in words], stdout=printed)
    return printed.getvalue()


def test_a_kept_model_is_used_listed_and_rolled_back(write: Write, tmp_path: Path) -> None:
    train = write("train.csv", complaints(2))
    mining("train", "classify", "--train", train)
    mining("train", "classify", "--train", train)
    said = mining("predict", "classify", train, "--out", tmp_path / "out.csv")
    assert said.strip() == f"classify 2: {len(complaints(2))}"
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["prediction"] == "发动机"
    assert mining("rollback", "classify").strip() == "classify 1"
    listed = mining("models").splitlines()
    assert ['"in_use": true' in line for line in listed] == [True, False]


def test_there_is_nothing_to_use_before_something_was_kept(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = write("train.csv", complaints(1))
    with translation.override("zh-hans"), pytest.raises(SystemExit) as ended:
        mining("predict", "classify", train, "--out", tmp_path / "out.csv")
    assert ended.value.code == 2
    assert "没有保存这样的模型：classify" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
