"""Marks, inspections, oversight: steps, plans and the panel."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.lib.now import now
from wenguo.lib.pages import keyset_page
from wenguo.supervision.actions import (
    answer_oversight,
    draw_inspections,
    inspect_complaint,
    mark_improvement,
    order_oversight,
)
from wenguo.supervision.forms import AnswerOversightForm, InspectForm, MarkForm, OversightForm, PlanForm
from wenguo.supervision.models import InspectionPlan, OversightOrder
from wenguo.supervision.queries import panel_of, plans
from wenguo.ui.steps import Given, StepPage, answer, answer_step, opened, page_and_form, page_for


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    return render(request, "supervision/_panel.html", {"complaint": complaint, "now": now(), **panel_of(complaint)})


@login_required
@page_and_form
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """Stage 13 in one form."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.MARK)
    form = MarkForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        mark_improvement(complaint, by=signed_in(request.user), **given)

    page = page_for(
        complaint, _("Use and improve"), submit=_("Record"), done=_("Recorded what this complaint is used for.")
    )
    return answer(request, page, form, perform)


@login_required
@page_and_form
def inspect(request: HttpRequest, reference: str) -> HttpResponse:
    """Stage 14: checklist and verdict."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.INSPECT)
    form = InspectForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        told = {"verdict": given["verdict"], "version": given["version"]}
        inspect_complaint(complaint, by=signed_in(request.user), answers=form.answers(), notes=form.notes(), **told)

    page = page_for(complaint, _("Inspect"), submit=_("Record the verdict"), done=_("The inspection is recorded."))
    return answer(request, page, form, perform)


@login_required
@page_and_form
def oversight(request: HttpRequest, reference: str) -> HttpResponse:
    """督办."""
    complaint = opened(request, reference, get_complaint_for)
    form = OversightForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        order_oversight(complaint, by=signed_in(request.user), text=given["text"], due_at=given["due_at"])

    page = page_for(complaint, _("Oversight order"), submit=_("Give the order"), done=_("The owner was told."))
    return answer(request, page, form, perform)


@login_required
@page_and_form
def oversight_answer(request: HttpRequest, reference: str, order: int) -> HttpResponse:
    """The owner's answer to an oversight order."""
    complaint = opened(request, reference, get_complaint_for)
    form = AnswerOversightForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> None:
        asked = get_object_or_404(OversightOrder, pk=order, complaint=complaint)
        answer_oversight(asked, by=signed_in(request.user), answer=given["answer"])

    page = page_for(complaint, _("Answer the oversight order"), submit=_("Answer"), done=_("Answered."))
    return answer(request, page, form, perform)


@login_required
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    """Inspection plans with their progress."""
    check_permission(signed_in(request.user), Permission.INSPECT)
    page = keyset_page(plans(), (("id", "desc"),), request.GET.get("page") or None, 30)
    return render(request, "supervision/plans.html", {"page": page, "rows": page.rows})


@login_required
@page_and_form
def plan_new(request: HttpRequest) -> HttpResponse:
    """Draws a new sample."""
    check_permission(signed_in(request.user), Permission.INSPECT)

    def perform(form: forms.Form) -> None:
        given = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        draw_inspections(by=signed_in(request.user), **given)

    page = StepPage(_("Draw a sample"), reverse("supervision:plans"), _("Draw"), _("The sample is drawn."))
    return answer_step(request, page, PlanForm(request.POST or None), perform)


@login_required
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: seed, population, each drawn complaint with its finding."""
    check_permission(signed_in(request.user), Permission.INSPECT)
    found = get_object_or_404(InspectionPlan.objects.select_related("unit", "created_by"), pk=pk)
    visible = Complaint.objects.visible_to(signed_in(request.user), Permission.INSPECT)
    rows = found.inspections.filter(complaint__in=visible).select_related("complaint", "inspector")
    return render(request, "supervision/plan.html", {"plan": found, "rows": rows})
