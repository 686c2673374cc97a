"""Monthly reports and management reviews: their list, the page people write on, approval, documents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.insights.access import check_approve_report, check_comment, get_report_for
from wenguo.insights.actions.reports import approve_report, ask_paper, comment, open_report
from wenguo.insights.choices.reports import PaperKind, PaperState, ReportKind
from wenguo.insights.models import Report
from wenguo.insights.queries import rollups
from wenguo.insights.queries.reports import lacking_words, reports_for, sections_for, words_of
from wenguo.insights.reportforms import OpenReportForm
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.ui.found import found

_SHOWN = 60
_PAPERS = 8


@login_required
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest, kind: str) -> HttpResponse:
    """The reports of a kind; a period and a unit open one."""
    user, which = signed_in(request.user), _kind(kind)
    check_permission(user, Permission.SEE_FIGURES)
    form = OpenReportForm(which, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            one = open_report(which, form.days(), unit=form.cleaned_data["unit"], by=user)
            return redirect("insights:report", kind, one.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    rows = list(reports_for(user, which)[:_SHOWN])
    context = {"kind": which, "form": form, "reports": rows}
    return render(request, "insights/reports_of.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One report: figures, and what people write below them."""
    user = signed_in(request.user)
    one = found(get_report_for, user, _kind(kind), pk)
    sections = sections_for(one, user, _language())
    words = words_of(one)
    lacking = {section.key for section in lacking_words(one, sections)} if one.is_draft else set()
    context = {
        "report": one,
        "kind": _kind(kind),
        "sections": [(section, words.get(section.key), section.key in lacking) for section in sections],
        "lacking": len(lacking),
        "as_of": rollups.as_of(),
        "may_comment": one.is_draft and _may(check_comment, user, one),
        "may_approve": one.is_draft and _may(check_approve_report, user, one),
        **_papers_of(one),
    }
    return render(request, "insights/report.html", context)


@login_required
@require_POST
def commented(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    one = found(get_report_for, user, _kind(kind), pk)
    section = request.POST.get("section", "")
    if comment(one, section, request.POST.get("text", ""), by=user):
        messages.success(request, _("Kept."))
    return redirect(f"{request.path.removesuffix('comment/')}#{section}")


@login_required
@require_POST
def approve(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    approve_report(found(get_report_for, user, _kind(kind), pk), by=user)
    messages.success(request, _("Approved. Figures and words are fixed; the documents are being written."))
    return redirect("insights:report", kind, pk)


@login_required
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The documents written so far, as a part of the page; a POST asks for one more."""
    user = signed_in(request.user)
    one = found(get_report_for, user, _kind(kind), pk)
    if request.method == "POST":
        wanted = request.POST.get("format", "")
        if wanted not in PaperKind.values:
            raise Refused(_("Choose PDF or DOCX."))
        ask_paper(one, request.POST.get("language") or _language(), PaperKind(wanted), by=user)
        return redirect("insights:report", kind, pk)
    return render(request, "insights/_papers.html", {"report": one, "kind": _kind(kind), **_papers_of(one)})


@login_required
@require_GET
def paper(request: HttpRequest, kind: str, pk: int, paper: int) -> FileResponse:
    """A document as it was written; who took it away is recorded."""
    user = signed_in(request.user)
    one = found(get_report_for, user, _kind(kind), pk)
    written = one.papers.filter(pk=paper, state=PaperState.DONE).first()
    if written is None or not default_storage.exists(written.path):
        raise Http404
    record_read(ReadKind.EXPORT, "reports", f"{kind} {one.first} {written.kind} {written.sha256[:12]}", by=user)
    stream = default_storage.open(written.path, "rb")
    return FileResponse(stream, as_attachment=True, filename=written.path.rpartition("/")[2])


def _papers_of(one: Report) -> dict[str, Any]:
    rows = list(one.papers.select_related("asked_by")[:_PAPERS])
    return {"papers": rows, "is_writing": any(row.state == PaperState.WAITING for row in rows)}


def _may(check: Any, user: User, one: Report) -> bool:
    try:
        check(user, one.unit)
    except NotAllowed:
        return False
    return True


def _kind(name: str) -> ReportKind:
    if name not in ReportKind.values:
        raise Http404
    return ReportKind(name)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh-hans"
