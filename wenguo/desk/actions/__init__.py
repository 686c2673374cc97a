"""What the desk writes: presence, saved views, reminders, a complaint taken in by hand, one verb on many complaints."""

from wenguo.desk.actions.bulk import BulkResult, assign_many, close_many
from wenguo.desk.actions.erase import forget
from wenguo.desk.actions.presence import note_presence
from wenguo.desk.actions.reminders import drop_reminder, remind_me, ring_reminder
from wenguo.desk.actions.saved import delete_view, save_view
from wenguo.desk.actions.take_in import take_in_by_hand, take_in_once

__all__ = [
    "BulkResult",
    "assign_many",
    "close_many",
    "delete_view",
    "drop_reminder",
    "forget",
    "note_presence",
    "remind_me",
    "ring_reminder",
    "save_view",
    "take_in_by_hand",
    "take_in_once",
]
