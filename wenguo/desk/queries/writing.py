"""What a person may write on a complaint, and what others wrote since the page was opened."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import can_on
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import timeline_shown
from wenguo.process.choices import Stage
from wenguo.resolution.access import can_draft
from wenguo.resolution.choices import ReplyKind


@dataclass(frozen=True)
class WritingTab:
    """One form of the composer, served by its own room; `side` says who will read it."""

    key: str
    side: str
    label: str
    url: str
    is_open: bool = False


def writing_tabs(user: User, complaint: Complaint) -> list[WritingTab]:
    """The reply first where it is time for it; otherwise the internal note is open."""
    kind = ReplyKind.FINAL_OPINION if complaint.status == Status.SECOND_REVIEW else ReplyKind.REPLY
    replying = can_draft(user, complaint, kind)
    reply_first = replying and complaint.stage == Stage.FEED_BACK
    may_note, may_contact = (can_on(user, complaint, one) for one in (Permission.NOTE, Permission.CONTACT))
    offered = (
        (replying, "r", "reply", _("Reply to the customer"), "resolution:compose"),
        (may_note, "c", "internal", _("Internal note"), "complaints:note"),
        (may_contact, "t", "internal", _("Call log"), "complaints:call"),
        (may_contact, "w", "customer", _("Customer's words"), "complaints:words"),
    )
    rows = [row[1:] for row in offered if row[0]]
    opened = rows[0 if reply_first or len(rows) < 2 or not replying else 1][0] if rows else ""
    kwargs = {"reference": complaint.reference}
    return [
        WritingTab(key, side, label, reverse(name, kwargs=kwargs), key == opened) for key, side, label, name in rows
    ]


def news_since(user: User, complaint: Complaint, moment: datetime) -> str:
    """One sentence on what others did since `moment`: the last of it, and how much more; empty for nothing to read."""
    fresh = [entry for entry in timeline_shown(complaint, user) if entry.at > moment]
    if not fresh:
        return ""
    last = _("%(who)s: %(what)s") % {"who": fresh[-1].author, "what": fresh[-1].what}
    more = len(fresh) - 1
    if not more:
        return _("%(last)s – show") % {"last": last}
    return ngettext("%(last)s and %(n)s more – show", "%(last)s and %(n)s more – show", more) % {
        "last": last,
        "n": more,
    }
