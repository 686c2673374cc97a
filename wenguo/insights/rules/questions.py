"""A question to the lake as data: which metric, which days, what it is narrowed to, by what it is grouped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenguo.insights.choices import SourceFilter

# What rows may be grouped by and narrowed to → the column of the complaint fact
TREE_COLUMNS = {"product": "product_path", "issue": "issue_path", "cause": "cause_path", "channel": "channel_path"}
COLUMNS = {**TREE_COLUMNS, "unit": "unit", "importance": "importance", "province": "province", "status": "status"}
GROUPS = (*COLUMNS, "day", "month", "stage", "reason")
MOST_GROUPS = 3
MOST_ROWS = 5000


@dataclass(frozen=True)
class Question:
    """`narrowed`: column name → value; of a tree the path of a node, which takes all below it with it."""

    metric: str
    since: date
    until: date
    source: SourceFilter = SourceFilter.LIVE
    narrowed: Mapping[str, str] = field(default_factory=dict)
    by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "metric": self.metric,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "source": self.source.value,
            "narrowed": dict(self.narrowed),
            "by": list(self.by),
        }


def question_of(stored: Mapping[str, Any]) -> Question:
    """Read back what `as_json` wrote."""
    return Question(
        stored["metric"],
        date.fromisoformat(stored["since"]),
        date.fromisoformat(stored["until"]),
        SourceFilter(stored["source"]),
        stored["narrowed"],
        tuple(stored["by"]),
    )


def fault_of(question: Question, metrics: Mapping[str, object]) -> str:
    """The field that makes no sense; empty where all do."""
    if question.metric not in metrics:
        return "metric"
    if question.until < question.since:
        return "until"
    if any(name not in COLUMNS for name in question.narrowed):
        return "narrowed"
    known = all(name in GROUPS for name in question.by)
    return "" if known and len(set(question.by)) == len(question.by) <= MOST_GROUPS else "by"
