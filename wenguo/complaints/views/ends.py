"""The end of a complaint and a new beginning; merging and linking."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import check_permission_on, check_step, get_complaint_for, get_link_for
from wenguo.complaints.actions import (
    close_complaint,
    link_complaints,
    merge_complaints,
    reopen_complaint,
    unlink_complaints,
    withdraw_complaint,
)
from wenguo.complaints.choices import Step
from wenguo.complaints.forms.sides import CloseForm, LinkForm, MergeForm, ReasonForm, WithdrawForm
from wenguo.lib.links import path
from wenguo.ui.found import found, go_to, signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.WITHDRAW)
    form = WithdrawForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Withdraw"), danger=True, hint=_("Only at the complainant's own wish."))

    def perform(given: Given) -> object:
        through = given.pop("through")
        return withdraw_complaint(complaint, by=signed_in(request), through=through.code if through else "", **given)

    return answer(request, page, form, perform)


@login_required
@page_and_form
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.REOPEN)
    form = ReasonForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(
        complaint, _("Reopen"), hint=_("A new round begins; the clocks start anew; the complainant is told.")
    )
    return answer(request, page, form, lambda given: reopen_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def close(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.CLOSE)
    form = CloseForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Close the complaint"))
    return answer(request, page, form, lambda given: close_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """First the preview, then, confirmed, the merge."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.MERGE)
    initial = {"version": complaint.version, "target": request.GET.get("into", "")}
    form = MergeForm(request.POST or None, user=signed_in(request), complaint=complaint, initial=initial)
    page = page_for(complaint, _("Merge"), danger=True, template="complaints/_merge_fields.html")

    def perform(given: Given) -> object:
        given.pop("previewed")
        return merge_complaints(complaint, by=signed_in(request), **given)

    return answer(request, page, form, perform)


@login_required
@page_and_form
def link(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.MERGE)
    initial = {"other": request.GET.get("other", "")}
    form = LinkForm(request.POST or None, user=signed_in(request), initial=initial)
    page = page_for(complaint, _("Link"))

    def perform(given: Given) -> object:
        return link_complaints(complaint, other=given["other"], kind=given["kind"], by=signed_in(request))

    return answer(request, page, form, perform)


@login_required
@require_POST
def unlink(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    unlink_complaints(found(get_link_for, signed_in(request), reference, pk), by=signed_in(request))
    return go_to(request, path("complaint", reference=reference))
