"""A complaint by hand: the page for the phone, and what lies alike while typing."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.desk.actions import take_in_once
from wenguo.desk.forms import TakeInForm
from wenguo.desk.queries.alike import alike
from wenguo.desk.queries.guide import guided_steps
from wenguo.lib.errors import NotAllowed, Refused


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Customer first, then the words; one post makes customer, contact, complaint and files, or nothing."""
    check_permission(signed_in(request.user), Permission.TAKE_IN)
    form = TakeInForm(request.POST or None, request.FILES or None)
    status, once = 200, request.POST.get("once") or secrets.token_hex(12)
    if request.method == "POST":
        status = 422
        reference = _taken_in(request, form, once) if form.is_valid() else ""
        if reference:
            messages.success(request, _("Recorded. The reference is %(reference)s.") % {"reference": reference})
            return redirect("desk:complaint", reference)
    return render(request, "desk/new.html", {"form": form, "guide": guided_steps(), "once": once}, status=status)


def _taken_in(request: HttpRequest, form: TakeInForm, once: str) -> str:
    """The reference; empty where it was refused."""
    try:
        return take_in_once(once, by=signed_in(request.user), **form.cleaned_data)
    except (Refused, NotAllowed) as no:
        field = getattr(no, "field", "")
        form.add_error(field if field in form.fields else None, no.sentence)
        return ""


@login_required
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Complaints that lie near what is being typed: same customer or same words, in the last 90 days."""
    check_permission(signed_in(request.user), Permission.TAKE_IN)
    customer = request.GET.get("customer", "")
    pk = int(customer) if customer.isdecimal() else None
    rows = alike(signed_in(request.user), words=request.GET.get("words", ""), customer=pk)
    return render(request, "desk/_duplicates.html", {"rows": rows})
