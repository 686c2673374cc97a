"""The audit on pages: what was done, who saw personal data. For auditors and administrators."""

from datetime import datetime, time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.audit.choices import ReadKind
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.audit.queries import EntryFilter, entries_page, reads_page
from wenguo.desk.queries.audit import event_label, names_of, subject_address, what_label
from wenguo.lib.pages import Page


@login_required
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """Entries of all chains, newest first."""
    check_permission(signed_in(request.user), Permission.AUDIT)
    page = entries_page(_wanted(request), cursor=request.GET.get("page") or None)
    return render(request, "desk/audit.html", _context(request, page, "desk:audit"))


@login_required
@require_GET
def reads(request: HttpRequest) -> HttpResponse:
    """Who saw or exported personal data."""
    check_permission(signed_in(request.user), Permission.AUDIT)
    page = reads_page(_wanted(request), cursor=request.GET.get("page") or None)
    context = _context(request, page, "desk:audit_reads") | {"kinds": ReadKind.choices}
    return render(request, "desk/audit_reads.html", context)


def _wanted(request: HttpRequest) -> EntryFilter:
    given = request.GET
    return EntryFilter(
        actor=given.get("actor", "").strip(),
        event=given.get("event", "").strip(),
        chain=given.get("chain", "").strip(),
        kind=given.get("kind", "").strip(),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )


def _day(text: str) -> datetime | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def _context(request: HttpRequest, page: Page[Any], name: str) -> dict[str, object]:
    names = names_of(row.actor for row in page.rows)
    rows = [{"row": row, "who": names.get(row.actor, row.actor), **_said(row)} for row in page.rows]
    return {"rows": rows, "page": page, "given": request.GET, "page_name": name}


def _said(row: AuditEntry | ReadEntry) -> dict[str, str]:
    """The row in people's words, and where its subject is found."""
    if isinstance(row, AuditEntry):
        return {"what": event_label(row.event), "address": subject_address(row.chain)}
    return {"what": what_label(row.what), "address": subject_address(row.subject)}
