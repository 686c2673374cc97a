import numpy as np
import pytest

from wenguo.mining.lib.duplicates import near_pairs
from wenguo.mining.lib.splits import folds, groups_of, later
from wenguo.mining.lib.tables import MissingColumns, Rows, labels_in, seconds
from wenguo.mining.lib.texts import joined, name_columns, read_texts, without_names


def table(*rows: dict[str, str]) -> Rows:
    return Rows("file.csv", tuple(rows[0]), rows)


@pytest.mark.parametrize(
    ("text", "labels"), [("A|B", ["A", "B"]), ("A, B,A", ["A", "B"]), ("A，B；", ["A", "B"]), ("", [])]
)
def test_labels_by_any_separator(text: str, labels: list[str]) -> None:
    assert labels_in(text) == labels


@pytest.mark.parametrize(
    ("text", "day"), [("2016/12/5 10:14:12", 17140), ("2020-06-05", 18418), ("29/2/2016 01:16", 16860), ("never", None)]
)
def test_times_as_files_write_them(text: str, day: int | None) -> None:
    found = seconds([text])[0]
    assert (None if found is None else int(found // 86400)) == day


def test_title_and_body_are_one_text_and_nothing_stands_twice() -> None:
    assert joined(["医保报销", "医保报销何时开通"]) == "医保报销何时开通"
    assert read_texts(table({"title": "标题", "text": "正文"}), []) == ["标题\n正文"]
    assert read_texts(table({"title": "标题", "text": "正文"}), ["text"]) == ["正文"]


def test_an_extra_row_without_the_column_lends_its_title() -> None:
    rows = table({"title": "甲", "text": "乙"}, {"title": "丙", "text": ""})
    assert read_texts(rows, ["text"]) == ["乙", "丙"]


def test_a_missing_column_is_told_with_those_seen() -> None:
    with pytest.raises(MissingColumns) as missing:
        read_texts(table({"a": "1", "b": "2"}), ["body"])
    assert (missing.value.wanted, missing.value.seen) == (("body",), ("a", "b"))


def test_names_told_in_a_column_are_cut_from_the_text() -> None:
    rows = table(*[{"model": f"车{n}", "text": f"某牌车{n}漏油严重"} for n in range(12)])
    assert name_columns(rows, rows.column("text"), []) == ["model"]
    assert without_names(["某牌车7漏油严重", "漏油严重"], ["车7", "某牌"]) == ["车7漏油严重", "漏油严重"]


def test_near_duplicates_are_found_and_others_are_not() -> None:
    texts = ["小区附近搅拌站噪音扰民", "小区附近的搅拌站噪音扰民！", "医保何时可以报销门诊费用", "", ""]
    assert [(pair.first, pair.second) for pair in near_pairs(texts)] == [(0, 1)]
    assert near_pairs(["一样的话"] * 2)[0].score == 1.0


def test_a_fold_never_divides_a_group() -> None:
    texts = ["".join(chr(0x4E00 + n // 2 * 50 + at) for at in range(9)) for n in range(40)]
    groups = groups_of(texts)
    assert len(set(groups.tolist())) == 20
    for train, test in folds(groups, 4, seed=1):
        assert not set(groups[train]) & set(groups[test])


def test_customers_stay_together() -> None:
    groups = groups_of(["甲甲甲甲", "乙乙乙乙", "丙丙丙丙"], ["u1", "u2", "u1"])
    assert groups[0] == groups[2] != groups[1]


def test_later_rows_are_kept_back_and_equal_times_stay_together() -> None:
    before, after = later([5, 1, 3, 3, 3], 0.4)
    assert (before.tolist(), after.tolist()) == ([1], [0, 2, 3, 4])
    assert np.intersect1d(before, after).size == 0
