"""Writing on the timeline. What the complainant sees and what only colleagues see are different functions."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import can_on, check_permission_on
from wenguo.complaints.actions.bells import people_in_charge, ring_people
from wenguo.complaints.actions.guard import add_entry, lock_complaint, notice_change
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.customers.actions import log_interaction
from wenguo.customers.choices import Direction
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.outbox.choices import NoticeKind
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node

LONGEST_TEXT = 100_000
_MENTION = re.compile(r"@([\w.+-]{2,150})")
_MOST_MENTIONS = 20


@transaction.atomic
def add_note(complaint: Complaint, *, by: User, text: str) -> Entry:
    """An internal note: never shown to the complainant. `@username` rings a colleague."""
    complaint = lock_complaint(complaint)
    check_permission_on(by, complaint, Permission.NOTE)
    check_text(text, "text")
    entry = add_entry(complaint, EntryKind.NOTE, text, by=by)
    _finish(complaint, entry, "noted", by)
    people = _mentioned(complaint, text)
    ring_people(complaint, people, NoticeKind.MENTION, lambda: _("%(name)s mentioned you") % {"name": by})
    return entry


LONGEST_CALL = 600  # minutes


@transaction.atomic
def log_call(
    complaint: Complaint,
    *,
    by: User,
    summary: str,
    direction: str = Direction.OUT,
    minutes: int = 0,
    at: datetime | None = None,
    channel: TaxonomyNode | None = None,
) -> Entry:
    """A talk with the complainant: in the contact log and, for colleagues only, on the timeline."""
    complaint = lock_complaint(complaint)
    check_permission_on(by, complaint, Permission.CONTACT)
    check_text(summary, "summary")
    if not 0 <= minutes <= LONGEST_CALL:
        raise Refused(
            _("A call lasts between 0 and %(most)d minutes. Check the number.") % {"most": LONGEST_CALL},
            field="minutes",
        )
    used = channel or node(TreeKind.CHANNEL, "phone") or complaint.channel
    interaction = log_interaction(
        complaint.customer,
        by=by,
        direction=direction,
        channel=used,
        summary=summary,
        at=at,
        about=complaint.audit_chain,
        duration_s=minutes * 60 or None,
    )
    facts = {"direction": str(direction), "minutes": minutes, "channel": used.code}
    entry = add_entry(complaint, EntryKind.CALL, summary, by=by, facts=facts)
    entry.interaction, entry.at = interaction, interaction.at
    entry.save(update_fields=["interaction", "at"])
    _finish(complaint, entry, "call_logged", by)
    return entry


@transaction.atomic
def add_words(complaint: Complaint, *, by: Actor, words: str, through: str = "") -> Entry:
    """The complainant adds something, themselves or through a colleague: kept as said, seen by both sides."""
    complaint = lock_complaint(complaint)
    if isinstance(by, User):
        check_permission_on(by, complaint, Permission.CONTACT)
    check_text(words, "words")
    entry = add_entry(
        complaint,
        EntryKind.WORDS,
        words,
        by=by,
        visibility=Visibility.PUBLIC,
        facts={"added": True, "through": through},
    )
    _finish(complaint, entry, "words_added", by)
    ring_people(complaint, people_in_charge(complaint), NoticeKind.CUSTOMER, lambda: _("the customer added something"))
    tell_complainant(complaint, "added")
    return entry


def check_text(text: str, field: str) -> None:
    """Kept exactly as written; only nothing at all, too much, and what no database holds is refused."""
    if not text.strip():
        raise Refused(_("Write something first."), field=field)
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("The text is too long: at most %(limit)d characters. Put the rest into a file and attach it.")
            % {"limit": LONGEST_TEXT},
            field=field,
        )
    if "\0" in text:
        raise Refused(_("The text contains a character that cannot be kept (null byte). Remove it."), field=field)


def _finish(complaint: Complaint, entry: Entry, event: str, by: Actor) -> None:
    record(complaint, event, by=by, body={"entry": entry.pk, **entry.facts})
    notice_change(complaint)
    index_complaint(complaint)


def _mentioned(complaint: Complaint, text: str) -> list[User]:
    """Colleagues named who may see the complaint; others hear nothing of it."""
    names = list(dict.fromkeys(_MENTION.findall(text)))[:_MOST_MENTIONS]
    people = User.objects.filter(username__in=names, is_active=True) if names else []
    return [person for person in people if can_on(person, complaint, Permission.VIEW)]
