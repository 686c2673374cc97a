"""The tasks by name, and how each keeps rows back when no test file is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wenguo.mining.lib import (
    aspects,
    breach,
    classify,
    duplicates,
    hotevents,
    logs,
    multilabel,
    nextstep,
    remaining,
)
from wenguo.mining.lib.features import tidy
from wenguo.mining.lib.outcome import Asked, Data, Line, Outcome
from wenguo.mining.lib.splits import Places, folds, groups_of, later
from wenguo.mining.lib.tables import CUSTOMERS, TIMES, Rows, seconds
from wenguo.mining.lib.texts import read_texts

_KEPT_BACK = 5  # one part in so many


@dataclass(frozen=True)
class Task:
    evaluate: Callable[[Data], Outcome]
    split: Callable[[Rows, Asked], tuple[Places, Places, str]] | None = None  # None: there is nothing to train
    learn: Callable[[Rows, Asked], Any] | None = None
    predict: Callable[[Any, Rows, Asked], list[Line]] | None = None


def _by_text(rows: Rows, asked: Asked) -> tuple[Places, Places, str]:
    """Later rows when every row has its time, else whole groups; near-duplicates and customers stay together."""
    texts = read_texts(rows, asked.text)
    times = seconds(rows.column(rows.find(TIMES)))
    if times and all(time is not None for time in times):
        before, after = later([time for time in times if time is not None], 1 / _KEPT_BACK)
        groups = groups_of(texts)
        apart = after[~np.isin(groups[after], groups[before])]
        return before, apart, "later rows, without near-duplicates of earlier ones"
    before, after = folds(groups_of(texts, rows.column(rows.find(CUSTOMERS))), _KEPT_BACK, asked.seed)[0]
    return before, after, "whole groups of near-duplicates and of one customer"


def _by_start(rows: Rows, asked: Asked) -> tuple[Places, Places, str]:
    """Whole cases: those that began last are kept back."""
    cases = logs.cases_of(rows, least=logs.LEAST_CASES)
    names = rows.column(rows.need(logs.CASES))
    if asked.split == "file":
        return *_of_later_cases(names, {case.name: float(at) for at, case in enumerate(cases)}), "the file's last cases"
    return *_of_later_cases(names, {case.name: case.times[0] for case in cases}), "whole cases, those that began last"


def _by_opening(rows: Rows, asked: Asked) -> tuple[Places, Places, str]:
    names = rows.names()
    opened = seconds(rows.column(rows.find(breach.OPENED)))
    began: dict[str, float] = {}
    for row, name in enumerate(names):
        began.setdefault(name, opened[row] or float(row))
    return *_of_later_cases(names, began), "whole cases, those opened last"


def _of_later_cases(names: Sequence[str], began: dict[str, float]) -> tuple[Places, Places]:
    _before, after = later(list(began.values()), 1 / _KEPT_BACK)
    order = list(began)
    late = {order[at] for at in after}
    is_late = np.array([name in late for name in names])
    return np.flatnonzero(~is_late), np.flatnonzero(is_late)


TASKS = {
    "classify": Task(classify.evaluate, _by_text, classify.learn, classify.predict),
    "multilabel": Task(multilabel.evaluate, _by_text, multilabel.learn, multilabel.predict),
    "aspect-sentiment": Task(aspects.evaluate, _by_text, aspects.learn, aspects.predict),
    "duplicates": Task(duplicates.evaluate),
    "hot-events": Task(hotevents.evaluate),
    "next-step": Task(nextstep.evaluate, _by_start, nextstep.learn, nextstep.predict),
    "remaining-time": Task(remaining.evaluate, _by_start, remaining.learn, remaining.predict),
    "breach": Task(breach.evaluate, _by_opening, breach.learn, breach.predict),
}


def evaluate(name: str, train: Rows | None, test: Rows | None, asked: Asked, extra: Rows | None = None) -> Outcome:
    """Trains on one file (and extra rows) and measures on the other; without one on rows of the first kept back."""
    task = TASKS[name]
    if task.split is None:
        return _untrained(task, train, test, asked)
    if train is None:
        raise ValueError(f"{name} has to be trained")
    if test is not None:
        return task.evaluate(Data(together(train, extra), test, asked))
    before, after, how = task.split(train, asked)
    kept = train.only(after.tolist())
    learned = together(train.only(before.tolist()), _unheard(extra, kept, asked) if extra else None)
    outcome = task.evaluate(Data(learned, kept, asked))
    outcome.notes["split"] = how
    return outcome


def together(rows: Rows, extra: Rows | None) -> Rows:
    """Two files as one: the columns of both, empty where one has none."""
    if extra is None:
        return rows
    columns = tuple(dict.fromkeys([*rows.columns, *extra.columns]))
    return Rows(f"{rows.name} + {extra.name}", columns, [*rows.rows, *extra.rows])


def _unheard(extra: Rows, kept: Rows, asked: Asked) -> Rows:
    """Extra rows without those whose text is part of a row kept back: the title of a text to be judged."""
    heard = "\n".join(tidy(text) for text in [*read_texts(kept, ()), *read_texts(kept, asked.text)])
    lenient = asked.text if all(extra.find((), name) for name in asked.text) else ()
    texts = read_texts(extra, lenient)
    return extra.only([row for row, text in enumerate(texts) if tidy(text) not in heard])


def _untrained(task: Task, train: Rows | None, test: Rows | None, asked: Asked) -> Outcome:
    rows = test or train
    if rows is None:
        raise ValueError("no file")
    earlier = train if train and test else Rows(rows.name, rows.columns, [])
    return task.evaluate(Data(earlier, rows, asked))
