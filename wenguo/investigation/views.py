"""Stage 8 as dialogs and pages, and the panel of findings and causes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.actions.files import add_file
from wenguo.complaints.choices import Step
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
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def allegation(request: HttpRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """A new allegation, or better words for one."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    old = found(get_allegation_for, by, reference, pk) if pk else None
    form = AllegationForm(request.POST or None, initial={"text": old.text} if old else None)

    def perform(given: Given) -> object:
        text = given["text"]
        return edit_allegation(old, by=by, text=text) if old else add_allegation(complaint, by=by, text=text)

    return answer(request, page_for(complaint, _("Allegation"), submit=_("Save")), form, perform)


@login_required
@page_and_form
def finding(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_allegation_for, by, reference, pk)
    form = FindingForm(request.POST or None, initial={"finding": one.finding, "reasoning": one.reasoning})
    return answer(
        request,
        page_for(one.complaint, _("Decide the finding"), submit=_("Save"), hint=one.text),
        form,
        lambda given: decide_finding(one, by=by, **given),
    )


@login_required
@page_and_form
def cause(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, up to five times."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    form = CauseForm(request.POST or None, complaint=complaint)

    def perform(given: Given) -> object:
        names = ("kind", "allegation", "node", "statement", "is_controllable")
        return add_cause(complaint, by=by, whys=form.whys, **{name: given[name] for name in names})

    return answer(request, page_for(complaint, _("Cause"), submit=_("Save")), form, perform)


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
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    form = EvidenceForm(request.POST or None, request.FILES or None, complaint=complaint)

    def perform(given: Given) -> object:
        upload = given.pop("file")
        if upload:
            given["attachment"] = add_file(complaint, by=by, name=upload.name, content=upload.file)
        return add_evidence(complaint, by=by, **given)

    return answer(request, page_for(complaint, _("Evidence"), submit=_("Save")), form, perform)


@login_required
@page_and_form
def containment(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    form = ContainmentForm(request.POST or None)
    return answer(
        request,
        page_for(
            complaint, _("Containment"), submit=_("Save"), hint=_("What was done at once so that it gets no worse?")
        ),
        form,
        lambda given: record_containment(complaint, by=by, **given),
    )


@login_required
@page_and_form
def fault(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    form = FaultForm(request.POST or None, complaint=complaint)
    return answer(
        request,
        page_for(
            complaint,
            _("Attribute fault"),
            submit=_("Save"),
            hint=_("Apart from who handles it. The unit may appeal once."),
        ),
        form,
        lambda given: attribute_fault(complaint, by=by, **given),
    )


@login_required
@page_and_form
def appeal(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_attribution_for, by, reference, pk)
    form = AppealForm(request.POST or None)
    return answer(
        request,
        page_for(one.complaint, _("Appeal"), submit=_("Save"), hint=one.reasoning),
        form,
        lambda given: appeal_fault(one, by=by, **given),
    )


@login_required
@page_and_form
def appeal_decide(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    one = found(get_attribution_for, by, reference, pk)
    form = DecideAppealForm(request.POST or None)
    return answer(
        request,
        page_for(one.complaint, _("Decide the appeal"), submit=_("Save"), hint=one.appeal),
        form,
        lambda given: decide_appeal(one, by=by, **given),
    )


@login_required
@page_and_form
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """The step out of stage 8; what is still lacking stands on top."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.FINISH_CAUSE)
    by = signed_in(request)
    form = FinishForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        page_for(
            complaint,
            _("Finish cause analysis"),
            submit=_("Finish"),
            done=_("The cause analysis is finished."),
            hint=" ".join(lacking(complaint)),
        ),
        form,
        lambda given: finish_cause(complaint, by=by, **given),
    )


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Allegations with findings, causes with their chains, evidence, containment, fault."""
    complaint, user = opened(request, reference, get_complaint_for), signed_in(request)
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
