"""办结: the reply is told and accepted."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import advance, guard_step, leave_output
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.process.choices import Stage
from wenguo.resolution.queries import open_remedies


@transaction.atomic
def mark_handled(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """Handled is not closed: the remedy may still be on its way, and somebody else looks at it."""
    complaint, row = guard_step(complaint, Step.HANDLE, by=by, version=version)
    if not complaint.reply_accepted:
        raise Refused(_("The reply has not been accepted yet. Record the complainant's answer first."))
    complaint.handled_at, complaint.handled_by = now(), by
    followed_up = StageOutput.objects.filter(complaint=complaint, stage=Stage.FOLLOW_UP, round=complaint.round)
    if not open_remedies(complaint).exists() and not followed_up.exists():
        leave_output(complaint, Stage.FOLLOW_UP, by=by, passed_by_rule="follow-up: nothing was left to be performed")
    return advance(complaint, row, by=by, output={"handled_by": by.pk}, note=note)
