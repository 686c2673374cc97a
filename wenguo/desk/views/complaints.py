"""The list of complaints: filters, saved views, bulk, export."""

import io
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.complaints.queries import ORDERS, ComplaintFilter, list_page
from wenguo.desk.actions import BulkResult, assign_many, close_many, delete_view, save_view
from wenguo.desk.forms import BulkForm, FilterForm, SaveViewForm
from wenguo.desk.models import SavedView
from wenguo.desk.queries.lists import COLUMNS, export_rows, matching_ids, views_for
from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_csv, write_xlsx
from wenguo.lib.now import now


def _asked(request: HttpRequest) -> ComplaintFilter:
    """The filter in the address; the search box sends `q`."""
    given = dict(request.GET.lists())
    if "q" in given:
        given["text"] = given.pop("q")
    return ComplaintFilter.from_query(given)


@login_required
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """What I may see, narrowed down and in order; a fixed number of statements."""
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    given = _asked(request)
    wanted = request.GET.get("sort", "received")
    order = wanted if wanted in ORDERS else wanted.lstrip("-") if wanted.lstrip("-") in ORDERS else "received"
    page = list_page(user, given, cursor=request.GET.get("page") or None, order=order)
    context: dict[str, Any] = {
        "page": page,
        "rows": page.rows,
        "filter": given,
        "filter_query": given.to_string(),
        "form": FilterForm(initial=given.to_query(), asked=given),
        "search_text": given.text,
        "views": views_for(user, given),
        "save_form": SaveViewForm(initial={"query": given.to_string()}),
        "bulk_form": BulkForm() if can(user, Permission.BULK) else None,
        "may_export": can(user, Permission.EXPORT),
        "now": now(),
    }
    return render(request, "desk/complaints.html", context)


@login_required
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The filtered list with its columns as CSV or XLSX; who took what away is recorded."""
    user = signed_in(request.user)
    check_permission(user, Permission.EXPORT)
    given = _asked(request)
    rows, count = export_rows(user, given)
    record_read(
        ReadKind.EXPORT,
        "complaints",
        f"{kind}: {given.to_string()}"[:200],
        by=user,
        count=count,
    )
    name = f"complaints-{timezone.localdate():%Y%m%d}.{kind}"
    columns = {key: str(label) for key, label in COLUMNS.items()}
    if kind == "csv":
        return _attached(StreamingHttpResponse(_encoded(rows, columns), content_type="text/csv; charset=utf-8"), name)
    stream = io.BytesIO()
    write_xlsx(rows, columns, stream, str(_("Complaints")))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name)


def _encoded(rows: Iterator[dict[str, object]], columns: dict[str, str]) -> Iterator[bytes]:
    yield from write_csv(rows, columns)


def _attached(answer: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """One verb on many complaints: each on its own, with the reason where it was refused."""
    check_permission(signed_in(request.user), Permission.BULK)
    form = BulkForm(request.POST)
    back = request.POST.get("back", "")
    results = _performed(request, form, back) if form.is_valid() else []
    context = {"form": form, "results": results, "back": f"{reverse('desk:complaints')}?{back}"}
    return render(request, "desk/bulk.html", context, status=200 if results else 422)


def _performed(request: HttpRequest, form: BulkForm, back: str) -> list[BulkResult]:
    user, given = signed_in(request.user), form.cleaned_data
    ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()]
    if given["matching"]:
        ids = matching_ids(user, ComplaintFilter.from_string(back))
    if given["verb"] == "assign":
        return assign_many(ids, by=user, lead_unit=given["lead_unit"], note=given["note"])
    return close_many(ids, by=user, note=given["note"])


@login_required
@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Keeps the present filters under a name."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the view a name."))
    view = save_view(by=signed_in(request.user), **form.cleaned_data)
    return redirect(f"{reverse('desk:complaints')}?{view.query}")


@login_required
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_view(get_object_or_404(SavedView, pk=pk), by=signed_in(request.user))
    return redirect("desk:complaints")
