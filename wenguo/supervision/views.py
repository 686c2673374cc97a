"""Marks, inspections, oversight: steps, plans and the panel."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.lib.links import path
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
from wenguo.ui.steps import StepPage, answer_step


def _complaint(request: HttpRequest, reference: str) -> Complaint:
    try:
        return get_complaint_for(signed_in(request.user), reference)
    except Complaint.DoesNotExist as missing:
        raise Http404 from missing


def _step(
    request: HttpRequest,
    reference: str,
    kind: type[forms.Form],
    words: tuple[str, str, str],
    perform: Callable[[Complaint, forms.Form], object],
) -> HttpResponse:
    found = _complaint(request, reference)
    form = kind(request.POST or None, initial={"version": found.version})
    title, submit, done = words
    page = StepPage(f"{title} · {found.reference}", path("complaint", reference=reference), submit, done)
    return answer_step(request, page, form, lambda given: perform(found, given))


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    found = _complaint(request, reference)
    return render(request, "supervision/_panel.html", {"complaint": found, "now": now(), **panel_of(found)})


@login_required
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """Stage 13 in one form."""

    def perform(found: Complaint, form: forms.Form) -> None:
        mark_improvement(found, by=signed_in(request.user), **form.cleaned_data)

    words = (_("Use and improve"), _("Record"), _("Recorded what this complaint is used for."))
    return _step(request, reference, MarkForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest, reference: str) -> HttpResponse:
    """Stage 14: checklist and verdict."""

    def perform(found: Complaint, form: forms.Form) -> None:
        answers, notes = form.answers(), form.notes()  # type: ignore[attr-defined]
        given = {"answers": answers, "notes": notes, **form.cleaned_data}
        wanted = {key: given[key] for key in ("answers", "notes", "verdict", "version")}
        inspect_complaint(found, by=signed_in(request.user), **wanted)

    words = (_("Inspect"), _("Record the verdict"), _("The inspection is recorded."))
    return _step(request, reference, InspectForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def oversight(request: HttpRequest, reference: str) -> HttpResponse:
    """督办."""

    def perform(found: Complaint, form: forms.Form) -> None:
        given = form.cleaned_data
        order_oversight(found, by=signed_in(request.user), text=given["text"], due_at=given["due_at"])

    words = (_("Oversight order"), _("Give the order"), _("The owner was told."))
    return _step(request, reference, OversightForm, words, perform)


@login_required
@require_http_methods(["GET", "POST"])
def oversight_answer(request: HttpRequest, reference: str, order: int) -> HttpResponse:
    """The owner's answer to an oversight order."""

    def perform(found: Complaint, form: forms.Form) -> None:
        asked = get_object_or_404(OversightOrder, pk=order, complaint=found)
        answer_oversight(asked, by=signed_in(request.user), answer=form.cleaned_data["answer"])

    words = (_("Answer the oversight order"), _("Answer"), _("Answered."))
    return _step(request, reference, AnswerOversightForm, words, perform)


@login_required
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    """Inspection plans with their progress."""
    check_permission(signed_in(request.user), Permission.INSPECT)
    page = keyset_page(plans(), (("id", "desc"),), request.GET.get("page") or None, 30)
    return render(request, "supervision/plans.html", {"page": page, "rows": page.rows})


@login_required
@require_http_methods(["GET", "POST"])
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
