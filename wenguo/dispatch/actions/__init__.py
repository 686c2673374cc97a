"""What the business does at stage 7: assign, take on, return, arbitrate, hand over, assist; and the routing rules."""

from wenguo.dispatch.actions.answer import arbitrate, return_dispatch, take_on
from wenguo.dispatch.actions.assign import assign_complaint, bring_over, hand_over
from wenguo.dispatch.actions.assist import answer_part, ask_unit, receive_part
from wenguo.dispatch.actions.bell import ring_about
from wenguo.dispatch.actions.erase import forget
from wenguo.dispatch.actions.place import Part
from wenguo.dispatch.actions.routing import (
    RuleTerms,
    change_rule,
    create_rule,
    delete_rule,
    move_rule,
)
from wenguo.dispatch.actions.routing_file import import_rules

__all__ = [
    "Part",
    "RuleTerms",
    "answer_part",
    "arbitrate",
    "ask_unit",
    "assign_complaint",
    "bring_over",
    "change_rule",
    "create_rule",
    "delete_rule",
    "forget",
    "hand_over",
    "import_rules",
    "move_rule",
    "receive_part",
    "return_dispatch",
    "ring_about",
    "take_on",
]
