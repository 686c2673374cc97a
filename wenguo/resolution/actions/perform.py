"""The remedy performed: what was promised is done, with its proof."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.clocks import stop_clocks
from wenguo.complaints.actions.guard import advance, guard_step, touch
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Attachment, Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.resolution.actions.noting import note_done
from wenguo.resolution.models import Remedy
from wenguo.resolution.queries import open_remedies
from wenguo.resolution.rules import PROMISE


@written_together()
def perform_remedy(
    remedy: Remedy,
    *,
    by: User,
    done_on: date,
    proof: str = "",
    proof_file: Attachment | None = None,
    version: int | None = None,
) -> Remedy:
    """Records one remedy as done. With the last one the promise is kept or missed, and stage 10 leaves its output."""
    complaint, row = guard_step(remedy.complaint, Step.PERFORM, by=by, version=version)
    remedy = Remedy.objects.select_related("proposal").get(pk=remedy.pk)
    if remedy.done_on:
        raise Refused(_("This remedy was recorded as done already."))
    if remedy.proposal.round != complaint.round:
        raise Refused(_("This remedy was refused by the complainant, so it is not performed."))
    _check_done(complaint, done_on, proof, proof_file)
    remedy.done_on, remedy.done_by = done_on, by
    remedy.proof, remedy.proof_file = proof.strip()[:300], proof_file
    remedy.save()
    in_time = done_on <= remedy.promised_on
    facts = {"remedy": remedy.pk, "amount": str(remedy.amount), "done_on": done_on.isoformat(), "in_time": in_time}
    said = _("Done on %(day)s: %(what)s. %(proof)s") % {
        "day": done_on.isoformat(),
        "what": remedy.what,
        "proof": remedy.proof or (proof_file.name if proof_file else ""),
    }
    if open_remedies(complaint).exists():
        touch(complaint)
        complaint.save()
        note_done(complaint, "remedy_performed", said, by=by, body=facts)
        return remedy
    stop_clocks(complaint, [PROMISE], by=by, at=_moment(done_on))
    done = complaint.remedies.filter(proposal__round=complaint.round).count()
    advance(complaint, row, by=by, output={**facts, "performed": done}, note=said)
    return remedy


def _check_done(complaint: Complaint, done_on: date, proof: str, proof_file: Attachment | None) -> None:
    if done_on > timezone.localdate(now()):
        raise Refused(_("It cannot have been done in the future. Record it on the day."), field="done_on")
    if done_on < timezone.localdate(complaint.received_at):
        raise Refused(_("It cannot have been done before the complaint came in. Check the date."), field="done_on")
    if not proof.strip() and proof_file is None:
        raise Refused(_("Say what proves it: a receipt, a work order, a confirmation, or a file."), field="proof")
    if proof_file is not None and proof_file.complaint_id != complaint.pk:
        raise Refused(_("Choose something that belongs to this complaint."), field="proof_file")


def _moment(done_on: date) -> datetime:
    """A day in the past counts whole: done on the promised day is in time, whenever it is typed in."""
    local = timezone.localtime(now())
    if done_on >= local.date():
        return local
    return datetime.combine(done_on, time(0), tzinfo=local.tzinfo) + timedelta(days=1, seconds=-1)
