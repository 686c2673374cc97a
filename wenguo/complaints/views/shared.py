"""What the views of this room begin with: the complaint asked for, and the page around its form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.lib.links import path
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

Given = dict[str, Any]


def asked(request: HttpRequest, reference: str) -> Complaint:
    """The complaint, for whoever may see it."""
    return found(get_complaint_for, signed_in(request), reference)


def opened(request: HttpRequest, reference: str, step: Step) -> Complaint:
    """The complaint; a form that could not be sent is not shown, but says why."""
    complaint = asked(request, reference)
    if request.method == "GET":
        check_step(signed_in(request), complaint, step)
    return complaint


def page_for(complaint: Complaint, title: str, **more: Any) -> StepPage:
    """A page that returns to the complaint; the button says what the title says unless told otherwise."""
    known = {"submit": title, "done": _("Done."), **more}
    return StepPage(title=title, back=path("complaint", reference=complaint.reference), **known)


def answer(request: HttpRequest, page: StepPage, form: forms.Form, perform: Callable[[Given], object]) -> HttpResponse:
    """`perform` gets what was filled in."""
    return answer_step(request, page, form, lambda valid: perform(valid.cleaned_data))
