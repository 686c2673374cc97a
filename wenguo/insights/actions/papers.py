"""Reports as documents: charts drawn, words put below them, PDF or DOCX. Runs in the worker's child."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenguo.audit.actions import record_in
from wenguo.insights.actions.reports import CHAIN
from wenguo.insights.choices.reports import PaperKind, PaperState, ReportKind
from wenguo.insights.models import Paper, Report
from wenguo.insights.queries import rollups
from wenguo.insights.queries.reports import SectionShown, sections_for, words_of
from wenguo.insights.queries.reports.reading import Written
from wenguo.lib.charts import Chart
from wenguo.lib.charts.drawing import Pen
from wenguo.lib.documents import Document, Heading, Picture, Remark, Sheet
from wenguo.lib.documents.docx import write_docx
from wenguo.lib.documents.parts import Part
from wenguo.lib.documents.pdf import write_pdf
from wenguo.lib.now import now

FOLDER = "papers"
_TABLE_ROWS = 15  # of a chart that could not be drawn


def write_due_papers() -> int:
    """Every document that waits, oldest first. One that fails says why and does not hold up the others."""
    done = 0
    waiting = Paper.objects.filter(state=PaperState.WAITING).order_by("id")
    for paper in waiting.select_related("report__unit", "report__approved_by", "asked_by"):
        try:
            _write(paper)
        except Exception as trouble:
            paper.state, paper.error = PaperState.FAILED, repr(trouble)[:300]
            paper.save(update_fields=["state", "error"])
        done += 1
    return done


def _write(paper: Paper) -> None:
    with translation.override(paper.language), timezone.override(paper.asked_by.zone):
        document = document_of(paper)
    written = write_pdf(document) if paper.kind == PaperKind.PDF else write_docx(document)
    paper.size, paper.sha256, paper.made_at = len(written), hashlib.sha256(written).hexdigest(), now()
    report = paper.report
    name = f"{FOLDER}/{report.kind}-{report.first:%Y%m%d}-{report.last:%Y%m%d}-{paper.pk}-{paper.language}.{paper.kind}"
    paper.path, paper.state = default_storage.save(name, ContentFile(written)), PaperState.DONE
    with transaction.atomic():
        paper.save()
        record_in(CHAIN, "paper.written", by=paper.asked_by, body={"paper": paper.pk, "sha256": paper.sha256})


def document_of(paper: Paper) -> Document:
    """The report in the language that is active: sections in their order, each with what people wrote."""
    report, words = paper.report, words_of(paper.report)
    sections = sections_for(report, paper.asked_by, paper.language)
    unit = report.unit.name if report.unit else _("Whole company")
    as_of = rollups.as_of()
    told = _("as of %(moment)s") % {"moment": f"{timezone.localtime(as_of):%Y-%m-%d %H:%M}"} if as_of else ""
    return Document(
        title=f"{ReportKind(report.kind).label} {report.first} – {report.last}",
        subtitle=" · ".join(part for part in (settings.COMPANY_NAME, unit, _standing(report)) if part),
        language="en" if paper.language == "en" else "zh",
        parts=[part for section in sections for part in _parts(section, words.get(section.key), paper.is_draft)],
        mark=_("Draft: not approved") if paper.is_draft else "",
        foot=" · ".join(part for part in (settings.COMPANY_NAME, told if paper.is_draft else "") if part),
        author=paper.asked_by.name,
    )


def _standing(report: Report) -> str:
    if report.is_draft or report.approved_at is None or report.approved_by is None:
        return ""
    day = timezone.localtime(report.approved_at)
    return _("approved by %(who)s, %(day)s") % {"who": report.approved_by.name, "day": f"{day:%Y-%m-%d}"}


def _parts(section: SectionShown, words: Written | None, is_draft: bool) -> Iterator[Part]:
    yield Heading(section.title)
    for table in section.tables:
        yield Sheet(table.columns, table.rows, table.title, table.is_text)
    for chart in section.charts:
        yield from _drawn(chart)
    if words is not None and words.newest.text:
        at = timezone.localtime(words.newest.at)
        yield Remark(_("Commentary"), words.newest.text, f"{words.newest.by.name} · {at:%Y-%m-%d %H:%M}")
    else:
        yield Remark(_("Commentary"), "", empty=section.prompt if is_draft else _("No commentary."))


def _drawn(chart: Chart) -> Iterator[Part]:
    """The picture; as a table where the drawing library is not there."""
    if chart.is_empty:
        return
    library = _library()
    if library is not None:
        yield Picture(library.png(chart, 760, 300), chart.title, chart.note)
        return
    rows = [["–" if cell is None else str(cell) for cell in row] for row in chart.rows[:_TABLE_ROWS]]
    yield Sheet(chart.columns, rows, chart.title)


@cache
def _library() -> Pen | None:
    """One engine for all charts of this child."""
    text = files("wenguo.ui").joinpath("static/ui/vendor/echarts.js").read_text(encoding="utf-8")
    return Pen(text) if text.strip() else None
