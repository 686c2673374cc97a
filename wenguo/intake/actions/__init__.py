"""What intake does: files taken in and taken back, messages delivered. One function per verb."""

from wenguo.intake.actions.batches import (
    ask_for_check,
    ask_for_import,
    ask_for_undo,
    choose_mapping,
    claim_import,
    drop_upload,
    fail_import,
    open_batch,
    take_upload,
)
from wenguo.intake.actions.bring_in import Tally, bring_in, look_over
from wenguo.intake.actions.deliver import (
    claim_message,
    mark_failed,
    mark_sent,
    mark_uncertain,
    note_stale_sendings,
    put_back,
    release_held,
    resend_uncertain,
)
from wenguo.intake.actions.erase import forget
from wenguo.intake.actions.undo import undo_import

__all__ = [
    "Tally",
    "ask_for_check",
    "ask_for_import",
    "ask_for_undo",
    "bring_in",
    "choose_mapping",
    "claim_import",
    "claim_message",
    "drop_upload",
    "fail_import",
    "forget",
    "look_over",
    "mark_failed",
    "mark_sent",
    "mark_uncertain",
    "note_stale_sendings",
    "open_batch",
    "put_back",
    "release_held",
    "resend_uncertain",
    "take_upload",
    "undo_import",
]
