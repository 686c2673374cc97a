"""The complaint register: its page, the form of one complaint, and the files people take away."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.complaints.access import can_on, get_complaint_for
from wenguo.complaints.queries import ComplaintFilter, Misread
from wenguo.insights.queries.registers import Eyes, entry_of, headings, register_count, register_page, register_rows
from wenguo.insights.registerforms import RegisterForm
from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_csv, write_xlsx
from wenguo.ui.found import found

_IN_MEMORY = 4_000_000  # bytes of a workbook; beyond, it is written to disk


@login_required
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """What the list finds, as a register; a mistake in the words finds nothing and says so."""
    user = _reader(request)
    given = _filter(request)
    misread = page = None
    try:
        page = register_page(user, given, request.GET.get("page") or None)
    except Misread as mistake:
        misread = mistake
    context = {
        "page": page,
        "misread": misread,
        "form": RegisterForm.shown(user, given),
        "query": given.to_string(),
        "hidden": [(name, value) for name, values in given.to_query().items() for value in values],
        "may_export": can(user, Permission.EXPORT),
        "may_reveal": can(user, Permission.REVEAL),
    }
    return render(request, "insights/register.html", context, status=422 if misread else 200)


@login_required
@require_GET
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """The follow-up form of one complaint, to be read or printed; personal data masked."""
    user = _reader(request)
    complaint = found(get_complaint_for, user, reference)
    if not can_on(user, complaint, Permission.SEE_FIGURES):
        raise Http404
    parts = entry_of(complaint, Eyes(user))
    return render(request, "insights/register_entry.html", {"complaint": complaint, "parts": parts})


@login_required
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """The whole register through the filter; who took what away, and why with personal data, is recorded."""
    user = _reader(request)
    check_permission(user, Permission.EXPORT)
    if kind not in ("csv", "xlsx"):
        raise Http404
    given, eyes = _filter(request), Eyes(user, personal=request.GET.get("personal") == "1")
    reason = _reason(request, user, eyes)
    what = f"register.{kind}{' +personal' if eyes.personal else ''}: {given.to_string()}"[:200]
    record_read(ReadKind.EXPORT, "complaints", what, by=user, reason=reason, count=register_count(user, given))
    name = f"complaint-register-{timezone.localdate():%Y%m%d}.{kind}"
    if kind == "csv":
        answer = StreamingHttpResponse(_csv(eyes, given), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    # the response closes it
    stream = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115
    write_xlsx(register_rows(eyes, given), headings(), stream, str(_("Complaint register")))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name)


def _csv(eyes: Eyes, given: ComplaintFilter) -> Iterator[bytes]:
    yield from write_csv(register_rows(eyes, given), headings())


def _reader(request: HttpRequest) -> User:
    user = signed_in(request.user)
    check_permission(user, Permission.VIEW)
    check_permission(user, Permission.SEE_FIGURES)
    return user


def _reason(request: HttpRequest, user: User, eyes: Eyes) -> str:
    """Why personal data are taken away; without them nobody has to say."""
    if not eyes.personal:
        return ""
    check_permission(user, Permission.REVEAL)
    reason = " ".join(request.GET.get("reason", "").split())[:200]
    if not reason:
        raise Refused(_("Say what the personal data are needed for. It is recorded."))
    return reason


def _filter(request: HttpRequest) -> ComplaintFilter:
    """The same words as the list's address; its search box sends `q`."""
    given = dict(request.GET.lists())
    if "q" in given:
        given["text"] = given.pop("q")
    return ComplaintFilter.from_query(given)
