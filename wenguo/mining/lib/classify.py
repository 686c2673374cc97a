"""The task `classify`: one label a text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wenguo.mining.lib.features import Runs
from wenguo.mining.lib.linear import Classifier
from wenguo.mining.lib.measures import Measures, calibration_error, class_measures
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.splits import folds, groups_of
from wenguo.mining.lib.tables import LABELS, Rows, TooLittle
from wenguo.mining.lib.texts import read_texts

PLAIN = Runs(characters=(), words=(1,))  # what anybody would try first: words, TF-IDF, a linear machine
LEAST_ROWS = 8


def learn(train: Rows, asked: Asked) -> Classifier:
    texts, labels = labelled(train, asked)
    return Classifier().fit(texts, labels, kept_back(texts, asked.seed), asked.seed)


def predict(model: Classifier, rows: Rows, asked: Asked) -> list[Line]:
    """One line a row; `abstains` where the model is less sure than it was where 95 in 100 were right."""
    chances = model.chances(read_texts(rows, asked.text))
    return [
        {
            "id": name,
            "prediction": str(model.classes[row.argmax()]),
            "confidence": round(float(row.max()), 4),
            "abstains": int(row.max() < model.sure),
        }
        for name, row in zip(rows.names(), chances, strict=True)
    ]


def evaluate(data: Data) -> Outcome:
    texts, labels = labelled(data.train, data.asked)
    tests = read_texts(data.test, data.asked.text)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    lines = predict(model, data.test, data.asked)
    passed = watch.lap()
    actual = data.test.column(data.test.find((), data.asked.label or data.train.need(LABELS)))
    measures = {**measured(actual, lines), "train_s": train_s, "predict_per_s": speed(len(tests), passed)}
    notes = {"plain_linear": plain(texts, labels, tests, actual, data.asked.seed), "train_rows": len(texts)}
    return Outcome(measures, lines, model, notes)


def labelled(rows: Rows, asked: Asked) -> tuple[list[str], list[str]]:
    """Texts and labels of the rows that have both."""
    marks = rows.column(rows.need(LABELS, asked.label))
    pairs = [(text, mark) for text, mark in zip(read_texts(rows, asked.text), marks, strict=True) if text and mark]
    if len(pairs) < LEAST_ROWS:
        raise TooLittle(rows.name, len(pairs), LEAST_ROWS)
    return [text for text, _mark in pairs], [mark for _text, mark in pairs]


def kept_back(texts: Sequence[str], seed: int) -> NDArray[np.int64]:
    """A fifth of the rows, near-duplicates with one another."""
    return folds(groups_of(texts), 5, seed)[0][1]


def measured(actual: Sequence[str], lines: Sequence[Line]) -> Measures:
    """Over the rows that have a label; without any, every measure is None."""
    told = [(mark, line) for mark, line in zip(actual, lines, strict=True) if mark]
    keys = ("accuracy", "micro_f1", "macro_f1", "per_class", "calibration_error", "coverage", "accuracy_covered")
    if not told:
        return dict.fromkeys(keys)
    right = np.array([mark == line["prediction"] for mark, line in told])
    covered = np.array([not line["abstains"] for _mark, line in told])
    return {
        **class_measures([mark for mark, _line in told], [line["prediction"] for _mark, line in told]),
        "calibration_error": calibration_error(np.array([line["confidence"] for _mark, line in told]), right),
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
    model = Classifier((PLAIN,), blend=((1.0, 0.0),)).fit(texts, labels, np.empty(0, dtype=np.int64), seed)
    said = [str(model.classes[at]) for at in model.scores([text for text, _mark in rows]).argmax(axis=1)]
    found = class_measures([mark for _text, mark in rows], said)
    return {key: found[key] for key in ("accuracy", "micro_f1", "macro_f1")}
