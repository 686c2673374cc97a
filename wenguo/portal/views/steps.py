"""What complainants do on their page: each a page of its own, so that it works without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.portal.actions import add_from_web, answer_from_web, chase_from_web, withdraw_from_web
from wenguo.portal.forms import AddForm, AnswerForm, ChaseForm, ShownForm, WithdrawForm
from wenguo.portal.queries import Tracking, tracking_of
from wenguo.portal.views.frame import not_there, secret, show
from wenguo.portal.views.track import complaint_of


@dataclass(frozen=True)
class Step:
    """One thing to do: its name in `Tracking.can`, its words, its form and what it does."""

    name: str
    done: str
    form: type[ShownForm]
    perform: Callable[[Complaint, ShownForm], None]


def _answer(request: HttpRequest, key: str, step: Step, initial: dict[str, Any]) -> HttpResponse:
    """GET shows the page; POST does it and goes back, or shows the page again with the reason and what was typed."""
    complaint = complaint_of(request, key)
    if complaint is None:
        return not_there(request)
    form = step.form(request.POST, request.FILES) if request.method == "POST" else step.form(initial=initial)
    if request.method == "POST" and form.is_valid() and _done(complaint, step, form):
        messages.success(request, step.done)
        return redirect("portal:tracking", key)
    seen = tracking_of(complaint)
    context = {
        "form": form,
        "tracking": seen,
        "complaint": complaint,
        "key": key,
        "possible": _possible(seen, step.name),
        "files_lost": bool(request.FILES),
        "draft": f"portal-{step.name}-{complaint.reference}",
    }
    return secret(show(request, step.name, context, status=422 if form.errors else 200))


def _done(complaint: Complaint, step: Step, form: ShownForm) -> bool:
    try:
        step.perform(complaint, form)
    except (Refused, NotAllowed, Changed) as no:
        field = no.field if isinstance(no, Refused) and no.field in form.fields else None
        form.add_error(field, no.sentence)
        return False
    return True


def _possible(seen: Tracking, name: str) -> bool:
    return seen.can.get(name, False)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    def perform(complaint: Complaint, form: ShownForm) -> None:
        given = form.cleaned_data
        add_from_web(complaint, form=form.token, words=given["words"], files=given["attachments"])

    return _answer(request, key, Step("add", _("Thank you, it is with us now."), AddForm, perform), {})


@never_cache
@require_http_methods(["GET", "POST"])
def chase(request: HttpRequest, key: str) -> HttpResponse:
    def perform(complaint: Complaint, form: ShownForm) -> None:
        chase_from_web(complaint, form=form.token, words=form.cleaned_data["words"])

    done = _("The people in charge have been told that you ask. Thank you for your patience.")
    return _answer(request, key, Step("chase", done, ChaseForm, perform), {})


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    def perform(complaint: Complaint, form: ShownForm) -> None:
        withdraw_from_web(complaint, form=form.token, words=form.cleaned_data["words"])

    return _answer(request, key, Step("withdraw", _("Your complaint is taken back."), WithdrawForm, perform), {})


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Accept or refuse our answer; whoever refuses gets a second review, and is told what happens next."""

    def perform(complaint: Complaint, form: ShownForm) -> None:
        given = form.cleaned_data
        accepted = given["answer"] == "accept"
        answer_from_web(complaint, form=form.token, reply=given["reply"], accepted=accepted, reason=given["reason"])

    complaint = complaint_of(request, key)
    told = tracking_of(complaint).reply if complaint and request.method == "GET" else None
    done = _("Thank you, your decision is with us. What happens next stands below.")
    return _answer(request, key, Step("answer", done, AnswerForm, perform), {"reply": told.pk if told else None})
