"""After a refusal: a higher unit sends it back for another remedy, or writes the final opinion."""

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.clocks import cancel_clocks
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EndedAs, Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import ring_about
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.outbox.choices import NoticeKind
from wenguo.resolution.actions.sending import put_out, ready_to_send
from wenguo.resolution.choices import ReplyKind
from wenguo.resolution.models import Reply
from wenguo.resolution.rules import PROMISE


@written_together()
def rework(complaint: Complaint, *, by: User, reason: str, version: int | None = None) -> Complaint:
    """The second review finds the complainant has a point: another remedy is worked out, in a new round."""
    complaint, row = guard_step(complaint, Step.REWORK, by=by, version=version)
    if not reason.strip():
        raise Refused(_("Say what the next remedy has to do better."), field="reason")
    others = complaint.clocks.exclude(rule=PROMISE).values_list("rule", flat=True).distinct()
    cancel_clocks(complaint, by=by, keep=list(others))  # what was refused is not owed any more
    complaint.round += 1
    complaint.reply_accepted = None
    owner = [complaint.owner] if complaint.owner else []
    ring_about(complaint, owner, NoticeKind.RETURNED, lambda: _("The second review asks for another remedy."), but=by)
    return advance(complaint, row, by=by, output={"round": complaint.round}, note=reason.strip())


@written_together()
def send_final_opinion(
    complaint: Complaint, *, by: User, reply: Reply | None = None, version: int | None = None
) -> Complaint:
    """Closed, not accepted: the written opinion with the outside routes goes out; it is counted apart."""
    complaint, row = guard_step(complaint, Step.FINAL_OPINION, by=by, version=version)
    ready = ready_to_send(complaint, ReplyKind.FINAL_OPINION, reply)
    put_out(complaint, ready, by=by)
    if complaint.handled_at is None:
        complaint.handled_at, complaint.handled_by = now(), by
    complaint.ended_as = EndedAs.UNASKED
    advance(complaint, row, by=by, output={"reply": ready.pk, "reviewed_by": ready.reviewed_by_id}, quiet=True)
    index_complaint(complaint)
    return complaint
