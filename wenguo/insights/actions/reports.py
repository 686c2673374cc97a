"""Reports: opened for a period, commented by people, approved by somebody, asked for as documents."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record_in
from wenguo.insights.access import check_approve_report, check_comment, check_unit_figures
from wenguo.insights.choices.reports import SECTIONS, PaperKind, ReportKind, ReportState
from wenguo.insights.models import Commentary, Paper, Report
from wenguo.insights.queries.reports import frozen, lacking_words, sections_for
from wenguo.insights.queries.reports.reading import LANGUAGES
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

CHAIN = "reports"
LONGEST = 8000


@transaction.atomic
def open_report(kind: ReportKind, days: Days, *, unit: Unit | None = None, by: User) -> Report:
    """The report of this period and unit: the one that is there, or a new draft."""
    check_unit_figures(by, unit)
    if days.first > days.last:
        raise Refused(_("The period ends before it begins."), "until")
    if days.first > house_today():
        raise Refused(_("The period has not begun yet."), "since")
    there = Report.objects.filter(kind=kind, unit=unit, first=days.first, last=days.last).first()
    if there is not None:
        return there
    check_comment(by, unit)
    report = Report.objects.create(
        kind=kind, unit=unit, first=days.first, last=days.last, opened_at=now(), opened_by=by
    )
    record_in(CHAIN, "report.opened", by=by, body=_named(report))
    return report


@transaction.atomic
def comment(report: Report, section: str, text: str, *, by: User) -> Commentary | None:
    """Somebody's words on a section; the earlier ones stay as history. None where nothing changed."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_comment(by, report.unit)
    if not report.is_draft:
        raise Refused(_("This report is approved. What it says stays as it is."))
    if section not in SECTIONS[ReportKind(report.kind)]:
        raise Refused(_("This report has no such section."))
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(_("At most %(n)d characters fit into a section.") % {"n": LONGEST}, "text")
    newest = report.commentaries.filter(section=section).last()
    if text == (newest.text if newest else ""):
        return None
    kept = Commentary.objects.create(report=report, section=section, text=text, at=now(), by=by)
    body = {**_named(report), "section": section, "characters": len(text), "commentary": kept.pk}
    record_in(CHAIN, "report.commented", by=by, body=body)
    return kept


@transaction.atomic
def approve_report(report: Report, *, by: User) -> Report:
    """Freezes figures and words as the approver sees them, and has the documents written in both languages."""
    report = Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report.pk)
    check_approve_report(by, report.unit)
    if not report.is_draft:
        raise Refused(_("This report is approved already."))
    if report.last >= house_today():
        raise Refused(_("The period is not over yet: its figures may still change."))
    lacking = lacking_words(report, sections_for(report, by, by.language))
    if lacking:
        names = "、".join(one.title for one in lacking)
        raise Refused(_("First write something on: %(sections)s.") % {"sections": names})
    report.content = frozen(report, by)
    report.state, report.approved_at, report.approved_by = ReportState.APPROVED, now(), by
    report.save(update_fields=["content", "state", "approved_at", "approved_by"])
    record_in(
        CHAIN,
        "report.approved",
        by=by,
        body={**_named(report), "section_count": len(SECTIONS[ReportKind(report.kind)])},
    )
    for language in LANGUAGES:
        for kind in PaperKind:
            ask_paper(report, language, kind, by=by)
    return report


@transaction.atomic
def ask_paper(report: Report, language: str, kind: PaperKind, *, by: User) -> Paper:
    """Leaves a document to be written; a draft says on every page that it is one."""
    check_unit_figures(by, report.unit)
    if language not in LANGUAGES:
        raise Refused(_("Choose Chinese or English."))
    paper = Paper.objects.create(
        report=report, language=language, kind=kind, is_draft=report.is_draft, asked_at=now(), asked_by=by
    )
    body = {**_named(report), "paper": paper.pk, "language": language, "format": kind.value}
    record_in(CHAIN, "paper.asked", by=by, body=body)
    return paper


def _named(report: Report) -> dict[str, object]:
    unit = report.unit.code if report.unit else ""
    return {
        "report": report.pk,
        "kind": report.kind,
        "unit": unit,
        "first": str(report.first),
        "last": str(report.last),
    }
