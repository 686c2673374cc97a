"""A complaint put aside until a chosen time."""

from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenguo.complaints.access import get_complaint_for
from wenguo.desk.actions import drop_reminder, remind_me
from wenguo.desk.forms import ReminderForm
from wenguo.desk.models import Reminder
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.ui.found import go_to, signed_in
from wenguo.ui.steps import answer, opened, page_and_form, page_for

MORNING = 9


@login_required
@page_and_form
def remind(request: HttpRequest, reference: str) -> HttpResponse:
    """When, and what for."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    known = Reminder.objects.filter(user=by, complaint=complaint).first()
    begun = {"at": known.at if known else _tomorrow_morning(), "note": known.note if known else ""}
    page = page_for(
        complaint,
        _("Remind me later"),
        submit=_("Put aside"),
        done=_("Put aside. It rings at the time you chose."),
        hint=_("Until then it is not in the lists of your home page. Only you see this, and its clocks run on."),
    )
    form = ReminderForm(request.POST or None, initial=begun)
    return answer(request, page, form, lambda given: remind_me(complaint, by=by, **given))


@login_required
@require_POST
def remind_drop(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    drop_reminder(complaint, by=by)
    return go_to(request, path("complaint", reference=complaint.reference))


def _tomorrow_morning() -> datetime:
    tomorrow = timezone.localtime(now()) + timedelta(days=1)
    return tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0)
