"""What the business does with a complaint in stages 1–6, beside the line and at its end. One function per verb.

Rooms above take their steps with `guard.guard_step` and `guard.advance`.
"""

from wenguo.complaints.actions.deadlines import extend_clock, resume_clock, stop_clock
from wenguo.complaints.actions.end import close_complaint, close_with_notice, reopen_complaint, withdraw_complaint
from wenguo.complaints.actions.erase import contents_of, forget, in_use
from wenguo.complaints.actions.family import link_complaints, merge_complaints, unlink_complaints
from wenguo.complaints.actions.files import add_file, add_files, open_file
from wenguo.complaints.actions.first_contact import FirstAssessment, accept_at_first_contact
from wenguo.complaints.actions.judge import (
    ask_for_more,
    classify_complaint,
    decline_complaint,
    judge_valid,
    receive_more,
    record_review,
    set_importance,
)
from wenguo.complaints.actions.reweigh import reweigh_complaint
from wenguo.complaints.actions.sides import chase_complaint, reveal_complainant, skip_stage
from wenguo.complaints.actions.submit import Submission, accept_complaint, submit_complaint
from wenguo.complaints.actions.tasks import add_task, finish_task, reassign_task
from wenguo.complaints.actions.timeline import add_note, add_words, log_call

__all__ = [
    "FirstAssessment",
    "Submission",
    "accept_at_first_contact",
    "accept_complaint",
    "add_file",
    "add_files",
    "add_note",
    "add_task",
    "add_words",
    "ask_for_more",
    "chase_complaint",
    "classify_complaint",
    "close_complaint",
    "close_with_notice",
    "contents_of",
    "decline_complaint",
    "extend_clock",
    "finish_task",
    "forget",
    "in_use",
    "judge_valid",
    "link_complaints",
    "log_call",
    "merge_complaints",
    "open_file",
    "reassign_task",
    "receive_more",
    "record_review",
    "reopen_complaint",
    "resume_clock",
    "reveal_complainant",
    "reweigh_complaint",
    "set_importance",
    "skip_stage",
    "stop_clock",
    "submit_complaint",
    "unlink_complaints",
    "withdraw_complaint",
]
