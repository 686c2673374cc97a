"""The life cycle as one table, and what follows from it. Pure: no queries, `now` is an argument."""

from wenguo.complaints.rules.clocks import (
    ACK,
    CLOCKS_STOPPED_BY,
    EVENTS_AT_RECEIPT,
    STAGES_WITH_CLOCK,
    STOP_EVENTS,
    URGENT_FIRST,
    URGENT_SOLVED,
    WARN_AT,
    WHOLE,
    next_warning,
    percent_reached,
    stage_clock,
    warning_moment,
)
from wenguo.complaints.rules.following import (
    ENDED,
    is_open,
    missing_outputs,
    needs_review,
    stage_after,
    steps_from,
)
from wenguo.complaints.rules.lifecycle import GROUPS, KEPT_STAGES, LIFE_CYCLE, MAIN_STEP, ROWS, Row
from wenguo.complaints.rules.weighing import Weighing, is_grave, weigh

__all__ = [
    "ACK",
    "CLOCKS_STOPPED_BY",
    "ENDED",
    "EVENTS_AT_RECEIPT",
    "GROUPS",
    "KEPT_STAGES",
    "LIFE_CYCLE",
    "MAIN_STEP",
    "ROWS",
    "STAGES_WITH_CLOCK",
    "STOP_EVENTS",
    "URGENT_FIRST",
    "URGENT_SOLVED",
    "WARN_AT",
    "WHOLE",
    "Row",
    "Weighing",
    "is_grave",
    "is_open",
    "missing_outputs",
    "needs_review",
    "next_warning",
    "percent_reached",
    "stage_after",
    "stage_clock",
    "steps_from",
    "warning_moment",
    "weigh",
]
