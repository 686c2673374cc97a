"""One way to answer a form that takes a step: a page without JavaScript, a dialog with it; what was typed is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from wenguo.lib.errors import Changed, NotAllowed, Refused


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
                field = no.field if isinstance(no, Refused) and no.field in form.fields else None
                form.add_error(field, no.sentence)
                status = {NotAllowed: 403, Changed: 409}.get(type(no), 422)
                if isinstance(no, Changed):
                    changes = no.changes
                    _now_seen(form, no.version)
            else:
                return _returned(request, page)
    in_place = request.method == "POST" and request.headers.get("HX-Request")
    template = "ui/_step.html" if in_place else "ui/step.html"
    context = {"page": page, "form": form, "changes": changes, "multipart": form.is_multipart()}
    return render(request, template, context, status=status)


def _now_seen(form: forms.Form, version: int | None) -> None:
    """Who was told what changed may send the form again: on purpose, and without typing it anew."""
    if version is not None and "version" in form.fields and isinstance(form.data, QueryDict):
        typed = form.data.copy()  # keeps fields with several values
        typed[form.add_prefix("version")] = str(version)
        form.data = typed


def _returned(request: HttpRequest, page: StepPage) -> HttpResponse:
    if page.done:
        messages.success(request, page.done)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": page.back})
    return HttpResponseRedirect(page.back)
