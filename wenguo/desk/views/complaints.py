"""The list of complaints: search and filters, facets, export of what is seen."""

import io
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.complaints.queries import Count, ListPage, Misread, list_page
from wenguo.complaints.rules.fields import FIELDS
from wenguo.desk.forms import BulkForm, FilterForm
from wenguo.desk.queries.address import ListAddress
from wenguo.desk.queries.columns import COLUMNS, EXPORTED
from wenguo.desk.queries.facets import refinements
from wenguo.desk.queries.help import suggestions
from wenguo.desk.queries.lists import counted_views, export_rows, lines_of, views_for
from wenguo.lib.exports import write_csv, write_xlsx
from wenguo.lib.now import now

_IN_FIRST = ("reference", "title")  # the first column shows both


def asked(request: HttpRequest) -> ListAddress:
    return ListAddress.from_query(dict(request.GET.lists()))


@login_required
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """What I may see, narrowed down and in order. A search that cannot be read finds nothing and shows the place."""
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    address = asked(request)
    misread = None
    try:
        page = list_page(user, address.filter, cursor=request.GET.get("page") or None, order=address.order)
    except Misread as mistake:
        misread, page = mistake, ListPage([], Count(0, False), None, None)
    context = _context(request, user, address, page)
    return render(request, "desk/complaints.html", {**context, "misread": misread}, status=422 if misread else 200)


def _context(request: HttpRequest, user: User, address: ListAddress, page: ListPage) -> dict[str, Any]:
    return {
        "page": page,
        "lines": lines_of(page, user, address.columns),
        "address": address,
        "columns": [(key, COLUMNS[key]) for key in address.columns if key not in _IN_FIRST],
        "fields": [one.name if (get_language() or "").startswith("en") else one.name_zh for one in FIELDS],
        "filter": address.filter,
        "filter_query": address.to_string(),
        "form": FilterForm(initial=address.filter.to_query(), asked=address.filter),
        "search_text": address.filter.text,
        "views": views_for(user, address),
        "bulk_form": BulkForm() if can(user, Permission.BULK) else None,
        "may_export": can(user, Permission.EXPORT),
        "now": now(),
        "spread": refinements(user, address) if request.GET.get("facets") else None,
    }


@login_required
@require_GET
def facets(request: HttpRequest) -> HttpResponse:
    """How the matches spread, as a part of the list."""
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    return render(request, "desk/_facets.html", {"spread": refinements(user, asked(request))})


@login_required
@require_GET
def view_counts(request: HttpRequest) -> HttpResponse:
    """The saved views with how many complaints each shows, as a part of the list."""
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    return render(request, "desk/_view_tabs.html", {"views": counted_views(user, asked(request))})


@login_required
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """What may come next in the search box: fields, and values of the field being typed."""
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    return JsonResponse({"items": suggestions(user, request.GET.get("q", ""))})


@login_required
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The list as it is seen, with its columns, as CSV or XLSX; who took what away is recorded."""
    user = signed_in(request.user)
    check_permission(user, Permission.EXPORT)
    address = asked(request)
    rows, count = export_rows(user, address)
    record_read(ReadKind.EXPORT, "complaints", f"{kind}: {address.to_string()}"[:200], by=user, count=count)
    name = f"complaints-{timezone.localdate():%Y%m%d}.{kind}"
    columns = {key: str(COLUMNS[key]) for key in address.columns or EXPORTED}
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
