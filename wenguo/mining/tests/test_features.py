import pickle

import numpy as np
import pytest

from wenguo.mining.lib.features import Column, Runs, segments, tidy


def test_one_spelling() -> None:
    assert tidy("  變速箱\u3000ＡＢＣ\n\n异响 ") == "变速箱 abc 异响"


def test_segments_are_the_text() -> None:
    assert "".join(segments("变速箱 abs灯亮，厂家不解决")) == "变速箱 abs灯亮，厂家不解决"
    assert "变速箱" in segments("变速箱异响")


@pytest.mark.parametrize(
    ("runs", "texts", "features"),
    [
        (Runs((1,), (), 1), ["ab", "bc"], 3),
        (Runs((1, 2), (), 1), ["ab", "bc"], 5),
        (Runs((2,), (), 2), ["abab", "ab", "cd", "ef"], 1),
        (Runs((2,), (), 1), ["a", "b"], 0),
        (Runs((), (1,), 1), ["变速箱异响", "变速箱"], 2),
    ],
)
def test_counts_runs_inside_texts_only(runs: Runs, texts: list[str], features: int) -> None:
    assert len(Column(runs).fit(texts).vocabulary) == features


def test_weights_are_log_counts_times_rarity_and_every_text_is_of_length_one() -> None:
    column = Column(Runs((1,), (), 1)).fit(["aab", "b"])
    row = column.transform(["aab"]).toarray()[0]
    a, b = (1 + np.log(2)) * (np.log(3 / 2) + 1), np.log(3 / 3) + 1
    assert sorted(row) == pytest.approx(sorted([a / np.hypot(a, b), b / np.hypot(a, b)]))


def test_the_same_words_at_another_place_are_the_same_features() -> None:
    column = Column().fit(["发动机漏油", "前面有字发动机漏油", "变速箱", "变速箱"])
    alone, later = column.transform(["发动机漏油"]), column.transform(["，发动机漏油"])
    assert set(alone.indices) <= set(later.indices)


def test_nothing_known_gives_an_empty_row() -> None:
    column = Column().fit(["发动机漏油", "发动机"])
    assert column.transform(["", "xyz", "发动机"]).getnnz(axis=1).tolist()[:2] == [0, 0]


def test_a_loaded_column_is_the_same() -> None:
    column = Column().fit(["发动机漏油", "发动机坏了"])
    before = column.transform(["发动机"])
    assert (pickle.loads(pickle.dumps(column)).transform(["发动机"]) != before).nnz == 0
