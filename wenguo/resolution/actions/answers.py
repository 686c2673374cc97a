"""What the complainant says to the reply: accepted, or refused with the reason. A refused reply is never solved."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import Step, Visibility
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import ring_about
from wenguo.lib.actors import COMPLAINANT, Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import update, written_together
from wenguo.outbox.choices import NoticeKind
from wenguo.resolution.choices import ReplyState
from wenguo.resolution.models import Reply
from wenguo.resolution.queries import told_reply

MAX_REASON = 4000


@written_together()
def record_answer(
    complaint: Complaint,
    *,
    by: User,
    accepted: bool,
    reason: str = "",
    through: str = "phone",
    version: int | None = None,
) -> Reply:
    """A colleague writes down what the complainant answered, and through which channel."""
    return _answer(complaint, by, accepted, reason, through, version)


@written_together()
def answer_by_complainant(complaint: Complaint, *, accepted: bool, reason: str = "", through: str = "portal") -> Reply:
    """The complainant answers on their own page, once they have proved that the complaint is theirs."""
    return _answer(complaint, COMPLAINANT, accepted, reason, through, None)


def _answer(complaint: Complaint, by: Actor, accepted: bool, reason: str, through: str, version: int | None) -> Reply:
    step = Step.ACCEPT_REPLY if accepted else Step.REFUSE_REPLY
    complaint, row = guard_step(complaint, step, by=by, version=version)
    reply = told_reply(complaint)
    if reply is None:
        raise Refused(_("No reply has been sent yet that could be answered."))
    if reply.state != ReplyState.SENT:
        raise Refused(_("The reply was answered already."))
    if not accepted and not reason.strip():
        raise Refused(_("Say what is not right, so that the second review can answer it."), field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(_("The reason is too long: at most %(n)d characters.") % {"n": MAX_REASON}, field="reason")
    reply.state = ReplyState.ACCEPTED if accepted else ReplyState.REFUSED
    reply.answered_at, reply.answer_reason, reply.answered_through = now(), reason.strip(), through[:20]
    update(reply, ["state", "answered_at", "answer_reason", "answered_through"])
    complaint.reply_accepted = accepted
    output = {"reply": reply.pk, "accepted": accepted, "through": reply.answered_through}
    advance(complaint, row, by=by, output=output, note=reason.strip(), visibility=Visibility.PUBLIC)
    index_complaint(complaint)
    _tell_colleagues(complaint, accepted, by if isinstance(by, User) else None)
    return reply


def _tell_colleagues(complaint: Complaint, accepted: bool, by: User | None) -> None:
    owner = [complaint.owner] if complaint.owner else []
    if accepted:
        ring_about(complaint, owner, NoticeKind.CUSTOMER, lambda: _("The reply was accepted."), but=by)
        return
    unit = complaint.lead_unit or complaint.receiving_unit
    second = people_with(Permission.SECOND_REVIEW, unit) if unit else []
    people = [*owner, *second]
    ring_about(complaint, people, NoticeKind.CUSTOMER, lambda: _("The reply was refused: second review."), but=by)
