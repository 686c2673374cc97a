"""The task `aspect-sentiment`: which aspects a text is about, and how each is meant.

A file has one line per text and aspect. Aspects are found for texts; polarity is judged for the aspects of the file,
or for the aspects found where the file names none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wenguo.mining.lib.classify import LEAST_ROWS, PLAIN
from wenguo.mining.lib.linear import Classifier
from wenguo.mining.lib.measures import Floats, Measures, accuracy, calibration_error, class_measures, set_measures
from wenguo.mining.lib.multilabel import Tagger
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.polarity import Polarity
from wenguo.mining.lib.splits import folds, groups_of
from wenguo.mining.lib.tables import Rows, TooLittle
from wenguo.mining.lib.texts import read_texts

ASPECTS = ("subject", "aspect", "主题", "方面")
POLARITIES = ("sentiment_value", "sentiment", "polarity", "情感", "label")


@dataclass
class Opinions:
    """Lines of a file, and the distinct texts among them."""

    texts: list[str]
    aspects: list[str]
    marks: list[str]

    @property
    def distinct(self) -> list[str]:
        return list(dict.fromkeys(self.texts))

    def aspects_of(self, texts: Sequence[str]) -> list[list[str]]:
        found: dict[str, list[str]] = {}
        for text, aspect in zip(self.texts, self.aspects, strict=True):
            if aspect and aspect not in found.setdefault(text, []):
                found[text].append(aspect)
        return [found.get(text, []) for text in texts]


@dataclass
class AspectSentiment:
    finder: Tagger
    judge: Polarity


@dataclass
class Judged:
    """What was said of a file: aspects of each text, and for (line, aspect) the chance of each polarity."""

    said: dict[str, list[str]]
    lines: list[tuple[int, str]]
    chances: Floats


def evaluate(data: Data) -> Outcome:
    train, test = _read(data.train, data.asked, needed=True), _read(data.test, data.asked, needed=False)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    judged = judge(model, test)
    passed = watch.lap()
    measures = {**_measured(test, judged, model.judge), "train_s": train_s}
    measures["predict_per_s"] = speed(len(test.texts), passed)
    notes = {"plain_linear": _plain(train, test, data.asked.seed), "train_rows": len(train.texts)}
    return Outcome(measures, _lines(data.test, test, judged, model.judge), model, notes)


def predict(model: AspectSentiment, rows: Rows, asked: Asked) -> list[Line]:
    test = _read(rows, asked, needed=False)
    return _lines(rows, test, judge(model, test), model.judge)


def judge(model: AspectSentiment, test: Opinions) -> Judged:
    texts = test.distinct
    said = dict(zip(texts, model.finder.labels(model.finder.carried(model.finder.scores(texts))), strict=True))
    lines = _judged(test, said)
    scores = model.judge.scores([test.texts[row] for row, _aspect in lines], [aspect for _row, aspect in lines])
    return Judged(said, lines, model.judge.chances(scores))


def learn(rows: Rows, asked: Asked) -> AspectSentiment:
    train, seed = _read(rows, asked, needed=True), asked.seed
    texts = train.distinct
    groups = groups_of(texts)
    finder = Tagger().fit(texts, train.aspects_of(texts), folds(groups, 4, seed), seed=seed)
    place = {text: at for at, text in enumerate(texts)}
    parts = folds(groups[[place[text] for text in train.texts]], 4, seed)
    return AspectSentiment(finder, Polarity().fit(train.texts, train.aspects, train.marks, parts, seed))


def _read(rows: Rows, asked: Asked, needed: bool) -> Opinions:
    aspect, mark = rows.find(ASPECTS), rows.find(POLARITIES, asked.label)
    if needed:
        aspect, mark = rows.need(ASPECTS), rows.need(POLARITIES, asked.label)
    texts, aspects, marks = read_texts(rows, asked.text), rows.column(aspect), rows.column(mark)
    marks = [text.removesuffix(".0") for text in marks]
    if not needed:
        return Opinions(texts, aspects, marks)
    kept = [row for row in range(len(rows)) if texts[row] and aspects[row] and marks[row]]
    if len(kept) < LEAST_ROWS:
        raise TooLittle(rows.name, len(kept), LEAST_ROWS)
    return Opinions([texts[row] for row in kept], [aspects[row] for row in kept], [marks[row] for row in kept])


def _judged(test: Opinions, said: dict[str, list[str]]) -> list[tuple[int, str]]:
    """(line, aspect): the line's own aspect, else every aspect found in its text."""
    return [
        (row, aspect)
        for row, (text, own) in enumerate(zip(test.texts, test.aspects, strict=True))
        for aspect in ([own] if own else said[text])
    ]


def _measured(test: Opinions, judged: Judged, polarities: Polarity) -> Measures:
    said, lines, chances = judged.said, judged.lines, judged.chances
    texts = [text for text, own in zip(test.distinct, test.aspects_of(test.distinct), strict=True) if own]
    found = set_measures(test.aspects_of(texts), [said[text] for text in texts])
    marked = [at for at, (row, _aspect) in enumerate(lines) if test.aspects[row] and test.marks[row]]
    actual = [test.marks[lines[at][0]] for at in marked]
    meant = [str(polarities.classes[chances[at].argmax()]) for at in marked]
    polarity = class_measures(actual, meant) if marked else {"accuracy": None, "macro_f1": None, "per_class": None}
    right = np.array([a == b for a, b in zip(actual, meant, strict=True)], dtype=bool)
    return {
        "aspect_micro_f1": found["micro_f1"] if texts else None,
        "aspect_macro_f1": found["macro_f1"] if texts else None,
        "polarity_accuracy": polarity["accuracy"],
        "polarity_macro_f1": polarity["macro_f1"],
        "per_class": {"aspect": found["per_class"], "polarity": polarity["per_class"]} if texts else None,
        "calibration_error": calibration_error(chances[marked].max(axis=1), right) if marked else None,
    }


def _plain(train: Opinions, test: Opinions, seed: int) -> Measures | None:
    """Words, TF-IDF, C = 1: aspects by threshold 0, polarity from the text with its aspect as one more word."""
    texts = [text for text, own in zip(test.distinct, test.aspects_of(test.distinct), strict=True) if own]
    marked = [row for row, mark in enumerate(test.marks) if mark and test.aspects[row]]
    if not texts or not marked:
        return None
    finder = Tagger(PLAIN, c=1.0, telling=0.0, at_least_one=False).fit(
        train.distinct, train.aspects_of(train.distinct), [], seed=seed
    )
    said = finder.labels(finder.carried(finder.scores(texts)))
    with_aspect = [f"{aspect} {text}" for aspect, text in zip(train.aspects, train.texts, strict=True)]
    linear = Classifier((PLAIN,), blend=((1.0, 0.0),)).fit(with_aspect, train.marks, np.empty(0, dtype=np.int64), seed)
    scores = linear.scores([f"{test.aspects[row]} {test.texts[row]}" for row in marked])
    meant = [str(linear.classes[at]) for at in scores.argmax(axis=1)]
    actual = [test.marks[row] for row in marked]
    return {
        "aspect_micro_f1": set_measures(test.aspects_of(texts), said)["micro_f1"],
        "polarity_accuracy": accuracy(actual, meant),
        "polarity_macro_f1": class_measures(actual, meant)["macro_f1"],
    }


def _lines(rows: Rows, test: Opinions, judged: Judged, polarities: Polarity) -> list[Line]:
    named = rows.names()
    return [
        {
            "id": named[row],
            "aspects": "|".join(judged.said[test.texts[row]]),
            "aspect": aspect,
            "prediction": str(polarities.classes[judged.chances[at].argmax()]),
            "confidence": round(float(judged.chances[at].max()), 4),
        }
        for at, (row, aspect) in enumerate(judged.lines)
    ]
