"""The call-back queue, the steps of follow-up and call-back, the panel."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import close_unreachable, note_attempt, promise_notice, record_call_back, tell_progress
from wenguo.followup.forms import AnswerForm, AttemptForm, CloseForm, ProgressForm, PromiseForm
from wenguo.followup.queries import call_back_queue, panel_of
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.lib.pages import keyset_page
from wenguo.ui.steps import StepPage, answer_step


def _complaint(request: HttpRequest, reference: str) -> Complaint:
    try:
        return get_complaint_for(signed_in(request.user), reference)
    except Complaint.DoesNotExist as missing:
        raise Http404 from missing


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
    found = _complaint(request, reference)
    return render(request, "followup/_panel.html", {"complaint": found, **panel_of(found, now())})


def _step(
    request: HttpRequest,
    reference: str,
    kind: type[forms.Form],
    words: tuple[str, str, str],
    perform: Callable[[Complaint, forms.Form], object],
) -> HttpResponse:
    """One form on one complaint; `words` are title, button and what is said when it worked."""
    found = _complaint(request, reference)
    form = kind(request.POST or None, initial={"version": found.version})
    title, submit, done = words
    page = StepPage(f"{title} · {found.reference}", path("complaint", reference=reference), submit, done)
    return answer_step(request, page, form, lambda given: perform(found, given))


@login_required
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Records what the complainant said."""

    def perform(found: Complaint, form: forms.Form) -> None:
        answer = form.answer()  # type: ignore[attr-defined]
        record_call_back(found, answer, by=signed_in(request.user), version=form.cleaned_data["version"])

    words = (_("Record the call-back"), _("Record"), _("The call-back is recorded."))
    return _step(request, reference, AnswerForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, reference: str) -> HttpResponse:
    """Notes a try that did not reach anybody."""

    def perform(found: Complaint, form: forms.Form) -> None:
        given = form.cleaned_data
        note_attempt(found, by=signed_in(request.user), result=given["result"], note=given["note"])

    words = (_("Note an attempt"), _("Note"), _("The attempt is noted."))
    return _step(request, reference, AttemptForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def unreachable(request: HttpRequest, reference: str) -> HttpResponse:
    """Closes with notice after three attempts."""

    def perform(found: Complaint, form: forms.Form) -> None:
        close_unreachable(found, by=signed_in(request.user), version=form.cleaned_data["version"])

    words = (_("Close with notice"), _("Close with notice"), _("Closed. The complainant was told how to reopen it."))
    return _step(request, reference, CloseForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Tells the complainant how it stands."""

    def perform(found: Complaint, form: forms.Form) -> None:
        tell_progress(found, by=signed_in(request.user), text=form.cleaned_data["text"])

    words = (_("Tell how it stands"), _("Tell the complainant"), _("The complainant was told."))
    return _step(request, reference, ProgressForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Promises a notice by a day."""

    def perform(found: Complaint, form: forms.Form) -> None:
        given = form.cleaned_data
        promise_notice(found, by=signed_in(request.user), promised_for=given["promised_for"], about=given["about"])

    words = (_("Promise a notice"), _("Promise"), _("The promise is kept in mind."))
    return _step(request, reference, PromiseForm, words, perform)
