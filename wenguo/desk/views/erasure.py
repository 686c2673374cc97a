"""Erasing a customer's data: ask, see what would go, confirm; and the hold that stands against it.

The counting and the erasing is the worker's: it reaches into every room, this page only into its rows.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.access import signed_in
from wenguo.customers import actions
from wenguo.customers.access import check_may_erase, get_customer_for
from wenguo.customers.choices import Erased
from wenguo.customers.models import Customer, Erasure
from wenguo.customers.queries import erasures_of
from wenguo.desk.forms import ErasureForm, HoldForm
from wenguo.ui.found import found
from wenguo.ui.steps import StepForm, StepPage, answer_step


@login_required
@require_GET
def erasure(request: HttpRequest, customer: int) -> HttpResponse:
    """Where an erasure stands, what was asked before, and whether the data are held."""
    person = _customer(request, customer)
    asked = list(erasures_of(person))
    return render(request, "desk/erasure.html", _context(person, asked))


@login_required
@require_GET
def progress(request: HttpRequest, customer: int) -> HttpResponse:
    """The same part again while the worker is on it."""
    person = _customer(request, customer)
    return render(request, "desk/_erasure.html", _context(person, list(erasures_of(person)[:1])))


@login_required
def ask(request: HttpRequest, customer: int) -> HttpResponse:
    person = _customer(request, customer)
    page = StepPage(
        title=_("Erase personal data"),
        back=_page_of(person),
        submit=_("Show what would go"),
        hint=_("Nothing is erased yet: you see first what would go, and decide then."),
    )
    form = ErasureForm(request.POST or None)
    return answer_step(
        request,
        page,
        form,
        lambda typed: actions.ask_for_erasure(person, by=signed_in(request.user), ground=typed.cleaned_data["ground"]),
    )


@login_required
def confirm(request: HttpRequest, customer: int, pk: int) -> HttpResponse:
    person = _customer(request, customer)
    row = _erasure(person, pk)
    page = StepPage(
        title=_("Erase for good?"),
        back=_page_of(person),
        submit=_("Erase for good"),
        done=_("The data are being erased."),
        hint=_("This cannot be undone. Nobody, not even the administrator, gets the data back."),
        danger=True,
    )
    form = StepForm(request.POST if request.method == "POST" else None)
    return answer_step(
        request,
        page,
        form,
        lambda _typed: actions.confirm_erasure(row, by=signed_in(request.user)),
    )


@login_required
@require_POST
def drop(request: HttpRequest, customer: int, pk: int) -> HttpResponse:
    person = _customer(request, customer)
    actions.drop_erasure(_erasure(person, pk), by=signed_in(request.user))
    messages.success(request, _("Nothing was erased."))
    return redirect(_page_of(person))


@login_required
def hold(request: HttpRequest, customer: int) -> HttpResponse:
    person = _customer(request, customer)
    page = StepPage(
        title=_("Hold the data"),
        back=_page_of(person),
        submit=_("Hold"),
        done=_("The data are held: nothing of this customer can be erased."),
        hint=_("For a lawsuit, an authority, an insurer: until you lift the hold nothing can be erased."),
    )
    form = HoldForm(request.POST or None)
    return answer_step(
        request,
        page,
        form,
        lambda typed: actions.hold_data(person, by=signed_in(request.user), reason=typed.cleaned_data["reason"]),
    )


@login_required
@require_POST
def lift(request: HttpRequest, customer: int) -> HttpResponse:
    person = _customer(request, customer)
    actions.lift_hold(person, by=signed_in(request.user))
    messages.success(request, _("The hold is lifted."))
    return redirect(_page_of(person))


def _customer(request: HttpRequest, pk: int) -> Customer:
    user = signed_in(request.user)
    person = found(get_customer_for, user, pk)
    check_may_erase(user)
    return person


def _erasure(person: Customer, pk: int) -> Erasure:
    return found(erasures_of(person).get, pk=pk)


def _page_of(person: Customer) -> str:
    return reverse("desk:erasure", args=[person.pk])


def _context(person: Customer, asked: list[Erasure]) -> dict[str, Any]:
    latest = asked[0] if asked else None
    return {
        "customer": person,
        "latest": latest,
        "gone": [(Erased(what).label, count) for what, count in latest.gone.items()] if latest else [],
        "earlier": asked[1:],
    }
