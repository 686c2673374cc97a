"""Beside the line: chasers, clocks stopped and extended, stages skipped, personal data shown."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import (
    check_lead,
    check_open,
    check_permission_on,
    check_works_on,
    get_clock_for,
    get_complaint_for,
)
from wenguo.complaints.actions import (
    chase_complaint,
    extend_clock,
    resume_clock,
    reveal_complainant,
    skip_stage,
    stop_clock,
)
from wenguo.complaints.forms.judge import NoteForm
from wenguo.complaints.forms.sides import ChaseForm, ExtendForm, ReasonForm, SkipForm, StopClockForm
from wenguo.complaints.queries import clock_shown
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def chase(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_open(complaint)
    check_permission_on(signed_in(request), complaint, Permission.NOTE)
    form = ChaseForm(request.POST or None)
    page = page_for(complaint, _("Chase"), hint=_("Counted, and rung to the owner and the lead of the unit."))
    return answer(
        request, page, form, lambda given: chase_complaint(complaint, by=signed_in(request), words=given["words"])
    )


@login_required
@page_and_form
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_open(complaint)
    check_works_on(signed_in(request), complaint)
    form = StopClockForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Stop the clock"), hint=_("Taking the next step lets the clocks run again."))
    return answer(request, page, form, lambda given: stop_clock(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_works_on(signed_in(request), complaint)
    form = NoteForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Let the clock run again"))
    return answer(request, page, form, lambda given: resume_clock(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_open(complaint)
    check_lead(signed_in(request), complaint)
    form = ExtendForm(request.POST or None, complaint=complaint, initial={"version": complaint.version})

    def perform(given: Given) -> object:
        return extend_clock(given.pop("clock"), by=signed_in(request), **given)

    return answer(request, page_for(complaint, _("Extend")), form, perform)


@login_required
@page_and_form
def skip(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_open(complaint)
    check_lead(signed_in(request), complaint)
    form = SkipForm(request.POST or None, complaint=complaint, initial={"version": complaint.version})
    page = page_for(complaint, _("Skip a stage"), danger=True)
    return answer(request, page, form, lambda given: skip_stage(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks what for, then shows who complains; the looking is recorded."""
    complaint = opened(request, reference, get_complaint_for)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            points = reveal_complainant(complaint, by=signed_in(request), reason=form.cleaned_data["reason"])
        except (NotAllowed, Refused) as no:
            form.add_error(None, no.sentence)
        else:
            return render(request, "complaints/revealed.html", {"complaint": complaint, "points": points})
    page = page_for(complaint, _("Show personal data"), hint=_("Who looked, when and what for is recorded."))
    return answer(request, page, form, lambda given: None)


@login_required
@require_GET
def why(request: HttpRequest, reference: str, clock: int) -> HttpResponse:
    """Why this date: every day counted or left out."""
    shown = clock_shown(found(get_clock_for, signed_in(request), reference, clock), now())
    return render(request, "complaints/why.html", {"shown": shown, "reference": reference})
