"""What visitors without an account do, and what colleagues do with held posts. One function per verb."""

from wenguo.portal.actions.cleaning import forget_old_rows
from wenguo.portal.actions.counting import check_not_too_often, count_use, is_too_often
from wenguo.portal.actions.erase import contents_held, forget, held_contents, reasons_to_wait
from wenguo.portal.actions.held import discard_held, release_held
from wenguo.portal.actions.post import WebPost, from_text
from wenguo.portal.actions.proof import prove, send_code
from wenguo.portal.actions.submit import Sender, submit_from_web
from wenguo.portal.actions.track import (
    add_from_web,
    answer_from_web,
    chase_from_web,
    rate_from_web,
    withdraw_from_web,
)

__all__ = [
    "Sender",
    "WebPost",
    "add_from_web",
    "answer_from_web",
    "chase_from_web",
    "check_not_too_often",
    "contents_held",
    "count_use",
    "discard_held",
    "forget",
    "forget_old_rows",
    "from_text",
    "held_contents",
    "is_too_often",
    "prove",
    "rate_from_web",
    "reasons_to_wait",
    "release_held",
    "send_code",
    "submit_from_web",
    "withdraw_from_web",
]
