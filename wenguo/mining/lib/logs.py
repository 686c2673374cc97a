"""Event logs: cases as they went, and every prefix of them as numbers a model can learn from.

A prefix ends after an event; it knows that event and those before it, never anything later.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from wenguo.mining.lib.measures import Floats
from wenguo.mining.lib.tables import MissingColumns, Rows, TooLittle, seconds

CASES = ("caseid", "case:concept:name", "case_id", "case id", "case", "案件", "案例")
ACTIVITIES = ("activityid", "concept:name", "activity", "activity_id", "event", "活动", "步骤")
TIMES = ("completetimestamp", "time:timestamp", "timestamp", "complete_timestamp", "时间")
DAY = 86_400.0
SHORTEST = 2  # events a prefix has at least: of a case's first step alone there is little to tell
_BACK = 5  # last steps a model sees
LEAST_CASES = 8


class Case(NamedTuple):
    name: str
    steps: tuple[str, ...]
    times: tuple[float, ...]


class Prefix(NamedTuple):
    case: Case
    length: int

    @property
    def steps(self) -> tuple[str, ...]:
        return self.case.steps[: self.length]

    @property
    def moment(self) -> float:
        return self.case.times[self.length - 1]

    @property
    def next_step(self) -> str:
        return self.case.steps[self.length]

    @property
    def days_left(self) -> float:
        return (self.case.times[-1] - self.moment) / DAY


def cases_of(rows: Rows, least: int = 0) -> list[Case]:
    """Cases in the order of the file, their events in the order of time; those at one time stay as in the file."""
    names = rows.column(rows.need(CASES))
    steps, when = rows.column(rows.need(ACTIVITIES)), rows.need(TIMES)
    times = seconds(rows.column(when))
    events: dict[str, list[tuple[float, str]]] = {}
    for name, step, time in zip(names, steps, times, strict=True):
        if name and step and time is not None:
            events.setdefault(name, []).append((time, step))
    if len(rows) and not events:
        raise MissingColumns(rows.name, [when], rows.columns)
    if len(events) < least:
        raise TooLittle(rows.name, len(events), least)
    return [_case(name, happened) for name, happened in events.items()]


def _case(name: str, happened: list[tuple[float, str]]) -> Case:
    ordered = sorted(happened, key=lambda event: event[0])
    return Case(name, tuple(step for _time, step in ordered), tuple(time for time, _step in ordered))


def prefixes(cases: Sequence[Case], whole: bool = False) -> list[Prefix]:
    """From two events on. The whole case has no next step to learn from: it comes only where one is to be foreseen."""
    return [Prefix(case, length) for case in cases for length in range(SHORTEST, len(case.steps) + int(whole))]


@dataclass(frozen=True)
class Shape:
    """Numbers for a prefix: last steps, counts, times. `calendar` adds the day itself (see `nextstep`)."""

    steps: tuple[str, ...]
    calendar: bool = False

    @classmethod
    def of(cls, cases: Sequence[Case], calendar: bool = False) -> "Shape":
        return cls(tuple(sorted({step for case in cases for step in case.steps})), calendar)

    def numbers(self, found: Sequence[Prefix]) -> Floats:
        """One row a prefix; a step training never saw is −1, as is what a short prefix does not have."""
        code = {step: at for at, step in enumerate(self.steps)}
        return np.array([self._row(prefix, code) for prefix in found], dtype=np.float64).reshape(len(found), -1)

    def _row(self, prefix: Prefix, code: dict[str, int]) -> list[float]:
        steps, times = prefix.steps, prefix.case.times[: prefix.length]
        last = [code.get(step, -1) for step in reversed(steps[-_BACK:])]
        counts = Counter(steps)
        moment = datetime.fromtimestamp(prefix.moment, UTC)
        row = [
            *last,
            *[-1] * (_BACK - len(last)),
            code.get(steps[0], -1),
            len(steps),
            len(counts),
            times[-1] - times[-2],
            times[-2] - times[-3] if len(times) > 2 else -1,
            times[-1] - times[0],
            moment.hour + moment.minute / 60,
            moment.weekday(),
            *[counts[step] for step in self.steps],
        ]
        return [*row, prefix.moment / DAY] if self.calendar else [float(one) for one in row]
