"""What every task gives back, and what every task is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from wenguo.mining.lib.measures import Measures
from wenguo.mining.lib.tables import Rows

Line = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What was said on the command line: columns by name, empty = by their known names."""

    text: Sequence[str] = ()
    label: str = ""
    split: str = "time"  # what is kept back where no test file is given: later ones, or by the order of the "file"
    seed: int = 0


@dataclass
class Outcome:
    measures: Measures
    predictions: list[Line]
    model: Any = None
    notes: dict[str, Any] = field(default_factory=dict)  # the plain model on the same rows, sizes, columns used


@dataclass(frozen=True)
class Data:
    train: Rows
    test: Rows
    asked: Asked = Asked()


class Watch:
    """Seconds between two points."""

    def __init__(self) -> None:
        self.began = perf_counter()

    def lap(self) -> float:
        now = perf_counter()
        passed, self.began = now - self.began, now
        return passed


def speed(n: int, passed: float) -> float:
    """Rows a second."""
    return n / max(passed, 1e-9)
