"""Stages 2 to 6 as pages and dialogs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.actions import (
    FirstAssessment,
    accept_at_first_contact,
    accept_complaint,
    ask_for_more,
    classify_complaint,
    decline_complaint,
    judge_valid,
    receive_more,
    record_review,
    reweigh_complaint,
    set_importance,
)
from wenguo.complaints.choices import Step
from wenguo.complaints.forms.judge import (
    ClassifyForm,
    DeclineForm,
    FirstContactForm,
    ImportanceForm,
    NoteForm,
    QuestionForm,
    ReviewForm,
    ReweighForm,
    ValidForm,
    classes_of,
    weights_of,
)
from wenguo.ui.found import signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.ACCEPT)
    form = NoteForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Accept"), hint=_("The complainant is told that somebody has it now."))
    return answer(request, page, form, lambda given: accept_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def first_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept, judge valid, classify and weigh at once, where everything is known already."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.ACCEPT)
    form = FirstContactForm(request.POST or None, complaint=complaint, initial=classes_of(complaint))

    def perform(given: Given) -> object:
        note, version = given.pop("note"), given.pop("version")
        assessment = FirstAssessment(**given)
        return accept_at_first_contact(complaint, assessment, by=signed_in(request), note=note, version=version)

    page = page_for(complaint, _("Accept at first contact"), template="complaints/_weigh_fields.html")
    return answer(request, page, form, perform)


@login_required
@page_and_form
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.JUDGE_VALID)
    form = ValidForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Judge valid"))
    return answer(request, page, form, lambda given: judge_valid(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.DECLINE)
    form = DeclineForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(
        complaint, _("Decline"), danger=True, hint=_("The complainant is told the reason and other routes.")
    )
    return answer(request, page, form, lambda given: decline_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def ask_more(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.ASK_MORE)
    form = QuestionForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Ask for more"))
    return answer(request, page, form, lambda given: ask_for_more(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def more_received(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.RECEIVE_MORE)
    form = NoteForm(request.POST or None, initial={"version": complaint.version})
    page = page_for(complaint, _("Go on with what came in"), hint=_("Our clocks run again."))
    return answer(request, page, form, lambda given: receive_more(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def classify(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.CLASSIFY)
    form = ClassifyForm(request.POST or None, complaint=complaint, initial=classes_of(complaint))
    page = page_for(complaint, _("Classify"))
    return answer(request, page, form, lambda given: classify_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def weigh(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.SET_IMPORTANCE)
    known = {"is_urgent": complaint.is_urgent, "is_vulnerable": complaint.is_vulnerable, "version": complaint.version}
    form = ImportanceForm(request.POST or None, initial=known)
    page = page_for(complaint, _("Set importance"), template="complaints/_weigh_fields.html")
    return answer(request, page, form, lambda given: set_importance(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def reweigh(request: HttpRequest, reference: str) -> HttpResponse:
    """The level was set wrongly, or new facts came."""
    complaint = opened(request, reference, get_complaint_for, check_step, Step.REWEIGH)
    form = ReweighForm(request.POST or None, initial=weights_of(complaint))
    hint = _("Now: %(level)s. Limits follow the new level; the change is counted as wrongly prioritised.")
    page = page_for(
        complaint,
        _("Change the importance"),
        template="complaints/_weigh_fields.html",
        hint=hint % {"level": complaint.get_importance_display() or "—"},
    )
    return answer(request, page, form, lambda given: reweigh_complaint(complaint, by=signed_in(request), **given))


@login_required
@page_and_form
def review(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for, check_step, Step.RECORD_REVIEW)
    initial = {"version": complaint.version, "present": [signed_in(request).pk]}
    form = ReviewForm(request.POST or None, complaint=complaint, initial=initial)
    page = page_for(complaint, _("Record the review"))
    return answer(request, page, form, lambda given: record_review(complaint, by=signed_in(request), **given))
