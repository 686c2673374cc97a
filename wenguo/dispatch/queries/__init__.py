"""Reads of stage 7: assignments and their queues, and what the routing rules suggest."""

from wenguo.dispatch.queries.assignments import (
    assignments_of,
    assisting_of,
    awaiting_arbitration,
    current_assignment,
    handlers_of,
    has_returned,
    main_step,
    parts_to_answer,
    returns_by_unit,
    state_sentence,
    waiting_for_acceptance,
)
from wenguo.dispatch.queries.routing import (
    Preview,
    Suggestion,
    active_rules,
    all_rules,
    condition_words,
    exported_rules,
    open_by_rule,
    preview,
    suggest_route,
)

__all__ = [
    "Preview",
    "Suggestion",
    "active_rules",
    "all_rules",
    "assignments_of",
    "assisting_of",
    "awaiting_arbitration",
    "condition_words",
    "current_assignment",
    "exported_rules",
    "handlers_of",
    "has_returned",
    "main_step",
    "open_by_rule",
    "parts_to_answer",
    "preview",
    "returns_by_unit",
    "state_sentence",
    "suggest_route",
    "waiting_for_acceptance",
]
