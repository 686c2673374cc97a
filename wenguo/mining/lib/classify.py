"""The task `classify`: one label a text."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wenguo.mining.lib.features import Runs
from wenguo.mining.lib.linear import Classifier
from wenguo.mining.lib.measures import Measures, calibration_error, class_measures
from wenguo.mining.lib.outcome import Data, Outcome, Watch, speed
from wenguo.mining.lib.splits import folds, groups_of
from wenguo.mining.lib.tables import IDS, LABELS, Rows, TooLittle
from wenguo.mining.lib.texts import read_texts

PLAIN = Runs(characters=(), words=(1,))  # what anybody would try first: words, TF-IDF, a linear machine
LEAST_ROWS = 8


def evaluate(data: Data) -> Outcome:
    label = data.train.need(LABELS, data.asked.label)
    texts, labels = labelled(data.train, read_texts(data.train, data.asked.text), label)
    tests = read_texts(data.test, data.asked.text)
    watch = Watch()
    model = Classifier().fit(texts, labels, kept_back(texts, data.asked.seed), data.asked.seed)
    train_s = watch.lap()
    chances = model.chances(tests)
    passed = watch.lap()
    actual = data.test.column(data.test.find((), label))
    said = [str(model.classes[at]) for at in chances.argmax(axis=1)]
    measures = {**measured(actual, said, chances.max(axis=1), model.sure), "train_s": train_s}
    measures["predict_per_s"] = speed(len(tests), passed)
    notes = {"plain_linear": plain(texts, labels, tests, actual, data.asked.seed), "train_rows": len(texts)}
    return Outcome(measures, _lines(data.test, said, chances.max(axis=1), model.sure), model, notes)


def labelled(rows: Rows, texts: Sequence[str], label: str) -> tuple[list[str], list[str]]:
    """Texts and labels of the rows that have both."""
    pairs = [(text, mark) for text, mark in zip(texts, rows.column(label), strict=True) if text and mark]
    if len(pairs) < LEAST_ROWS:
        raise TooLittle(rows.name, len(pairs), LEAST_ROWS)
    return [text for text, _mark in pairs], [mark for _text, mark in pairs]


def kept_back(texts: Sequence[str], seed: int) -> NDArray[np.int64]:
    """A fifth of the rows, near-duplicates with one another."""
    return folds(groups_of(texts), 5, seed)[0][1]


def measured(actual: Sequence[str], said: Sequence[str], confidence: NDArray[np.float64], sure: float) -> Measures:
    """Over the rows that have a label; without any, every measure is None."""
    there = np.array([bool(one) for one in actual])
    keys = ("accuracy", "micro_f1", "macro_f1", "per_class", "calibration_error", "coverage", "accuracy_covered")
    if not there.any():
        return dict.fromkeys(keys)
    right = np.array([a == b for a, b in zip(actual, said, strict=True)])[there]
    held, covered = confidence[there], confidence[there] >= sure
    return {
        **class_measures(*zip(*[(a, b) for a, b in zip(actual, said, strict=True) if a], strict=True)),
        "calibration_error": calibration_error(held, right),
        "coverage": float(covered.mean()),
        "accuracy_covered": float(right[covered].mean()) if covered.any() else None,
    }


def plain(
    texts: Sequence[str], labels: Sequence[str], tests: Sequence[str], actual: Sequence[str], seed: int
) -> Measures | None:
    """The plain linear model on the same rows: words, TF-IDF, C = 1, nothing tuned."""
    rows = [(text, mark) for text, mark in zip(tests, actual, strict=True) if mark]
    if not rows:
        return None
    model = Classifier(PLAIN, c=1.0).fit(texts, labels, np.empty(0, dtype=np.int64), seed)
    said = [str(model.classes[at]) for at in model.scores([text for text, _mark in rows]).argmax(axis=1)]
    found = class_measures([mark for _text, mark in rows], said)
    return {key: found[key] for key in ("accuracy", "micro_f1", "macro_f1")}


def _lines(test: Rows, said: Sequence[str], confidence: NDArray[np.float64], sure: float) -> list[dict[str, Any]]:
    named = test.column(test.find(IDS)) if test.find(IDS) else [str(row) for row in range(1, len(test) + 1)]
    return [
        {"id": name, "prediction": one, "confidence": round(float(by), 4), "abstains": int(by < sure)}
        for name, one, by in zip(named, said, confidence, strict=True)
    ]
