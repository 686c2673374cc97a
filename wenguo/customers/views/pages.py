"""Pages of customers: list, page, look-up while typing, and one form per verb."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.customers import actions, queries
from wenguo.customers.access import can_erase, can_reveal, get_customer_for
from wenguo.customers.forms import (
    ConsentForm,
    CustomerForm,
    InteractionForm,
    MergeForm,
    NewCustomerForm,
    ReasonForm,
)
from wenguo.customers.models import Customer
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.ui.middleware import is_fragment
from wenguo.ui.steps import StepPage, answer_step

FOUND_WHILE_TYPING = 8


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also where its button alone was sent."""
    return request.POST if request.method == "POST" else None


def customer_or_404(request: HttpRequest, pk: int) -> Customer:
    try:
        return get_customer_for(signed_in(request.user), pk)
    except Customer.DoesNotExist as gone:
        raise Http404 from gone


def page_of(customer: Customer) -> str:
    return reverse("customers:page", kwargs={"pk": customer.pk})


@require_GET
@login_required
def customer_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:200]
    found = queries.find_customers(text, signed_in(request.user), cursor=request.GET.get("page"))
    return render(request, "customers/list.html", {"found": found, "q": text})


@require_GET
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Customers while a number or name is being typed, masked; for the type-ahead of forms."""
    text = request.GET.get("q", "")[:200]
    check_permission(signed_in(request.user), Permission.CUSTOMERS)
    rows = queries.find_customers(text, signed_in(request.user), size=FOUND_WHILE_TYPING).rows if text.strip() else []
    items = [
        {
            "value": row.pk,
            "label": row.name or _("Without a name"),
            "hint": " · ".join(part for part in (row.phone, row.email, row.owns) if part),
        }
        for row in rows
    ]
    return JsonResponse({"items": items})


@require_GET
@login_required
def pick(request: HttpRequest) -> HttpResponse:
    """The same as choices of a form: the one ticked is sent as `customer`, whatever a hidden field before it says."""
    text = request.GET.get("q", "")[:200]
    check_permission(signed_in(request.user), Permission.CUSTOMERS)
    rows = queries.find_customers(text, signed_in(request.user), size=FOUND_WHILE_TYPING).rows if text.strip() else []
    return render(request, "customers/_pick.html", {"rows": rows, "q": text})


@require_GET
@login_required
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    if found.pk != pk:
        return redirect(page_of(found))
    user = signed_in(request.user)
    context = {
        "page": queries.customer_page(found, user),
        "can_reveal": can_reveal(user),
        "complaints_url": path("customer_complaints", customer=str(found.pk)),
        "erasure_url": path("customer_erasure", customer=str(found.pk)) if can_erase(user) else "",
    }
    return render(request, "customers/customer.html", context)


@require_GET
@login_required
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    return render(request, "customers/_panel.html", {"page": queries.customer_page(found, signed_in(request.user))})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    check_permission(signed_in(request.user), Permission.CUSTOMERS)
    form = NewCustomerForm(posted(request))
    page = StepPage(_("New customer"), reverse("customers:list"), _("Save"), _("The customer is recorded."))
    return answer_step(
        request,
        page,
        form,
        lambda valid: actions.find_or_create_customer(by=signed_in(request.user), **_without_version(valid)),
    )


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    named = can_reveal(signed_in(request.user))
    form = CustomerForm(posted(request), initial=CustomerForm.initial_of(found, with_names=named))
    if not named:
        form.without_names()
    page = StepPage(_("Change the customer"), page_of(found), _("Save"), _("Saved."))
    return answer_step(
        request,
        page,
        form,
        lambda valid: actions.change_customer(found, by=signed_in(request.user), **valid.cleaned_data),
    )


@login_required
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    form = ConsentForm(posted(request), initial={"purpose": request.GET.get("purpose", "")})
    page = StepPage(_("Consent"), page_of(found), _("Save"), _("The decision is recorded."))
    return _answer(request, page, form, found, actions.record_consent)


@login_required
def add_interaction(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    form = InteractionForm(posted(request), initial={"direction": "in"})
    page = StepPage(_("Record a contact"), page_of(found), _("Save"), _("The contact is recorded."))

    def perform(valid: forms.Form) -> object:
        given = _without_version(valid)
        minutes = given.pop("minutes")
        return actions.log_interaction(found, by=signed_in(request.user), duration_s=minutes and minutes * 60, **given)

    return answer_step(request, page, form, perform)


@login_required
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason, then shows the contact points whole: once, on this answer alone."""
    found = customer_or_404(request, pk)
    form = ReasonForm(posted(request))
    hint = _("Who looked at what, when and why is recorded.")
    step = StepPage(_("Show contact details"), page_of(found), _("Show"), hint=hint)
    if request.method == "POST" and form.is_valid():
        try:
            points = actions.reveal_customer(found, by=signed_in(request.user), reason=form.cleaned_data["reason"])
        except Refused as no:
            form.add_error("reason", no.sentence)
        else:
            template = "customers/_revealed.html" if is_fragment(request) else "customers/revealed.html"
            return render(request, template, {"customer": found, "points": points})
    return answer_step(request, step, form, lambda _valid: None)


@login_required
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    found = customer_or_404(request, pk)
    form = MergeForm(posted(request))
    page = StepPage(
        _("Merge with another record"), page_of(found), _("Merge"), _("The records are one now."), danger=True,
        hint=_("This record will lead to the other one. Nothing is moved or deleted."),
    )  # fmt: skip

    def perform(valid: forms.Form) -> object:
        target = Customer.objects.filter(pk=valid.cleaned_data["target"]).first()
        if target is None:
            raise Refused(_("There is no customer with this number."), field="target")
        return actions.merge_customers(found, target, by=signed_in(request.user), reason=valid.cleaned_data["reason"])

    return answer_step(request, page, form, perform)


def _answer(
    request: HttpRequest, page: StepPage, form: forms.Form, about: Any, action: Callable[..., object]
) -> HttpResponse:
    return answer_step(
        request, page, form, lambda valid: action(about, by=signed_in(request.user), **_without_version(valid))
    )


def _without_version(form: forms.Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
