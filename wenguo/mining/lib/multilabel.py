"""The task `multilabel`: any number of labels a text, each with its own chance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from wenguo.mining.lib.classify import LEAST_ROWS, PLAIN
from wenguo.mining.lib.features import Column, Runs, tidy
from wenguo.mining.lib.linear import Labels, Machines, Matrix, explain, yes_no
from wenguo.mining.lib.measures import Floats, Measures, calibration_error, set_measures
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.splits import folds, groups_of
from wenguo.mining.lib.tables import LABELS, Rows, TooLittle, labels_in
from wenguo.mining.lib.texts import name_columns, read_texts, without_names

Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]
_FINER_SHARE = 0.4  # weight of the finer labels' scores; chosen on open rows
_FINER_LEAST = 4  # rows a finer label needs
SHORT = Runs(characters=(1, 2, 3), words=(1,))
_NOTHING = -1.5  # score of a label none of whose finer labels was learned


@dataclass
class Tagger:
    """`names` are cut out of texts; `finer` machines learn labels below ours (B84 below B) and lend their scores."""

    runs: Runs = SHORT
    c: float = 0.1
    telling: float = 1.0
    at_least_one: bool = True
    names: tuple[str, ...] = ()
    classes: Labels = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    column: Column = field(default_factory=Column)
    machines: Machines = field(default_factory=Machines)
    finer: Machines | None = None
    above: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))  # class of each finer label
    threshold: float = 0.0
    slopes: Floats = field(default_factory=lambda: np.empty((0, 2)))  # Platt's slope and shift of each class

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[Sequence[str]],
        parts: Folds,
        finer: Sequence[Sequence[str]] | None = None,
        seed: int = 0,
    ) -> "Tagger":
        """`parts` are the folds on whose kept-back scores threshold and calibration are learned."""
        self.classes = np.unique(np.array([one for row in labels for one in row], dtype=np.str_))
        cleaned = [tidy(text) for text in without_names(texts, self.names)]
        self.column = Column(self.runs).fit(cleaned)
        features, wanted = self.column.transform(cleaned), yes_no(labels, self.classes)
        below = self._below(finer)
        out = np.zeros(wanted.shape)
        for learn, keep in parts:
            self._learn(features[learn], wanted[learn], None if below is None else below[learn], seed)
            out[keep] = self._scores(features[keep])
        self._learn(features, wanted, below, seed)
        self.threshold = _threshold(out, wanted) if parts else 0.0
        self.slopes = np.array([_platt(out[:, one], wanted[:, one]) for one in range(len(self.classes))])
        return self

    def _below(self, finer: Sequence[Sequence[str]] | None) -> Matrix | None:
        """Row × finer label, and of which class each is; None when there are none or they do not fit below ours."""
        if finer is None:
            return None
        names, rows_with = np.unique(np.array([one for row in finer for one in row], dtype=np.str_), return_counts=True)
        kept = [str(name) for name, n in zip(names, rows_with, strict=True) if n >= _FINER_LEAST]
        tops = [next((at for at, top in enumerate(self.classes) if name.startswith(str(top))), -1) for name in kept]
        self.above = np.array([at for at in tops if at >= 0], dtype=np.int64)
        below = np.array([name for name, at in zip(kept, tops, strict=True) if at >= 0], dtype=np.str_)
        return yes_no(finer, below) if len(below) else None

    def _learn(self, features: Any, wanted: Matrix, below: Matrix | None, seed: int) -> None:
        self.machines = Machines(self.c, self.telling).fit(features, wanted, seed)
        self.finer = None if below is None else Machines(self.c, self.telling).fit(features, below, seed)

    def _scores(self, features: Any) -> Floats:
        scores = self.machines.scores(features)
        if self.finer is None:
            return scores
        best = np.full(scores.shape, _NOTHING)
        finer = self.finer.scores(features)
        for one, top in enumerate(self.above):
            best[:, top] = np.maximum(best[:, top], finer[:, one])
        return (1 - _FINER_SHARE) * scores + _FINER_SHARE * best

    def scores(self, texts: Sequence[str]) -> Floats:
        return self._scores(self.column.transform([tidy(text) for text in without_names(texts, self.names)]))

    def carried(self, scores: Floats) -> Matrix:
        carried = np.asarray(scores > self.threshold)
        if self.at_least_one and scores.shape[1]:
            bare = ~carried.any(axis=1)
            carried[bare, scores[bare].argmax(axis=1)] = True
        return carried

    def chances(self, scores: Floats) -> Floats:
        return np.asarray(1 / (1 + np.exp(-(scores * self.slopes[:, 0] + self.slopes[:, 1]))), dtype=np.float64)

    def labels(self, carried: Matrix) -> list[list[str]]:
        return [[str(label) for label in self.classes[row]] for row in carried]

    def explain(self, text: str, label: str, most: int = 5) -> list[tuple[str, float]]:
        at = int(np.flatnonzero(self.classes == label)[0])
        return explain(lambda texts: self.scores(texts)[:, at], text, most)


def _threshold(scores: Floats, wanted: Matrix) -> float:
    """The cut with the best micro F1. One for all labels: each label's own was no better on rows not seen."""

    def micro(cut: float) -> float:
        said = scores > cut
        return float(2 * (said & wanted).sum() / max(1, said.sum() + wanted.sum()))

    return float(max(np.linspace(-1.2, 0.6, 91), key=micro))


def _platt(scores: Floats, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    if wanted.all() or not wanted.any():
        return 4.0, 0.0
    learned = LogisticRegression(C=10.0).fit(scores[:, None], wanted)
    return float(learned.coef_[0, 0]), float(learned.intercept_[0])


def learn(train: Rows, asked: Asked) -> Tagger:
    rows, texts, labels = labelled(train, asked)
    column = rows.need(LABELS, asked.label)
    model = Tagger(names=_names(rows, texts, column))
    parts = folds(groups_of(texts), 4, asked.seed)
    return model.fit(texts, labels, parts, _finer(rows, labels, column), asked.seed)


def labelled(train: Rows, asked: Asked) -> tuple[Rows, list[str], list[list[str]]]:
    """The rows that have text and labels, and those."""
    texts, marks = read_texts(train, asked.text), train.column(train.need(LABELS, asked.label))
    kept = [row for row in range(len(train)) if texts[row] and labels_in(marks[row])]
    if len(kept) < LEAST_ROWS:
        raise TooLittle(train.name, len(kept), LEAST_ROWS)
    return train.only(kept), [texts[row] for row in kept], [labels_in(marks[row]) for row in kept]


def predict(model: Tagger, rows: Rows, asked: Asked) -> list[Line]:
    scores = model.scores(read_texts(rows, asked.text))
    return _lines(rows, model.labels(model.carried(scores)), model.chances(scores), model.classes)


def evaluate(data: Data) -> Outcome:
    _rows, texts, labels = labelled(data.train, data.asked)
    test = read_texts(data.test, data.asked.text)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    scores = model.scores(test)
    said = model.labels(model.carried(scores))
    passed = watch.lap()
    column = data.test.find((), data.asked.label or data.train.need(LABELS))
    actual = [labels_in(mark) for mark in data.test.column(column)]
    chances = model.chances(scores)
    measures = {**_measured(actual, said, chances, model.classes), "train_s": train_s}
    measures["predict_per_s"] = speed(len(test), passed)
    notes = {"plain_linear": _plain(texts, labels, test, actual, data.asked.seed), "train_rows": len(texts)}
    return Outcome(measures, _lines(data.test, said, chances, model.classes), model, notes)


def _names(rows: Rows, texts: Sequence[str], label: str) -> tuple[str, ...]:
    columns = name_columns(rows, texts, [label])
    return tuple(sorted({name for column in columns for name in rows.column(column) if name}))


def _finer(rows: Rows, labels: Sequence[Sequence[str]], label: str) -> list[list[str]] | None:
    """A column of the training file whose labels begin with ours, row by row; it is never read from the test file."""
    for column in rows.columns:
        below = [labels_in(text) for text in rows.column(column)] if column != label else []
        fits = [
            {mark for mark in marks if any(one.startswith(mark) and one != mark for one in fine)} == set(marks)
            for marks, fine in zip(labels, below, strict=False)
        ]
        if fits and np.mean(fits) > 0.95:
            return below
    return None


def _measured(
    actual: Sequence[Sequence[str]], said: Sequence[Sequence[str]], chances: Floats, classes: Labels
) -> Measures:
    there = [row for row, marks in enumerate(actual) if marks]
    if not there:
        return dict.fromkeys(("accuracy", "micro_f1", "macro_f1", "per_class", "calibration_error"))
    wanted = yes_no([actual[row] for row in there], classes)
    return {
        "accuracy": float(np.mean([set(actual[row]) == set(said[row]) for row in there])),
        **set_measures([actual[row] for row in there], [said[row] for row in there]),
        "calibration_error": calibration_error(chances[there].ravel(), wanted.ravel()),
    }


def _plain(
    texts: Sequence[str],
    labels: Sequence[Sequence[str]],
    tests: Sequence[str],
    actual: Sequence[Sequence[str]],
    seed: int,
) -> Measures | None:
    """Words, TF-IDF, C = 1, the threshold where the machine puts it."""
    there = [row for row, marks in enumerate(actual) if marks]
    if not there:
        return None
    model = Tagger(PLAIN, c=1.0, telling=0.0, at_least_one=False).fit(texts, labels, [], None, seed)
    said = model.labels(model.carried(model.scores([tests[row] for row in there])))
    found = set_measures([actual[row] for row in there], said)
    return {key: found[key] for key in ("micro_f1", "macro_f1")}


def _lines(rows: Rows, said: Sequence[Sequence[str]], chances: Floats, classes: Labels) -> list[Line]:
    place = {str(label): at for at, label in enumerate(classes)}
    return [
        {
            "id": name,
            "prediction": "|".join(ones),
            "confidence": "|".join(f"{chances[row, place[one]]:.4f}" for one in ones),
        }
        for row, (name, ones) in enumerate(zip(rows.names(), said, strict=True))
    ]
