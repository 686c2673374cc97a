"""The end of every action that adds to an investigation: timeline, search, audit."""

from collections.abc import Mapping

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import add_entry, notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint


def note_found(
    complaint: Complaint, event: str, said: str, *, by: User, body: Mapping[str, object] | None = None
) -> None:
    """`said` is for colleagues and found by search; `body` goes to the audit without anybody's words."""
    add_entry(complaint, EntryKind.NOTE, said, by=by, facts={"event": event})
    notice_change(complaint)
    record(complaint, event, by=by, body=body)
    index_complaint(complaint)
