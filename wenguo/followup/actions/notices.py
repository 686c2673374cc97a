"""Stage 10: notices that were promised, and progress told without being asked."""

from datetime import datetime

from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_open, check_permission_on
from wenguo.complaints.actions.guard import lock_complaint, touch
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.models import Complaint
from wenguo.followup.models import PromisedNotice
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together


@written_together()
def promise_notice(complaint: Complaint, *, by: User, promised_for: datetime, about: str = "") -> PromisedNotice:
    """A promise to tell the complainant how it stands by then."""
    complaint = lock_complaint(complaint)
    check_open(complaint)
    check_permission_on(by, complaint, Permission.CONTACT)
    if promised_for <= now():
        raise Refused(_("Promise a moment that lies in the future."), field="promised_for")
    notice = PromisedNotice.objects.create(
        complaint=complaint, promised_for=promised_for, about=about[:300], made_at=now(), made_by=by
    )
    touch(complaint)
    complaint.save()
    record(complaint, "promise_notice", by=by, body={"notice": notice.pk, "for": promised_for.isoformat()})
    return notice


@written_together()
def tell_progress(complaint: Complaint, *, by: User, text: str) -> Complaint:
    """Tells the complainant how it stands; keeps every promise that was open for it."""
    complaint = lock_complaint(complaint)
    check_open(complaint)
    check_permission_on(by, complaint, Permission.CONTACT)
    if not text.strip():
        raise Refused(_("Write what you want to tell the complainant."), field="text")
    tell_complainant(complaint, "progress", note=text)
    kept = complaint.promised_notices.filter(told_at__isnull=True).update(told_at=now(), told_by=by)
    touch(complaint)
    complaint.save()
    record(complaint, "tell_progress", by=by, body={"kept": kept})
    return complaint


def give_notice(notice: PromisedNotice, *, by: User, text: str) -> Complaint:
    """Keeps one promise."""
    return tell_progress(notice.complaint, by=by, text=text)
