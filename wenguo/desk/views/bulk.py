"""One verb on many complaints: first what it would be done to, then each on its own with the reason where refused."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.desk.actions import BulkResult, assign_many, close_many
from wenguo.desk.actions.bulk import MOST_AT_ONCE
from wenguo.desk.forms import BulkForm
from wenguo.desk.queries.address import ListAddress
from wenguo.desk.queries.lists import matching_ids

SHOWN = 20


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Without `confirmed` a preview; with `part` only the lines of this part, for the page that shows how far it is."""
    user = signed_in(request.user)
    check_permission(user, Permission.BULK)
    form, back = BulkForm(request.POST), request.POST.get("back", "")
    context = {"form": form, "back": f"{reverse('desk:complaints')}?{back}", "back_query": back}
    ids = _ids(request, user, form, back) if form.is_valid() else []
    if not ids:
        return render(request, "desk/bulk.html", context, status=422)
    if "confirmed" not in request.POST:
        return render(request, "desk/bulk_preview.html", {**context, **_preview(user, ids)})
    template = "desk/_bulk_results.html" if "part" in request.POST else "desk/bulk.html"
    return render(request, template, {**context, "results": _performed(user, form, ids)})


def _ids(request: HttpRequest, user: User, form: BulkForm, back: str) -> list[int]:
    if form.cleaned_data["matching"] and "confirmed" not in request.POST:
        return matching_ids(user, ListAddress.from_string(back))
    return [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 19][:MOST_AT_ONCE]


def _preview(user: User, ids: list[int]) -> dict[str, object]:
    rows = Complaint.objects.visible_to(user).filter(pk__in=ids)
    known = list(rows.order_by("-received_at", "-id").values_list("pk", flat=True))
    first = rows.filter(pk__in=known[:SHOWN]).select_related("lead_unit", "owner").order_by("-received_at", "-id")
    return {"ids": known, "first": first, "more": max(0, len(known) - SHOWN)}


def _performed(user: User, form: BulkForm, ids: list[int]) -> list[BulkResult]:
    given = form.cleaned_data
    if given["verb"] == "assign":
        return assign_many(ids, by=user, lead_unit=given["lead_unit"], note=given["note"])
    return close_many(ids, by=user, note=given["note"])
