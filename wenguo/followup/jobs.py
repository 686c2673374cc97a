"""What happens without a user: call-backs are drawn, surveys sent, silence is noticed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.complaints.choices import Source, Status, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.followup.actions import prepare_call_back, send_survey
from wenguo.followup.models import PromisedNotice
from wenguo.followup.queries import waiting_for_draw, waiting_for_survey
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind
from wenguo.outbox.models import Notice

BATCH = 200


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
    """Rings the owner where a promised notice is overdue, or nothing was told for a week; once a day each."""
    moment = now()
    promised = PromisedNotice.objects.filter(told_at__isnull=True, promised_for__lt=moment).values("complaint")
    recent = Entry.objects.filter(
        complaint=OuterRef("pk"), visibility=Visibility.PUBLIC, at__gte=moment - timedelta(days=7)
    )
    open_ones = Complaint.objects.filter(status=Status.OPEN, source=Source.LIVE, owner__isnull=False)
    silent = open_ones.filter(received_at__lt=moment - timedelta(days=7)).exclude(Exists(recent))
    late = open_ones.filter(pk__in=promised)
    rung = 0
    for complaint in (silent | late).select_related("owner").distinct()[:BATCH]:
        rung += _ring_once_a_day(complaint)
    return rung


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
