"""One way to answer a form that takes a step: a page without JavaScript, a dialog with it; what was typed is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.lib.links import path
from wenguo.ui.found import found, signed_in

page_and_form = require_http_methods(["GET", "POST"])

Given = dict[str, Any]
Row = TypeVar("Row")


class Referred(Protocol):
    """What stands under a reference: a complaint."""

    @property
    def reference(self) -> str: ...


class StepForm(forms.Form):
    """A form that knows which version of the row the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class StepPage:
    """What stands around the form. `back` is where one returns to; `done` is said when it worked."""

    title: str
    back: str
    submit: str
    done: str = ""
    hint: str = ""
    danger: bool = False
    template: str = "ui/_step_fields.html"


def opened(
    request: HttpRequest,
    reference: str,
    get: Callable[[Any, str], Row],
    check: Callable[..., object] | None = None,
    *asked: object,
) -> Row:
    """The row, for whoever may see it; a form that could not be sent (`check` refuses) is not shown, but says why."""
    row = found(get, signed_in(request), reference)
    if check is not None and request.method == "GET":
        check(signed_in(request), row, *asked)
    return row


def page_for(complaint: Referred, title: str, **more: Any) -> StepPage:
    """A page that returns to the complaint; the button says what the title says unless told otherwise."""
    known = {"submit": title, "done": _("Done."), **more}
    return StepPage(title=title, back=path("complaint", reference=complaint.reference), **known)


def answer(request: HttpRequest, page: StepPage, form: forms.Form, perform: Callable[[Given], object]) -> HttpResponse:
    """As `answer_step`; `perform` gets what was filled in."""
    return answer_step(request, page, form, lambda valid: perform(valid.cleaned_data))


def answer_step(
    request: HttpRequest, page: StepPage, form: forms.Form, perform: Callable[[forms.Form], object]
) -> HttpResponse:
    """GET shows the form; POST performs and returns to `page.back`, or shows the form again with the reason.

    `perform` gets the valid form and calls the action. NotAllowed → 403, Refused → 422, Changed → 409; in each
    case the form comes back as it was typed.
    """
    status, changes = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                perform(form)
            except (NotAllowed, Refused, Changed) as no:
                status = {NotAllowed: 403, Changed: 409}.get(type(no), 422)
                changes = told(form, no)
            else:
                return _returned(request, page)
    in_place = request.method == "POST" and request.headers.get("HX-Request")
    template = "ui/_step.html" if in_place else "ui/step.html"
    context = {"page": page, "form": form, "changes": changes, "multipart": form.is_multipart()}
    return render(request, template, context, status=status)


def told(form: forms.Form, no: NotAllowed | Refused | Changed) -> list[str]:
    """Puts the sentence on the form, which may then be sent again; what somebody else changed meanwhile."""
    form.add_error(no.field if isinstance(no, Refused) and no.field in form.fields else None, no.sentence)
    if not isinstance(no, Changed):
        return []
    _now_seen(form, no.version)
    return no.changes


def _now_seen(form: forms.Form, version: int | None) -> None:
    """Who was told what changed may send the form again: on purpose, and without typing it anew."""
    if version is not None and "version" in form.fields and isinstance(form.data, QueryDict):
        typed = form.data.copy()  # keeps fields with several values
        typed[form.add_prefix("version")] = str(version)
        form.data = typed


def _returned(request: HttpRequest, page: StepPage) -> HttpResponse:
    if page.done:
        messages.success(request, page.done)
    return HttpResponseRedirect(page.back)
