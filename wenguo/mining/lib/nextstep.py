"""The task `next-step`: what will happen next in a running case. Beside it a constant and an n-gram model."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from wenguo.mining.lib.linear import Labels
from wenguo.mining.lib.logs import DAY, LEAST_CASES, Case, Prefix, Shape, cases_of, prefixes
from wenguo.mining.lib.measures import Floats, Measures, accuracy, calibration_error, class_measures
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.tables import Rows, TooLittle

_TREES = {"max_iter": 150, "learning_rate": 0.03, "max_leaf_nodes": 7, "min_samples_leaf": 30}


@dataclass
class NGrams:
    """The commonest next step after the longest ending seen in training, at most `order` steps long."""

    order: int = 3
    after: dict[tuple[str, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def fit(self, found: Sequence[Prefix]) -> "NGrams":
        for prefix in found:
            for length in range(self.order + 1):
                self.after[prefix.steps[prefix.length - length :]][prefix.next_step] += 1
        return self

    def predict(self, prefix: Prefix) -> str:
        for length in range(min(self.order, prefix.length), -1, -1):
            counted = self.after.get(prefix.steps[prefix.length - length :])
            if counted:
                return min(counted, key=lambda step: (-counted[step], step))
        raise LookupError("an n-gram model without training")


@dataclass
class NextStep:
    """Boosted trees over the prefix; `calendar` is a second forest that also knows the day.

    The second speaks only of moments inside the training's period: there it knows what went on in other cases that
    week. About later moments, which is all there is in live use, the first one speaks.
    """

    shape: Shape
    classes: Labels
    trees: Any
    calendar: Any
    period: tuple[float, float]

    @classmethod
    def learned(cls, cases: Sequence[Case], seed: int) -> "NextStep":
        found = prefixes(cases)
        shape = Shape.of(cases)
        wanted = np.array([prefix.next_step for prefix in found], dtype=np.str_)
        times = [prefix.moment for prefix in found]
        plain = _forest(shape.numbers(found), wanted, seed)
        dated = _forest(Shape(shape.steps, calendar=True).numbers(found), wanted, seed)
        return cls(shape, plain.classes_, plain, dated, (min(times), max(times)))

    def chances(self, found: Sequence[Prefix], calendar: bool = True) -> Floats:
        if not found:
            return np.empty((0, len(self.classes)))
        chances = np.asarray(self.trees.predict_proba(self.shape.numbers(found)))
        inside = np.array([self.period[0] <= prefix.moment <= self.period[1] for prefix in found])
        if calendar and inside.any():
            dated = Shape(self.shape.steps, calendar=True).numbers(list(found))
            chances[inside] = self.calendar.predict_proba(dated[inside])
        return chances


def _forest(numbers: Floats, wanted: NDArray[np.str_], seed: int) -> Any:
    return HistGradientBoostingClassifier(random_state=seed, early_stopping=False, **_TREES).fit(numbers, wanted)


def learn(train: Rows, asked: Asked) -> NextStep:
    cases = cases_of(train, least=LEAST_CASES)
    if len({prefix.next_step for prefix in prefixes(cases)}) < 2:
        raise TooLittle(train.name, len(prefixes(cases)), LEAST_CASES)
    return NextStep.learned(cases, asked.seed)


def predict(model: NextStep, rows: Rows, asked: Asked) -> list[Line]:
    """For every prefix of every case, the running ones whole."""
    found = prefixes(cases_of(rows), whole=True)
    chances = model.chances(found)
    return _lines(found, [str(model.classes[row.argmax()]) for row in chances], chances)


def evaluate(data: Data) -> Outcome:
    train, test = cases_of(data.train, least=LEAST_CASES), cases_of(data.test)
    found, asked = prefixes(train), prefixes(test)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    chances = model.chances(asked)
    passed = watch.lap()
    said = [str(model.classes[at]) for at in chances.argmax(axis=1)] if asked else []
    measures: Measures = {**_measured(asked, said, chances), "train_s": train_s}
    measures["predict_per_s"] = speed(len(asked), passed)
    return Outcome(measures, _lines(asked, said, chances), model, _beside(model, found, asked))


def _measured(asked: Sequence[Prefix], said: Sequence[str], chances: Floats) -> Measures:
    if not asked:
        return dict.fromkeys(("accuracy", "micro_f1", "macro_f1", "per_class", "calibration_error"))
    actual = [prefix.next_step for prefix in asked]
    right = np.array([a == b for a, b in zip(actual, said, strict=True)])
    return {**class_measures(actual, said), "calibration_error": calibration_error(chances.max(axis=1), right)}


def _beside(model: NextStep, found: Sequence[Prefix], asked: Sequence[Prefix]) -> dict[str, Any]:
    """The same rows by simpler means; and by ours without the day."""
    actual = [prefix.next_step for prefix in asked]
    commonest = Counter(prefix.next_step for prefix in found).most_common(1)[0][0]
    blind = model.chances(asked, calendar=False).argmax(axis=1) if asked else []
    grams = {order: NGrams(order).fit(found) for order in (1, 3, 5)}
    return {
        "constant": accuracy(actual, [commonest] * len(actual)),
        **{f"{n}_gram": accuracy(actual, [one.predict(prefix) for prefix in asked]) for n, one in grams.items()},
        "without_the_day": accuracy(actual, [str(model.classes[at]) for at in blind]),
        "inside_the_training_period": _share(model, asked),
        "train_prefixes": len(found),
        "test_prefixes": len(asked),
    }


def _share(model: NextStep, asked: Sequence[Prefix]) -> float | None:
    inside = [model.period[0] <= prefix.moment <= model.period[1] for prefix in asked]
    return float(np.mean(inside)) if inside else None


def _lines(asked: Sequence[Prefix], said: Sequence[str], chances: Floats) -> list[Line]:
    return [
        {
            "id": prefix.case.name,
            "events": prefix.length,
            "day": round(prefix.moment / DAY, 5),
            "prediction": step,
            "confidence": round(float(row.max()), 4),
        }
        for prefix, step, row in zip(asked, said, chances, strict=True)
    ]
