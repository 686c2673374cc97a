"""The task `remaining-time`: how many days a running case still has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from wenguo.mining.lib.logs import DAY, LEAST_CASES, Case, Prefix, Shape, cases_of, prefixes
from wenguo.mining.lib.measures import Floats, mean_absolute
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.tables import Rows, TooLittle

_TREES = {"max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 15, "min_samples_leaf": 20}


@dataclass
class RemainingTime:
    """Boosted trees with the absolute error as loss: they learn the median, which is what days are promised by."""

    shape: Shape
    trees: Any

    @classmethod
    def learned(cls, cases: Sequence[Case], seed: int) -> "RemainingTime":
        found, shape = prefixes(cases), Shape.of(cases)
        left = np.array([prefix.days_left for prefix in found])
        trees = HistGradientBoostingRegressor(loss="absolute_error", random_state=seed, early_stopping=False, **_TREES)
        return cls(shape, trees.fit(shape.numbers(found), left))

    def days(self, found: Sequence[Prefix]) -> Floats:
        """Never less than none."""
        if not found:
            return np.empty(0)
        return np.asarray(np.maximum(self.trees.predict(self.shape.numbers(found)), 0.0))


def learn(train: Rows, asked: Asked) -> RemainingTime:
    cases = cases_of(train, least=LEAST_CASES)
    if len(prefixes(cases)) < LEAST_CASES:
        raise TooLittle(train.name, len(prefixes(cases)), LEAST_CASES)
    return RemainingTime.learned(cases, asked.seed)


def predict(model: RemainingTime, rows: Rows, asked: Asked) -> list[Line]:
    """For every prefix of every case, the running ones whole."""
    found = prefixes(cases_of(rows), whole=True)
    return _lines(found, model.days(found))


def evaluate(data: Data) -> Outcome:
    train, test = cases_of(data.train, least=LEAST_CASES), cases_of(data.test)
    found, asked = prefixes(train), prefixes(test)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    days = model.days(asked)
    passed = watch.lap()
    actual = np.array([prefix.days_left for prefix in asked])
    left = np.array([prefix.days_left for prefix in found])
    measures = {
        "mae_days": mean_absolute(days - actual),
        "train_s": train_s,
        "predict_per_s": speed(len(asked), passed),
    }
    notes = {
        "constant_mae_days": mean_absolute(np.median(left) - actual),
        "by_last_step_mae_days": mean_absolute(_by_last_step(found, asked) - actual),
        "train_prefixes": len(found),
        "test_prefixes": len(asked),
    }
    return Outcome(measures, _lines(asked, days), model, notes)


def _by_last_step(found: Sequence[Prefix], asked: Sequence[Prefix]) -> Floats:
    """The median of training after the same last step: what a wall chart would say."""
    after: dict[str, list[float]] = {}
    for prefix in found:
        after.setdefault(prefix.steps[-1], []).append(prefix.days_left)
    usual = float(np.median([prefix.days_left for prefix in found]))
    medians = {step: float(np.median(days)) for step, days in after.items()}
    return np.array([medians.get(prefix.steps[-1], usual) for prefix in asked])


def _lines(asked: Sequence[Prefix], days: Floats) -> list[Line]:
    return [
        {
            "id": prefix.case.name,
            "events": prefix.length,
            "day": round(prefix.moment / DAY, 5),
            "prediction": round(float(by), 4),
        }
        for prefix, by in zip(asked, days, strict=True)
    ]
