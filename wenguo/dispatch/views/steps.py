"""The steps of stage 7 as pages and dialogs, and the panel “who handles it”."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import can_on, check_step, get_complaint_for
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.access import can_assist, get_assisting_for
from wenguo.dispatch.actions import (
    Part,
    answer_part,
    arbitrate,
    ask_unit,
    assign_complaint,
    hand_over,
    receive_part,
    return_dispatch,
    take_on,
)
from wenguo.dispatch.forms import (
    AnswerPartForm,
    ArbitrateForm,
    AskUnitForm,
    AssignForm,
    HandOverForm,
    ReturnForm,
    TakeOnForm,
    current_words,
    suggestion_words,
)
from wenguo.dispatch.queries import (
    assignments_of,
    assisting_of,
    current_assignment,
    state_sentence,
    suggest_route,
)
from wenguo.lib.links import path
from wenguo.ui.found import found, go_to, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


def back_to(complaint: Complaint) -> str:
    return path("complaint", reference=complaint.reference)


def opened(request: HttpRequest, reference: str, step: Step) -> Complaint:
    """The complaint; a form that could not be sent is not shown, but says why."""
    complaint = found(get_complaint_for, signed_in(request), reference)
    if request.method == "GET":
        check_step(signed_in(request), complaint, step)
    return complaint


@login_required
@page_and_form
def assign_step(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead and assisting units, with what the rules suggest filled in."""
    complaint = opened(request, reference, Step.ASSIGN)
    suggestion = suggest_route(complaint)
    form = AssignForm(request.POST or None, suggestion=suggestion, initial={"version": complaint.version})
    page = StepPage(
        _("Assign"), back_to(complaint), _("Dispatch it"), _("Assigned."), hint=suggestion_words(suggestion)
    )

    def perform(form: forms.Form) -> object:
        given = form.cleaned_data
        parts = [Part(given["assisting"], given["part"], given["due_at"])] if given["assisting"] else []
        followed = suggestion.rule if suggestion and suggestion.lead_unit == given["lead_unit"] else None
        return assign_complaint(
            complaint,
            by=signed_in(request),
            lead_unit=given["lead_unit"],
            owner=given["owner"],
            assisting=parts,
            note=given["note"],
            rule=followed,
            version=given["version"],
        )

    return answer_step(request, page, form, perform)


@login_required
@page_and_form
def take_on_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, Step.TAKE_ON)
    form = TakeOnForm(request.POST or None, initial={"version": complaint.version})
    hint = current_words(current_assignment(complaint))
    page = StepPage(_("Take on"), back_to(complaint), _("Take on"), _("You handle this complaint now."), hint=hint)
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: take_on(complaint, by=by, **form.cleaned_data))


@login_required
@page_and_form
def return_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, Step.RETURN_DISPATCH)
    form = ReturnForm(request.POST or None, initial={"version": complaint.version})
    page = StepPage(
        _("Return the dispatch"), back_to(complaint), _("Return it"), _("Returned; an arbiter decides."), danger=True
    )
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: return_dispatch(complaint, by=by, **form.cleaned_data))


@login_required
@page_and_form
def arbitrate_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, Step.ARBITRATE)
    form = ArbitrateForm(request.POST or None, initial={"version": complaint.version})
    hint = current_words(current_assignment(complaint))
    page = StepPage(_("Decide the return"), back_to(complaint), _("Decide"), _("Decided."), hint=hint)
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: arbitrate(complaint, by=by, **form.cleaned_data))


@login_required
@page_and_form
def hand_over_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, Step.HAND_OVER)
    form = HandOverForm(request.POST or None, complaint=complaint, initial={"version": complaint.version})
    page = StepPage(_("Hand over"), back_to(complaint), _("Hand over"), _("Handed over."))
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: hand_over(complaint, by=by, **form.cleaned_data))


@login_required
@page_and_form
def ask_unit_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = found(get_complaint_for, signed_in(request), reference)
    form = AskUnitForm(request.POST or None, initial={"version": complaint.version})
    page = StepPage(_("Ask another unit to assist"), back_to(complaint), _("Ask"), _("The unit has been asked."))
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: ask_unit(complaint, by=by, **form.cleaned_data))


@login_required
@require_POST
def receive_part_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    assisting = found(get_assisting_for, signed_in(request), reference, pk)
    receive_part(assisting, by=signed_in(request))
    return go_to(request, back_to(assisting.complaint))


@login_required
@page_and_form
def answer_part_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    assisting = found(get_assisting_for, signed_in(request), reference, pk)
    form = AnswerPartForm(request.POST or None)
    page = StepPage(_("Answer your part"), back_to(assisting.complaint), _("Answer"), _("Answered."), assisting.part)
    by = signed_in(request)
    return answer_step(request, page, form, lambda form: answer_part(assisting, by=by, **form.cleaned_data))


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Who handles it, who assists, what was returned."""
    user = signed_in(request)
    complaint = found(get_complaint_for, user, reference)
    assignments = [(row, state_sentence(row)) for row in assignments_of(complaint)]
    owns = complaint.owner_id == user.pk
    context = {
        "complaint": complaint,
        "current": assignments[0] if assignments and assignments[0][0].is_current else None,
        "earlier": [pair for pair in assignments if not pair[0].is_current],
        "assisting": [(row, can_assist(user, row)) for row in assisting_of(complaint)],
        "may_ask": complaint.is_open
        and complaint.lead_unit_id is not None
        and can_on(user, complaint, Permission.HANDLE if owns else Permission.ASSIGN),
    }
    return render(request, "dispatch/_panel.html", context)
