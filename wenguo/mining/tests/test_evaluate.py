"""The command, as people and checks call it, on files with known answers."""

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from wenguo.mining.tests.conftest import FAULTS, Run, Write, complaints


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refused(*words: object, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        call_command("mining", "evaluate", *[str(word) for word in words])
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_classify_finds_what_is_plain(write: Write, run: Run, tmp_path: Path) -> None:
    train, test = write("train.csv", complaints()), write("test.csv", complaints(1))
    told = run("classify", "--train", train, "--test", test, "--out", tmp_path / "out.csv")
    assert told["accuracy"] == told["macro_f1"] == told["micro_f1"] == 1.0
    assert set(told["per_class"]) == set(FAULTS)
    assert {"calibration_error", "train_s", "predict_per_s", "plain_linear", "coverage"} <= set(told)
    written = lines(tmp_path / "out.csv")
    assert [one["id"] for one in written] == [one["id"] for one in complaints(1)]
    assert [one["prediction"] for one in written] == [one["label"] for one in complaints(1)]
    assert all(0 < float(one["confidence"]) <= 1 for one in written)


def test_twice_is_the_same(write: Write, run: Run, tmp_path: Path) -> None:
    train, test = write("train.csv", complaints(2)), write("test.csv", complaints(1))
    for name in ("one.csv", "two.csv"):
        run("classify", "--train", train, "--test", test, "--out", tmp_path / name, "--seed", 7)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_columns_of_any_name_a_bom_and_gzip(write: Write, run: Run, tmp_path: Path) -> None:
    rows = [{"诉求": one["text"], "归类": one["label"]} for one in complaints(2)]
    plain = write("train.csv", rows, encoding="utf-8-sig")
    packed = tmp_path / "train.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    told = run("classify", "--train", packed, "--test", plain, "--text", "诉求", "--label", "归类")
    assert told["accuracy"] == 1.0


def test_a_file_without_labels_gets_predictions_and_no_measures(write: Write, run: Run, tmp_path: Path) -> None:
    train = write("train.csv", complaints(2))
    test = write("test.csv", [{"text": said, "on": "1"} for said in ("发动机漏油严重", "", "变速箱顿挫")])
    told = run("classify", "--train", train, "--test", test, "--out", tmp_path / "out.csv")
    assert told["accuracy"] is told["macro_f1"] is told["per_class"] is told["calibration_error"] is None
    found = lines(tmp_path / "out.csv")
    assert [(one["id"], one["prediction"]) for one in found if one["id"] != "2"] == [("1", "发动机"), ("3", "变速箱")]


def test_a_label_never_seen_counts_as_missed(write: Write, run: Run) -> None:
    train = write("train.csv", complaints(2))
    test = write("test.csv", [{"text": "发动机漏油严重", "label": "发动机"}, {"text": "轮胎鼓包", "label": "轮胎"}])
    told = run("classify", "--train", train, "--test", test)
    assert told["accuracy"] == 0.5
    assert told["per_class"]["轮胎"]["recall"] == 0.0


def test_several_files_are_learned_as_one(write: Write, run: Run) -> None:
    bodies = write("train.csv", complaints(1))
    titles = write("titles.csv", [{"title": one["text"], "label": one["label"]} for one in complaints(2)])
    told = run("classify", "--train", bodies, titles, "--test", bodies, "--text", "text")
    assert told["train_rows"] == len(complaints(1)) + len(complaints(2))


def test_without_a_test_file_groups_are_kept_back(write: Write, run: Run) -> None:
    told = run("classify", "--train", write("train.csv", complaints(2)))
    assert told["split"] == "whole groups of near-duplicates and of one customer"


def test_multilabel_gives_every_label(write: Write, run: Run, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"text": one["text"], "cats": one["label"]} for one in complaints(4)]
    rows += [{"text": f"发动机漏油严重而且变速箱顿挫{n}", "cats": "发动机|变速箱"} for n in range(12)]
    train = write("train.csv", rows)
    told = run("multilabel", "--train", train, "--test", train, "--out", tmp_path / "out.csv")
    assert told["micro_f1"] > 0.95
    assert lines(tmp_path / "out.csv")[-1]["prediction"] == "发动机|变速箱"
    assert {"accuracy", "macro_f1", "per_class", "calibration_error", "plain_linear"} <= set(told)


def test_aspects_and_how_they_are_meant(write: Write, run: Run, tmp_path: Path) -> None:
    says = {
        ("油耗", "1"): ["油耗很低", "百公里才六个油耗满意", "省油是真的", "油耗表现不错"],
        ("油耗", "-1"): ["油耗太高", "费油得很", "油耗高得吓人", "一脚油门下去费油"],
        ("价格", "1"): ["价格实惠", "优惠很大划算", "价格低到底了", "性价比不错"],
        ("价格", "-1"): ["价格太贵", "价格高得离谱", "加价提车真贵", "贵而且没优惠"],
    }
    rows = [
        {"content_id": said, "content": f"{said}{extra}", "subject": about, "sentiment_value": meant}
        for (about, meant), ways in says.items()
        for said in ways
        for extra in ("", "，朋友也这么说")
    ]
    train = write("train.csv", rows)
    told = run("aspect-sentiment", "--train", train, "--test", train, "--out", tmp_path / "out.csv")
    assert (told["aspect_micro_f1"], told["aspect_macro_f1"]) == (1.0, 1.0)
    assert (told["polarity_accuracy"], told["polarity_macro_f1"]) == (1.0, 1.0)
    written = {one["id"]: (one["aspect"], one["prediction"]) for one in lines(tmp_path / "out.csv")}
    assert (written["油耗高得吓人"], written["价格低到底了"]) == (("油耗", "-1"), ("价格", "1"))


def test_duplicates_with_and_without_labels(write: Write, run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "小区附近搅拌站噪音扰民严重", "of": "1"},
        {"id": "b", "text": "小区附近搅拌站噪音扰民严重！", "of": "1"},
        {"id": "c", "text": "医保门诊费用什么时候可以报销", "of": "2"},
    ]
    test = write("test.csv", rows)
    assert run("duplicates", "--test", test, "--out", tmp_path / "out.csv")["pair_f1"] is None
    assert [(one["id"], one["other"]) for one in lines(tmp_path / "out.csv")] == [("a", "b")]
    assert run("duplicates", "--test", test, "--label", "of")["pair_f1"] == 1.0


def test_the_event_most_people_write_about_is_the_hottest(write: Write, run: Run, tmp_path: Path) -> None:
    loud = [{"id": f"n{n}", "user": f"u{n}", "title": f"丽发新城附近搅拌站噪音扰民{n}", "likes": "5"} for n in range(4)]
    calm = [{"id": "m", "user": "v", "title": "公园什么时候开放", "likes": "0"}]
    told = run("hot-events", "--test", write("test.csv", [*calm, *loud]), "--out", tmp_path / "out.csv")
    assert told["top"][0]["messages"] == 4
    assert {one["id"]: one["rank"] for one in lines(tmp_path / "out.csv")} == {"m": "2"} | {
        f"n{n}": "1" for n in range(4)
    }


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("classify", "train.csv 没有以下任何一列：label, cats"),
        ("next-step", "train.csv 没有以下任何一列：caseid"),
        ("breach", "train.csv 没有以下任何一列：made_sla"),
    ],
)
def test_a_missing_column_is_told_in_the_users_language(
    task: str, said: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = write("train.csv", [{"text": "甲", "colour": "red"}] * 10)
    asked = (task, "--train", train, "--test", train, "--out", tmp_path / "out.csv")
    with translation.override("zh-hans"):
        chinese = refused(*asked, capsys=capsys)
    with translation.override("en"):
        english = refused(*asked, capsys=capsys)
    assert said in chinese
    assert "它有的列：text, colour" in chinese
    assert "Its columns: text, colour" in english
    assert not (tmp_path / "out.csv").exists()


def test_too_little_a_missing_file_and_no_file(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = write("few.csv", complaints(1)[:3])
    with translation.override("en"):
        assert "3 usable rows, at least 8" in refused("classify", "--train", few, "--test", few, capsys=capsys)
        assert "nowhere.csv" in refused("classify", "--train", tmp_path / "nowhere.csv", capsys=capsys)
        assert "--train FILE" in refused("classify", "--test", few, capsys=capsys)
