"""Stage 8 as dialogs and pages, and the panel of findings and causes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.actions.files import add_file
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.investigation.access import (
    can_appeal,
    can_attribute,
    can_decide_appeal,
    can_investigate,
    get_allegation_for,
    get_attribution_for,
    get_cause_for,
)
from wenguo.investigation.actions import (
    add_allegation,
    add_cause,
    add_evidence,
    appeal_fault,
    attribute_fault,
    decide_appeal,
    decide_finding,
    edit_allegation,
    finish_cause,
    record_containment,
    remove_cause,
)
from wenguo.investigation.choices import Finding
from wenguo.investigation.forms import (
    AllegationForm,
    AppealForm,
    CauseForm,
    ContainmentForm,
    DecideAppealForm,
    EvidenceForm,
    FaultForm,
    FindingForm,
    FinishForm,
)
from wenguo.investigation.queries import (
    FINDING_KIND,
    allegations_of,
    attributions_of,
    causes_of,
    containments_of,
    evidence_of,
    lacking,
)
from wenguo.lib.links import path
from wenguo.ui.found import found, go_to, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


def asked(request: HttpRequest, reference: str) -> Complaint:
    complaint: Complaint = found(get_complaint_for, signed_in(request), reference)
    return complaint


def answer(
    request: HttpRequest,
    complaint: Complaint,
    title: str,
    form: forms.Form,
    perform: Callable[..., object],
    **more: Any,
) -> HttpResponse:
    """A dialog of stage 8: one title, which is also its button."""
    page = StepPage(title, path("complaint", reference=complaint.reference), more.pop("submit", _("Save")), **more)
    return answer_step(request, page, form, perform)


@login_required
@page_and_form
def allegation(request: HttpRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """A new allegation, or better words for one."""
    complaint, by = asked(request, reference), signed_in(request)
    old = found(get_allegation_for, by, reference, pk) if pk else None
    form = AllegationForm(request.POST or None, initial={"text": old.text} if old else None)

    def perform(form: forms.Form) -> object:
        text = form.cleaned_data["text"]
        return edit_allegation(old, by=by, text=text) if old else add_allegation(complaint, by=by, text=text)

    return answer(request, complaint, _("Allegation"), form, perform)


@login_required
@page_and_form
def finding(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_allegation_for, by, reference, pk)
    form = FindingForm(request.POST or None, initial={"finding": one.finding, "reasoning": one.reasoning})
    return answer(
        request,
        one.complaint,
        _("Decide the finding"),
        form,
        lambda form: decide_finding(one, by=by, **form.cleaned_data),
        hint=one.text,
    )


@login_required
@page_and_form
def cause(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, up to five times."""
    complaint, by = asked(request, reference), signed_in(request)
    form = CauseForm(request.POST or None, complaint=complaint)

    def perform(form: CauseForm) -> object:
        given = form.cleaned_data
        names = ("kind", "allegation", "node", "statement", "is_controllable")
        return add_cause(complaint, by=by, whys=form.whys, **{name: given[name] for name in names})

    return answer(request, complaint, _("Cause"), form, perform)


@login_required
@require_POST
def cause_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    remove_cause(found(get_cause_for, by, reference, pk), by=by)
    return go_to(request, path("complaint", reference=reference))


@login_required
@page_and_form
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """A statement, a file already on the complaint, or a new one."""
    complaint, by = asked(request, reference), signed_in(request)
    form = EvidenceForm(request.POST or None, request.FILES or None, complaint=complaint)

    def perform(form: forms.Form) -> object:
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        if upload:
            given["attachment"] = add_file(complaint, by=by, name=upload.name, content=upload.file)
        return add_evidence(complaint, by=by, **given)

    return answer(request, complaint, _("Evidence"), form, perform)


@login_required
@page_and_form
def containment(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = asked(request, reference), signed_in(request)
    form = ContainmentForm(request.POST or None)
    return answer(
        request,
        complaint,
        _("Containment"),
        form,
        lambda form: record_containment(complaint, by=by, **form.cleaned_data),
        hint=_("What was done at once so that it gets no worse?"),
    )


@login_required
@page_and_form
def fault(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = asked(request, reference), signed_in(request)
    form = FaultForm(request.POST or None, complaint=complaint)
    return answer(
        request,
        complaint,
        _("Attribute fault"),
        form,
        lambda form: attribute_fault(complaint, by=by, **form.cleaned_data),
        hint=_("Apart from who handles it. The unit may appeal once."),
    )


@login_required
@page_and_form
def appeal(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_attribution_for, by, reference, pk)
    form = AppealForm(request.POST or None)
    return answer(
        request,
        one.complaint,
        _("Appeal"),
        form,
        lambda form: appeal_fault(one, by=by, **form.cleaned_data),
        hint=one.reasoning,
    )


@login_required
@page_and_form
def appeal_decide(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_attribution_for, by, reference, pk)
    form = DecideAppealForm(request.POST or None)
    return answer(
        request,
        one.complaint,
        _("Decide the appeal"),
        form,
        lambda form: decide_appeal(one, by=by, **form.cleaned_data),
        hint=one.appeal,
    )


@login_required
@page_and_form
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """The step out of stage 8; what is still lacking stands on top."""
    complaint, by = asked(request, reference), signed_in(request)
    if request.method == "GET":
        check_step(by, complaint, Step.FINISH_CAUSE)
    form = FinishForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        complaint,
        _("Finish cause analysis"),
        form,
        lambda form: finish_cause(complaint, by=by, **form.cleaned_data),
        submit=_("Finish"),
        done=_("The cause analysis is finished."),
        hint=" ".join(lacking(complaint)),
    )


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Allegations with findings, causes with their chains, evidence, containment, fault."""
    complaint, user = asked(request, reference), signed_in(request)
    works = can_investigate(user, complaint)
    context = {
        "complaint": complaint,
        "allegations": [(row, FINDING_KIND[Finding(row.finding)]) for row in allegations_of(complaint)],
        "causes": causes_of(complaint),
        "evidence": evidence_of(complaint),
        "containments": containments_of(complaint),
        "attributions": [
            (row, can_appeal(user, row), can_decide_appeal(user, row)) for row in attributions_of(complaint)
        ],
        "lacking": lacking(complaint) if works else [],
        "works": works,
        "adds": can_investigate(user, complaint, at_cause=False),
        "attributes": can_attribute(user, complaint),
    }
    return render(request, "investigation/_panel.html", context)
