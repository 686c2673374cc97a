"""The task `breach`: will the promise be broken, asked at the moment the case is opened.

A file may tell a case's whole life; only its first line is read, and of that only what was known then. Columns that
are filled in or counted while the case runs (state, counters, who resolved it and when) tell the end and are left out.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import OneHotEncoder, TargetEncoder

from wenguo.mining.lib.measures import Floats, auc, calibration_error, class_measures
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome, Watch, speed
from wenguo.mining.lib.tables import IDS, Rows, TooLittle, seconds

LABELS = ("made_sla", "breached", "breach", "sla_met", "timely response?")
OPENED = ("opened_at", "created_at", "received_at", "received_on", "date received", "sys_created_at", "time")
_TELLS_THE_END = re.compile(
    r"clos|resol|reopen|reassign|mod_count|updated|state|status|active|problem|rfc|vendor|caused|response|disputed|"
    r"sla|breach|_end|sent to|public",
    re.IGNORECASE,
)
_NEGATIVE = {"false", "0", "no", "n", "否", "未达标", "f"}
_MET_IS_TRUE = {"made_sla", "sla_met", "timely response?"}
_LEAST_CASES, _LEAST_OF_EACH = 40, 5
_LEAST_SHARE_SAID = 0.02
_TREES = {
    "max_iter": 200,
    "learning_rate": 0.05,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
}


@dataclass(frozen=True)
class Cases:
    """One line a case: its name, what was known when it was opened, when that was, whether the promise was broken."""

    names: list[str]
    known: list[dict[str, str]]
    opened: list[float | None]
    broken: list[bool | None]


def cases_of(rows: Rows, label: str | None) -> Cases:
    names, marks = rows.names(), rows.column(label)
    first: dict[str, int] = {}
    broken: dict[str, bool | None] = {}
    for row, name in enumerate(names):
        first.setdefault(name, row)
        if marks[row]:
            broken[name] = bool(broken.get(name)) or _is_broken(str(label), marks[row])
    times = rows.column(rows.find(OPENED))
    opened = seconds([times[row] for row in first.values()])
    known = [dict(rows.rows[row]) for row in first.values()]
    return Cases(list(first), known, opened, [broken.get(name) for name in first])


def _is_broken(label: str, mark: str) -> bool:
    return (mark.strip().lower() in _NEGATIVE) == (label.strip().lower() in _MET_IS_TRUE)


@dataclass
class Breach:
    """Boosted trees over how often each value went wrong before (target encoding with inner folds), and the hour."""

    columns: list[str] = field(default_factory=list)
    encoder: Any = None
    trees: Any = None
    factor: tuple[float, float] = (1.0, 0.0)

    def fit(self, cases: Cases, broken: NDArray[np.bool_], seed: int) -> "Breach":
        self.columns = usable_columns(cases.known)
        self.encoder = TargetEncoder(
            target_type="binary", smooth="auto", cv=StratifiedKFold(5, shuffle=True, random_state=seed)
        )
        encoded = (
            self.encoder.fit_transform(self._values(cases), broken) if self.columns else np.empty((len(broken), 0))
        )
        numbers = np.hstack([encoded, _moments(cases.opened)])
        self.trees = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, **_TREES).fit(
            numbers, broken
        )
        return self

    def _values(self, cases: Cases) -> NDArray[np.object_]:
        return np.array([[row.get(name) or "" for name in self.columns] for row in cases.known], dtype=object)

    def risks(self, cases: Cases) -> Floats:
        """Chance that the promise is broken, 0 to 1, one a case."""
        if not cases.names:
            return np.empty(0)
        encoded = self.encoder.transform(self._values(cases)) if self.columns else np.empty((len(cases.names), 0))
        return np.asarray(self.trees.predict_proba(np.hstack([encoded, _moments(cases.opened)]))[:, 1])


def usable_columns(known: Sequence[dict[str, str]]) -> list[str]:
    """Columns known at the opening, with more than one value and fewer values than cases."""
    found = []
    for name in known[0]:
        if _TELLS_THE_END.search(name) or name.lower().endswith(("_at", "_on", "time", "date")) or name.lower() in IDS:
            continue
        counted = Counter(row.get(name) or "" for row in known)
        others = 1 - max(counted.values()) / len(known)
        if len(counted) <= max(2, len(known) * 0.7) and others >= _LEAST_SHARE_SAID:
            found.append(name)
    return found


def _moments(opened: Sequence[float | None]) -> Floats:
    """Hour and weekday of each opening."""
    moments = [None if time is None else datetime.fromtimestamp(time, UTC) for time in opened]
    rows = [[one.hour + one.minute / 60, one.weekday()] if one else [np.nan, np.nan] for one in moments]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 2)


def learn(train: Rows, asked: Asked) -> Breach:
    cases = told(train, asked)
    return Breach().fit(cases, np.array(cases.broken, dtype=bool), asked.seed)


def told(train: Rows, asked: Asked) -> Cases:
    """The cases of which the end is known; enough of both ends."""
    cases = cases_of(train, train.need(LABELS, asked.label))
    kept = [row for row, mark in enumerate(cases.broken) if mark is not None]
    cases = _only(cases, kept)
    rarer = min(sum(mark is True for mark in cases.broken), sum(mark is False for mark in cases.broken))
    if rarer < _LEAST_OF_EACH or len(kept) < _LEAST_CASES:
        raise TooLittle(train.name, len(kept), _LEAST_CASES)
    return cases


def predict(model: Breach, rows: Rows, asked: Asked) -> list[Line]:
    cases = cases_of(rows, None)
    return _lines(cases, model.risks(cases))


def evaluate(data: Data) -> Outcome:
    train = told(data.train, data.asked)
    column = data.test.find((), data.asked.label or data.train.need(LABELS))
    test = cases_of(data.test, column)
    watch = Watch()
    model = learn(data.train, data.asked)
    train_s = watch.lap()
    risks = model.risks(test)
    passed = watch.lap()
    measures = {**_measured(test, risks), "train_s": train_s, "predict_per_s": speed(len(test.names), passed)}
    plain = _plain(model, train, np.array(train.broken, dtype=bool), test)
    notes = {"plain_linear": plain, "columns": model.columns, "train_rows": len(train.names)}
    return Outcome(measures, _lines(test, risks), model, notes)


def _only(cases: Cases, kept: Sequence[int]) -> Cases:
    return Cases(
        [cases.names[row] for row in kept],
        [cases.known[row] for row in kept],
        [cases.opened[row] for row in kept],
        [cases.broken[row] for row in kept],
    )


def _measured(test: Cases, risks: Floats) -> dict[str, Any]:
    there = [row for row, mark in enumerate(test.broken) if mark is not None]
    if not there:
        return dict.fromkeys(("auc", "accuracy", "micro_f1", "macro_f1", "per_class", "calibration_error"))
    broken, held = np.array([test.broken[row] for row in there], dtype=bool), risks[there]
    said = held >= 0.5
    words = {True: "broken", False: "kept"}
    return {
        "auc": auc(held, broken),
        **class_measures([words[bool(one)] for one in broken], [words[bool(one)] for one in said]),
        "calibration_error": calibration_error(np.maximum(held, 1 - held), said == broken),
    }


def _plain(model: Breach, train: Cases, broken: NDArray[np.bool_], test: Cases) -> dict[str, float | None] | None:
    """Logistic regression over one-hot values of the same columns."""
    there = [row for row, mark in enumerate(test.broken) if mark is not None]
    if not there or not model.columns:
        return None
    coder = OneHotEncoder(handle_unknown="ignore", min_frequency=5)
    linear = LogisticRegression(max_iter=300).fit(coder.fit_transform(model._values(train)), broken)
    kept = _only(test, there)
    risks = linear.predict_proba(coder.transform(model._values(kept)))[:, 1]
    return {"auc": auc(risks, np.array(kept.broken, dtype=bool))}


def _lines(test: Cases, risks: Floats) -> list[Line]:
    return [
        {
            "id": name,
            "prediction": "broken" if risk >= 0.5 else "kept",
            "confidence": round(float(max(risk, 1 - risk)), 4),
        }
        | {"risk": round(float(risk), 4)}
        for name, risk in zip(test.names, risks, strict=True)
    ]
