"""The end of every action between the steps: timeline, search, audit; and the check for strings attached."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import add_entry, notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.resolution.rules import strings_attached


def note_done(
    complaint: Complaint, event: str, said: str, *, by: User, body: Mapping[str, object] | None = None
) -> None:
    """`said` is for colleagues and found by search; empty: only the audit tells."""
    if said:
        add_entry(complaint, EntryKind.NOTE, said, by=by, facts={"event": event})
    notice_change(complaint)
    record(complaint, event, by=by, body=body)
    if said:
        index_complaint(complaint)


def check_no_strings(text: str, field: str) -> None:
    """No remedy depends on withdrawing a complaint, deleting posts, a rating, or silence (process standard)."""
    labels = {
        "regulator": _("withdrawing a complaint to an authority or a lawsuit"),
        "posts": _("deleting posts or reviews"),
        "rating": _("a good rating"),
        "silence": _("keeping silent"),
    }
    found = strings_attached(text)
    if found:
        raise Refused(
            _("A remedy has no strings attached. Take out what asks for: %(what)s.")
            % {"what": "、".join(labels[name] for name in found)},
            field=field,
        )
