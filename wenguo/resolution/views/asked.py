"""What all pages of this room begin with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.lib.links import path
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


def back_to(complaint: Complaint) -> str:
    return path("complaint", reference=complaint.reference)


def asked(request: HttpRequest, reference: str) -> Complaint:
    complaint: Complaint = found(get_complaint_for, signed_in(request), reference)
    return complaint


def opened(request: HttpRequest, reference: str, step: Step) -> Complaint:
    """The complaint; a form that could not be sent is not shown, but says why."""
    complaint = asked(request, reference)
    if request.method == "GET":
        check_step(signed_in(request), complaint, step)
    return complaint


def answer(
    request: HttpRequest,
    complaint: Complaint,
    title: str,
    form: forms.Form,
    perform: Callable[..., object],
    **more: Any,
) -> HttpResponse:
    """One form on one complaint, as a page or a dialog."""
    page = StepPage(title, back_to(complaint), more.pop("submit", _("Save")), **more)
    return answer_step(request, page, form, perform)
