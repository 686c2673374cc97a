"""What happens without a user: call-backs are drawn, surveys sent, silence is noticed."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.complaints.choices import Source, Status, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.followup.actions import prepare_call_back, send_survey
from wenguo.followup.models import PromisedNotice
from wenguo.followup.queries import waiting_for_draw, waiting_for_survey
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.lib.worktime import add_working_days
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind
from wenguo.outbox.models import Notice
from wenguo.process.queries import standard_calendar

BATCH = 200
LEAST_SILENCE = timedelta(days=1)


def run_draw_call_backs() -> int:
    """Draws call-backs for what was handled and performed."""
    waiting = waiting_for_draw(BATCH)
    for complaint in waiting:
        prepare_call_back(complaint)
    return len(waiting)


def run_send_surveys() -> int:
    """Sends each handled complaint one survey."""
    waiting = waiting_for_survey(BATCH)
    for complaint in waiting:
        send_survey(complaint)
    return len(waiting)


def run_watch_silence() -> int:
    """Rings the owner where a promised notice is overdue, or the standard's days of silence are over; once a day."""
    moment = now()
    promised = PromisedNotice.objects.filter(told_at__isnull=True, promised_for__lt=moment).values("complaint")
    told = Entry.objects.filter(complaint=OuterRef("pk"), visibility=Visibility.PUBLIC).order_by("-at")
    open_ones = Complaint.objects.filter(status=Status.OPEN, source=Source.LIVE, owner__isnull=False)
    quiet = open_ones.annotate(told_at=Subquery(told.values("at")[:1])).filter(told_at__lt=moment - LEAST_SILENCE)
    silent = [one for one in quiet.select_related("owner", "standard__calendar")[:BATCH] if _is_silent(one, moment)]
    late = open_ones.filter(pk__in=promised).select_related("owner")[:BATCH]
    return sum(_ring_once_a_day(one) for one in {one.pk: one for one in (*silent, *late)}.values())


def _is_silent(complaint: Complaint, moment: datetime) -> bool:
    """More working days than the standard allows since anything was told."""
    told_at: datetime = complaint.told_at  # type: ignore[attr-defined]
    calendar = standard_calendar(complaint.standard)
    return add_working_days(calendar, told_at, complaint.standard.silence_working_days).due_at < moment


def _ring_once_a_day(complaint: Complaint) -> int:
    about = f"silence:{complaint.reference}"
    owner = complaint.owner
    since = now() - timedelta(days=1)
    if owner is None or Notice.objects.filter(user_key=str(owner.pk), about=about, created_at__gte=since).exists():
        return 0
    with override(owner.language):
        text = _("Tell the complainant of %(reference)s how it stands.") % {"reference": complaint.reference}
    ring(owner.pk, NoticeKind.DUE, text, path=path("complaint", reference=complaint.reference), about=about)
    return 1
