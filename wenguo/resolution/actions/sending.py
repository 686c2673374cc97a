"""Sending a reply: into the outbox with a moment to undo, onto the timeline, to the complainant."""

from datetime import timedelta

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.clocks import run_on
from wenguo.complaints.actions.guard import add_entry, advance, guard_step, lock_complaint, touch
from wenguo.complaints.actions.notices import address_of, standard_values
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind, Source, Step, Visibility
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.lib.together import is_held, update, written_together
from wenguo.library.queries import render_message
from wenguo.outbox.actions import leave_message, undo_message
from wenguo.outbox.models import OutboundMessage
from wenguo.resolution.actions.noting import note_done
from wenguo.resolution.actions.replies import approve_reply
from wenguo.resolution.choices import ReplyKind, ReplyState
from wenguo.resolution.models import Reply
from wenguo.resolution.queries import reply_in_hand

UNDO_FOR = timedelta(seconds=20)


@written_together()
def send_reply(complaint: Complaint, *, by: User, reply: Reply | None = None, version: int | None = None) -> Reply:
    """Sends the reply of this round (`reply` says which one was read). For a moment it may still be undone."""
    complaint, row = guard_step(complaint, Step.SEND_REPLY, by=by, version=version)
    ready = ready_to_send(complaint, ReplyKind.REPLY, reply)
    put_out(complaint, ready, by=by, hold_for=UNDO_FOR)
    reviewed_by = ready.reviewed_by_id
    advance(complaint, row, by=by, output={"reply": ready.pk, "reviewed_by": reviewed_by}, quiet=True)
    index_complaint(complaint)
    return ready


@written_together()
def approve_and_send(reply: Reply, *, by: User, note: str = "") -> Reply:
    """Read by other eyes and sent by them at once: for a lead, who may send in the owner's place."""
    approved = approve_reply(reply, by=by, note=note)
    return send_reply(approved.complaint, by=by, reply=approved)


def ready_to_send(complaint: Complaint, kind: ReplyKind, chosen: Reply | None) -> Reply:
    """The reply in hand, reviewed where the standard asks for it; a final opinion always."""
    reviewed_just_now = (
        chosen is not None and is_held(chosen) and (chosen.kind, chosen.round) == (kind, complaint.round)
    )
    ready = chosen if reviewed_just_now else reply_in_hand(complaint, kind)
    if ready is None or (chosen is not None and chosen.pk != ready.pk):
        raise Refused(_("Write the reply first."), field="reply")
    must_be_reviewed = complaint.standard.reply_needs_review or kind == ReplyKind.FINAL_OPINION
    if must_be_reviewed and ready.state != ReplyState.APPROVED:
        raise Refused(_("Somebody else has to review it first. Give it to review."), field="reply")
    return ready


def _is_of(reply: Reply, complaint: Complaint, kind: ReplyKind) -> bool:
    return (reply.complaint_id, reply.round, reply.kind) == (complaint.pk, complaint.round, kind)


def put_out(complaint: Complaint, reply: Reply, *, by: User, hold_for: timedelta | None = None) -> None:
    """Under the caller's lock: the message in the outbox, the entry the complainant sees, the reply marked as sent.

    Without an e-mail address the entry alone tells; imported history never sends.
    """
    values = standard_values(complaint)
    if reply.kind == ReplyKind.FINAL_OPINION:
        subject, body = render_message("final_opinion", complaint.language, **values, opinion=reply.body)
    else:
        subject, body = render_message("reply", complaint.language, **values, reply=reply.body)
    to = "" if complaint.source == Source.IMPORTED else address_of(complaint)
    about, language = complaint.audit_chain, complaint.language
    if to:
        message = leave_message(
            kind=reply.kind, to=to, subject=subject, body=body, about=about, language=language, hold_for=hold_for
        )
        reply.message_id = message.message_id
    reply.state, reply.sent_at, reply.sent_by = ReplyState.SENT, now(), by
    update(reply, ["state", "sent_at", "sent_by", "message_id"])
    facts = {"reply": reply.pk, "subject": subject, "message_id": reply.message_id}
    add_entry(complaint, EntryKind.REPLY, body, by=by, visibility=Visibility.PUBLIC, facts=facts)


@written_together()
def undo_reply(reply: Reply, *, by: User) -> Reply:
    """Takes a reply back that is still held; the clocks it stopped run on as if nothing had happened."""
    complaint = lock_complaint(reply.complaint)
    reply = Reply.objects.get(pk=reply.pk)
    if reply.sent_by_id != by.pk:
        raise NotAllowed(_("Only whoever sent it can take it back."))
    message = OutboundMessage.objects.filter(message_id=reply.message_id).first() if reply.message_id else None
    if reply.state != ReplyState.SENT or message is None or not undo_message(message):
        raise Refused(_("It is on its way already and cannot be taken back."))
    sent_at = reply.sent_at or now()
    reply.state = ReplyState.APPROVED if reply.reviewed_by_id else ReplyState.DRAFT
    reply.sent_at = reply.sent_by = None
    reply.message_id = ""
    reply.save()
    for entry in complaint.entries.filter(kind=EntryKind.REPLY, facts__reply=reply.pk):
        entry.visibility, entry.facts = Visibility.INTERNAL, {**entry.facts, "undone": True}
        entry.save(update_fields=["visibility", "facts"])
    run_on(complaint, Step.SEND_REPLY, since=sent_at, by=by)
    touch(complaint)
    complaint.save()
    note_done(complaint, "reply_undone", _("Sending undone."), by=by, body={"reply": reply.pk})
    return reply
