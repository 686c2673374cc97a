import numpy as np
import pytest

from wenguo.mining.lib.measures import auc, calibration_error, class_measures, set_measures


def test_sets_by_hand() -> None:
    found = set_measures([["A", "B"], ["A"], ["C"]], [["A"], ["A", "B"], ["B"]])
    assert found["micro_f1"] == pytest.approx(2 * 2 / (4 + 4))
    assert found["per_class"]["A"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 2}
    assert found["macro_f1"] == pytest.approx((1 + 0 + 0) / 3)


def test_of_one_label_micro_f1_is_accuracy() -> None:
    found = class_measures(["a", "b", "b", "c"], ["a", "b", "a", "z"])
    assert (found["accuracy"], found["micro_f1"]) == (0.5, 0.5)


def test_calibration_error_is_the_gap_between_word_and_deed() -> None:
    assert calibration_error(np.array([0.9, 0.9]), np.array([True, False])) == pytest.approx(0.4)
    assert calibration_error(np.array([]), np.array([], dtype=bool)) is None


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([0.1, 0.5, 0.5, 0.9]), np.array([False, True, False, True])) == pytest.approx(3.5 / 4)
    assert auc(np.array([0.1, 0.2]), np.array([True, True])) is None
