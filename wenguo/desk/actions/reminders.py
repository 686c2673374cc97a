"""Reminders: a complaint put aside until a chosen time, for oneself alone. Its clocks do not notice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.complaints.access import check_permission_on
from wenguo.complaints.models import Complaint
from wenguo.desk.models import Reminder
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind

FURTHEST = timedelta(days=366)


@transaction.atomic
def remind_me(complaint: Complaint, *, by: User, at: datetime, note: str = "") -> Reminder:
    """Rings at `at`; until then the complaint is not in the lists of one's home. A second time moves the first."""
    check_permission_on(by, complaint, Permission.VIEW)
    moment = now()
    if at <= moment:
        raise Refused(_("Choose a time that is still to come."), field="at")
    if at > moment + FURTHEST:
        raise Refused(_("Choose a time within a year."), field="at")
    wanted = {"at": at, "note": " ".join(note.split())[:200]}
    reminder, _is_new = Reminder.objects.update_or_create(user=by, complaint=complaint, defaults=wanted)
    record_in("desk", "set_reminder", by=by, body={"complaint": complaint.reference, "at": at.isoformat()})
    return reminder


@transaction.atomic
def drop_reminder(complaint: Complaint, *, by: User) -> None:
    """It comes back into one's lists; where there is none, nothing happens."""
    gone, _rows = Reminder.objects.filter(user=by, complaint=complaint).delete()
    if gone:
        record_in("desk", "drop_reminder", by=by, body={"complaint": complaint.reference})


@transaction.atomic
def ring_reminder(reminder: Reminder) -> bool:
    """Once: of two workers the second finds it gone. False where it was gone, or who asked may not see it any more."""
    row = Reminder.objects.select_for_update(of=("self",)).filter(pk=reminder.pk).first()
    if row is None:
        return False
    row.delete()
    visible = Complaint.objects.visible_to(row.user).filter(pk=row.complaint_id).first()
    record_in("desk", "reminded", by=SYSTEM, body={"complaint": row.complaint.reference, "user": row.user_id})
    if visible is None:
        return False
    with override(row.user.language):
        said = _("Reminder: %(what)s") % {"what": row.note or visible.title}
    ring(
        row.user_id, NoticeKind.DUE, said, path=path("complaint", reference=visible.reference), about=visible.reference
    )
    return True
