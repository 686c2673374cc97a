"""办结: the reply is told and accepted."""

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import advance, guard_step, leave_output
from wenguo.complaints.choices import PassedBy, Step
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.process.choices import Stage
from wenguo.resolution.queries import open_remedies


@written_together()
def mark_handled(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """Handled is not closed: the remedy may still be on its way, and somebody else looks at it."""
    complaint, row = guard_step(complaint, Step.HANDLE, by=by, version=version)
    if not complaint.reply_accepted:
        raise Refused(_("The reply has not been accepted yet. Record the complainant's answer first."))
    complaint.handled_at, complaint.handled_by = now(), by
    followed_up = (Stage.FOLLOW_UP, complaint.round) in complaint.outputs_left()
    if not followed_up and not open_remedies(complaint).exists():
        leave_output(complaint, Stage.FOLLOW_UP, by=by, passed_by_rule=PassedBy.NOTHING_TO_PERFORM)
    return advance(complaint, row, by=by, output={"handled_by": by.pk}, note=note)
