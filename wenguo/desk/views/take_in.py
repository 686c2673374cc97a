"""A complaint by hand: the page for the phone, and what lies alike while typing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.models import Complaint
from wenguo.desk.actions import take_in_by_hand
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
    status = 200
    if request.method == "POST":
        status = 422
        complaint = _taken_in(request, form) if form.is_valid() else None
        if complaint is not None:
            messages.success(
                request, _("Recorded. The reference is %(reference)s.") % {"reference": complaint.reference}
            )
            return redirect("desk:complaint", complaint.reference)
    return render(request, "desk/new.html", {"form": form, "guide": guided_steps()}, status=status)


def _taken_in(request: HttpRequest, form: TakeInForm) -> Complaint | None:
    try:
        return take_in_by_hand(by=signed_in(request.user), **form.cleaned_data)
    except (Refused, NotAllowed) as no:
        field = getattr(no, "field", "")
        form.add_error(field if field in form.fields else None, no.sentence)
        return None


@login_required
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Complaints that lie near what is being typed: same customer or same words, in the last 90 days."""
    check_permission(signed_in(request.user), Permission.TAKE_IN)
    customer = request.GET.get("customer", "")
    pk = int(customer) if customer.isdecimal() else None
    rows = alike(signed_in(request.user), words=request.GET.get("words", ""), customer=pk)
    return render(request, "desk/_duplicates.html", {"rows": rows})
