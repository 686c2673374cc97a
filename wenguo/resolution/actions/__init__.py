"""What the business does at stages 9 to 11: options, signatures, the decision, remedies performed, replies, answers."""

from wenguo.resolution.actions.answers import answer_by_complainant, record_answer
from wenguo.resolution.actions.approvals import approve_proposal, reject_proposal
from wenguo.resolution.actions.decide import decide_remedy
from wenguo.resolution.actions.erase import forget
from wenguo.resolution.actions.finish import finish_satisfied
from wenguo.resolution.actions.first_contact import resolve_at_first_contact
from wenguo.resolution.actions.handled import mark_handled
from wenguo.resolution.actions.perform import perform_remedy
from wenguo.resolution.actions.proposals import Offer, change_proposal, drop_proposal, propose
from wenguo.resolution.actions.replies import approve_reply, draft_reply, send_back, submit_for_review
from wenguo.resolution.actions.second_review import rework, send_final_opinion
from wenguo.resolution.actions.sending import approve_and_send, send_reply, undo_reply

__all__ = [
    "Offer",
    "answer_by_complainant",
    "approve_and_send",
    "approve_proposal",
    "approve_reply",
    "change_proposal",
    "decide_remedy",
    "draft_reply",
    "drop_proposal",
    "finish_satisfied",
    "forget",
    "mark_handled",
    "perform_remedy",
    "propose",
    "record_answer",
    "reject_proposal",
    "resolve_at_first_contact",
    "rework",
    "send_back",
    "send_final_opinion",
    "send_reply",
    "submit_for_review",
    "undo_reply",
]
