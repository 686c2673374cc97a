"""The call-back queue, the steps of follow-up and call-back, the panel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.choices import Step
from wenguo.followup.actions import close_unreachable, note_attempt, promise_notice, record_call_back, tell_progress
from wenguo.followup.forms import AnswerForm, AttemptForm, CloseForm, ProgressForm, PromiseForm
from wenguo.followup.queries import call_back_queue, panel_of
from wenguo.lib.now import now
from wenguo.lib.pages import keyset_page
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@require_GET
def call_backs(request: HttpRequest) -> HttpResponse:
    """Who to call today, first due first."""
    check_permission(signed_in(request.user), Permission.CALL_BACK)
    queue = call_back_queue(signed_in(request.user))
    page = keyset_page(queue, (("due_at", "asc"), ("id", "asc")), request.GET.get("page") or None, 50)
    return render(request, "followup/call_backs.html", {"page": page, "rows": page.rows, "now": now()})


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    return render(request, "followup/_panel.html", {"complaint": complaint, **panel_of(complaint, now())})


@login_required
@page_and_form
def call_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Records what the complainant said."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.CALL_BACK)
    form = AnswerForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        record_call_back(complaint, form.answer(), by=signed_in(request.user), version=given["version"])

    page = page_for(complaint, _("Record the call-back"), submit=_("Record"), done=_("The call-back is recorded."))
    return answer(request, page, form, perform)


@login_required
@page_and_form
def attempt(request: HttpRequest, reference: str) -> HttpResponse:
    """Notes a try that did not reach anybody."""
    complaint = opened(request, reference, get_complaint_for)
    form = AttemptForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        note_attempt(complaint, by=signed_in(request.user), result=given["result"], note=given["note"])

    page = page_for(complaint, _("Note an attempt"), submit=_("Note"), done=_("The attempt is noted."))
    return answer(request, page, form, perform)


@login_required
@page_and_form
def unreachable(request: HttpRequest, reference: str) -> HttpResponse:
    """Closes with notice after three attempts."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.CLOSE_WITH_NOTICE)
    form = CloseForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        close_unreachable(complaint, by=signed_in(request.user), version=given["version"])

    page = page_for(complaint, _("Close with notice"), done=_("Closed. The complainant was told how to reopen it."))
    return answer(request, page, form, perform)


@login_required
@page_and_form
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Tells the complainant how it stands."""
    complaint = opened(request, reference, get_complaint_for)
    form = ProgressForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        tell_progress(complaint, by=signed_in(request.user), text=given["text"])

    page = page_for(
        complaint, _("Tell how it stands"), submit=_("Tell the complainant"), done=_("The complainant was told.")
    )
    return answer(request, page, form, perform)


@login_required
@page_and_form
def promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Promises a notice by a day."""
    complaint = opened(request, reference, get_complaint_for)
    form = PromiseForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        promise_notice(complaint, by=signed_in(request.user), promised_for=given["promised_for"], about=given["about"])

    page = page_for(complaint, _("Promise a notice"), submit=_("Promise"), done=_("The promise is kept in mind."))
    return answer(request, page, form, perform)
