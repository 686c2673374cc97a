"""Stages 10 and 12: telling in time, calling back, asking by survey."""

from wenguo.followup.actions.call_back import (
    assign_call_back,
    close_unreachable,
    note_attempt,
    prepare_call_back,
    record_call_back,
)
from wenguo.followup.actions.erase import forget
from wenguo.followup.actions.notices import give_notice, promise_notice, tell_progress
from wenguo.followup.actions.survey import answer_survey, send_survey

__all__ = [
    "answer_survey",
    "assign_call_back",
    "close_unreachable",
    "forget",
    "give_notice",
    "note_attempt",
    "prepare_call_back",
    "promise_notice",
    "record_call_back",
    "send_survey",
    "tell_progress",
]
