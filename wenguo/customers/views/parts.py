"""Contact points and holdings of a customer: one form per verb."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wenguo.accounts.access import signed_in
from wenguo.customers import actions
from wenguo.customers.forms import ContactPointChangeForm, ContactPointForm, EmptyForm, HoldingForm
from wenguo.customers.models import ContactPoint, Customer, Holding
from wenguo.customers.views.pages import customer_or_404, page_of, posted
from wenguo.ui.steps import StepPage, answer_step


def point_or_404(customer: Customer, pk: int) -> ContactPoint:
    point = ContactPoint.objects.filter(customer=customer, pk=pk).select_related("customer").first()
    if point is None:
        raise Http404
    return point


def holding_or_404(customer: Customer, pk: int) -> Holding:
    holding = Holding.objects.filter(customer=customer, pk=pk).select_related("customer", "product", "dealer").first()
    if holding is None:
        raise Http404
    return holding


@login_required
def add_contact_point(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    form = ContactPointForm(posted(request), initial={"version": found.version})
    page = StepPage(_("Add a contact point"), page_of(found), _("Save"), _("Saved."))
    return answer_step(
        request,
        page,
        form,
        lambda valid: actions.add_contact_point(found, by=signed_in(request.user), **valid.cleaned_data),
    )


@login_required
def edit_contact_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    row = point_or_404(found, point)
    form = ContactPointChangeForm(posted(request), initial=_seen(found, row, ("label", "is_primary")))
    page = StepPage(_("Change a contact point"), page_of(found), _("Save"), _("Saved."))

    def perform(valid: forms.Form) -> object:
        typed: dict[str, Any] = valid.cleaned_data
        return actions.change_contact_point(
            row,
            by=signed_in(request.user),
            value=typed["value"] or None,
            label=typed["label"],
            is_primary=typed["is_primary"],
            version=typed["version"],
        )

    return answer_step(request, page, form, perform)


@login_required
def remove_contact_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    row = point_or_404(found, point)
    page = StepPage(
        _("Remove this contact point?"), page_of(found), _("Remove"), _("Removed."), row.get_kind_display(), danger=True
    )
    return answer_step(
        request,
        page,
        EmptyForm(posted(request)),
        lambda _v: actions.remove_contact_point(row, by=signed_in(request.user)),
    )


@login_required
def add_holding(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    form = HoldingForm(posted(request), initial={"version": found.version})
    page = StepPage(_("Add a product"), page_of(found), _("Save"), _("Saved."))
    return answer_step(
        request, page, form, lambda valid: actions.add_holding(found, by=signed_in(request.user), **valid.cleaned_data)
    )


@login_required
def edit_holding(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    row = holding_or_404(found, holding)
    fields = ("product", "description", "serial", "bought_on", "dealer", "mileage_km")
    form = HoldingForm(posted(request), initial=_seen(found, row, fields))
    page = StepPage(_("Change a product"), page_of(found), _("Save"), _("Saved."))
    return answer_step(
        request, page, form, lambda valid: actions.change_holding(row, by=signed_in(request.user), **valid.cleaned_data)
    )


@login_required
def remove_holding(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    row = holding_or_404(found, holding)
    page = StepPage(_("Remove this product?"), page_of(found), _("Remove"), _("Removed."), str(row), danger=True)
    return answer_step(
        request, page, EmptyForm(posted(request)), lambda _v: actions.remove_holding(row, by=signed_in(request.user))
    )


def _seen(customer: Customer, row: ContactPoint | Holding, fields: Iterable[str]) -> dict[str, Any]:
    """What the form begins with, and the version of the customer it was read from."""
    return {"version": customer.version, **{name: getattr(row, name) for name in fields}}
