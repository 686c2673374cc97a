"""Drafting a reply and having it read by other eyes."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import ring_about
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.lib.together import again, hold, update, written_together
from wenguo.outbox.choices import NoticeKind
from wenguo.resolution.access import check_drafts, check_reviews
from wenguo.resolution.actions.noting import check_no_strings, note_done
from wenguo.resolution.choices import ReplyKind, ReplyState
from wenguo.resolution.models import Reply
from wenguo.resolution.queries import reply_in_hand, told_reply

MAX_BODY = 20_000


@written_together()
def draft_reply(complaint: Complaint, *, by: User, body: str, kind: str = ReplyKind.REPLY) -> Reply:
    """Writes or rewrites the reply of this round; whatever was reviewed before needs new eyes."""
    complaint = lock_complaint(complaint)
    check_drafts(by, complaint, kind)
    _check_body(body)
    if kind == ReplyKind.REPLY and told_reply(complaint) is not None:
        raise Refused(_("The complainant has the reply of this round. Wait for the answer."))
    reply = reply_in_hand(complaint, kind) or Reply(complaint=complaint, kind=kind, round=complaint.round)
    reply.body, reply.state = body.strip(), ReplyState.DRAFT
    reply.drafted_at, reply.drafted_by = now(), by
    reply.reviewed_at = reply.reviewed_by = None
    reply.save()
    hold(reply)
    note_done(complaint, "reply_drafted", "", by=by, body={"reply": reply.pk, "kind": kind})
    return reply


@written_together()
def submit_for_review(reply: Reply, *, by: User) -> Reply:
    """Asks for other eyes; those who may review hear of it."""
    complaint, reply = _locked(reply)
    check_drafts(by, complaint, reply.kind)
    if reply.state not in (ReplyState.DRAFT, ReplyState.SENT_BACK):
        raise Refused(_("Only a draft is given to review."))
    reply.state = ReplyState.IN_REVIEW
    update(reply, ["state"])
    permission = Permission.SECOND_REVIEW if reply.kind == ReplyKind.FINAL_OPINION else Permission.REVIEW_REPLY
    unit = complaint.lead_unit or complaint.receiving_unit
    people = [one for one in people_with(permission, unit) if one.pk != reply.drafted_by_id] if unit else []
    ring_about(complaint, people, NoticeKind.APPROVAL, lambda: _("A reply waits for your review."), but=by)
    note_done(complaint, "reply_submitted", _("Reply given to review."), by=by, body={"reply": reply.pk})
    return reply


@written_together()
def send_back(reply: Reply, *, by: User, note: str) -> Reply:
    """The reviewer wants it better, and says what."""
    complaint, reply = _reviewable(reply, by)
    if not note.strip():
        raise Refused(_("Say what should be better."), field="note")
    _review(reply, ReplyState.SENT_BACK, by, note)
    drafted_by = [reply.drafted_by]
    ring_about(complaint, drafted_by, NoticeKind.RETURNED, lambda: _("Your reply was sent back with a note."), but=by)
    said = _("Reply sent back: %(note)s") % {"note": note.strip()}
    note_done(complaint, "reply_sent_back", said, by=by, body={"reply": reply.pk})
    return reply


@written_together()
def approve_reply(reply: Reply, *, by: User, note: str = "") -> Reply:
    """Read by other eyes and good to go."""
    complaint, reply = _reviewable(reply, by)
    _review(reply, ReplyState.APPROVED, by, note)
    people = [person for person in (reply.drafted_by, complaint.owner) if person]
    ring_about(complaint, people, NoticeKind.APPROVAL, lambda: _("The reply is approved and may be sent."), but=by)
    said = _("Reply approved. %(note)s") % {"note": note.strip()}
    note_done(complaint, "reply_approved", said.strip(), by=by, body={"reply": reply.pk})
    return reply


def _check_body(body: str) -> None:
    if not body.strip():
        raise Refused(_("Write the reply first."), field="body")
    if len(body) > MAX_BODY:
        raise Refused(
            _("The text is too long: at most %(limit)d characters. Put the rest into a file and attach it.")
            % {"limit": MAX_BODY},
            field="body",
        )
    check_no_strings(body, "body")


def _locked(reply: Reply) -> tuple[Complaint, Reply]:
    complaint = lock_complaint(reply.complaint)
    fresh = again(reply, lambda: Reply.objects.select_related("drafted_by").get(pk=reply.pk))
    fresh.complaint = complaint
    return complaint, fresh


def _reviewable(reply: Reply, by: User) -> tuple[Complaint, Reply]:
    complaint, reply = _locked(reply)
    check_reviews(by, reply)
    if reply.state != ReplyState.IN_REVIEW:
        raise Refused(_("This reply is not in review."))
    if not complaint.is_open:
        raise NotAllowed(_("This complaint is ended. Reopen it first."))
    return complaint, reply


def _review(reply: Reply, state: ReplyState, by: User, note: str) -> None:
    reply.state, reply.review_note = state, note.strip()
    reply.reviewed_at, reply.reviewed_by = now(), by
    update(reply, ["state", "review_note", "reviewed_at", "reviewed_by"])
