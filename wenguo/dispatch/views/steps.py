"""The steps of stage 7 as pages and dialogs, and the panel “who handles it”."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import can_on, check_step, get_complaint_for
from wenguo.complaints.choices import Step
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
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def assign_step(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead and assisting units, with what the rules suggest filled in."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.ASSIGN)
    suggestion = suggest_route(complaint)
    form = AssignForm(request.POST or None, suggestion=suggestion, initial={"version": complaint.version})
    page = page_for(
        complaint, _("Assign"), submit=_("Dispatch it"), done=_("Assigned."), hint=suggestion_words(suggestion)
    )

    def perform(given: Given) -> object:
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

    return answer(request, page, form, perform)


@login_required
@page_and_form
def take_on_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.TAKE_ON)
    form = TakeOnForm(request.POST or None, initial={"version": complaint.version})
    hint = current_words(current_assignment(complaint))
    page = page_for(complaint, _("Take on"), done=_("You handle this complaint now."), hint=hint)
    by = signed_in(request)
    return answer(request, page, form, lambda given: take_on(complaint, by=by, **given))


@login_required
@page_and_form
def return_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.RETURN_DISPATCH)
    form = ReturnForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(
        complaint, _("Return the dispatch"), submit=_("Return it"), done=_("Returned; an arbiter decides."), danger=True
    )
    by = signed_in(request)
    return answer(request, page, form, lambda given: return_dispatch(complaint, by=by, **given))


@login_required
@page_and_form
def arbitrate_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.ARBITRATE)
    form = ArbitrateForm(request.POST or None, initial={"version": complaint.version})
    hint = current_words(current_assignment(complaint))
    page = page_for(complaint, _("Decide the return"), submit=_("Decide"), done=_("Decided."), hint=hint)
    by = signed_in(request)
    return answer(request, page, form, lambda given: arbitrate(complaint, by=by, **given))


@login_required
@page_and_form
def hand_over_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.HAND_OVER)
    form = HandOverForm(request.POST or None, complaint=complaint, initial={"version": complaint.version})
    page = page_for(complaint, _("Hand over"), done=_("Handed over."))
    by = signed_in(request)
    return answer(request, page, form, lambda given: hand_over(complaint, by=by, **given))


@login_required
@page_and_form
def ask_unit_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    form = AskUnitForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Ask another unit to assist"), submit=_("Ask"), done=_("The unit has been asked."))
    by = signed_in(request)
    return answer(request, page, form, lambda given: ask_unit(complaint, by=by, **given))


@login_required
@require_POST
def receive_part_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    assisting = found(get_assisting_for, signed_in(request), reference, pk)
    receive_part(assisting, by=signed_in(request))
    return go_to(request, path("complaint", reference=reference))


@login_required
@page_and_form
def answer_part_step(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    assisting = found(get_assisting_for, signed_in(request), reference, pk)
    form = AnswerPartForm(request.POST or None)
    page = page_for(
        assisting.complaint, _("Answer your part"), submit=_("Answer"), done=_("Answered."), hint=assisting.part
    )
    by = signed_in(request)
    return answer(request, page, form, lambda given: answer_part(assisting, by=by, **given))


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Who handles it, who assists, what was returned."""
    user = signed_in(request)
    complaint = opened(request, reference, get_complaint_for)
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
