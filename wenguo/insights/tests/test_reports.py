"""Reports: the numbers of the KPI page, words of people with their history, approval that freezes, documents."""

import html
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.test import Client

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.fold import fold
from wenguo.insights.actions.papers import write_due_papers
from wenguo.insights.actions.reports import approve_report, ask_paper, comment, open_report
from wenguo.insights.choices.reports import SECTIONS, PaperKind, PaperState, ReportKind, Section
from wenguo.insights.models import Report
from wenguo.insights.queries import figures
from wenguo.insights.queries.reports import lacking_words, sections_for, words_of
from wenguo.insights.queries.reports.figures import Scene
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days, last_of_month
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now

pytestmark = pytest.mark.usefixtures("lake")


def this_month() -> Days:
    first = house_today().replace(day=1)
    return Days(first, last_of_month(first))


def opened(by: User, kind: ReportKind = ReportKind.MONTHLY, unit: Unit | None = None) -> Report:
    while fold():
        pass
    return open_report(kind, this_month(), unit=unit, by=by)


def cell(report: Report, user: User, section: Section, name: str) -> list[str]:
    (found,) = [one for one in sections_for(report, user, "en") if one.key == section]
    return next(list(row[1:]) for table in found.tables for row in table.rows if row[0] == name)


def worded(report: Report, by: User) -> None:
    for one in lacking_words(report, sections_for(report, by, "en")):
        comment(report, one.key, f"关于{one.key}：已逐件核对。", by=by)


def test_the_numbers_are_those_of_the_rows(closed: Complaint, another: Complaint, mei: User) -> None:
    report = opened(mei)
    first, last = report.first, report.last
    received = [
        one
        for one in Complaint.objects.exclude(status=Status.MERGED)
        if first <= one.received_at.astimezone(mei.zone).date() <= last
    ]
    assert cell(report, mei, Section.ANNEX_H, "Received") == [str(len(received))]
    assert cell(report, mei, Section.BRIEF, "Complaints received")[0] == str(len(received))


def test_the_numbers_are_those_of_the_kpi_page(closed: Complaint, another: Complaint, mei: User) -> None:
    with moved_to(now() + timedelta(days=20)):
        report = opened(mei)
        (goals,) = [one for one in sections_for(report, mei, "en") if one.key == Section.GOALS]
        shown = [list(row[2:4]) for row in goals.tables[0].rows]
        asked = [[str(one.rate.successes), str(one.rate.n)] for one in figures(Scene(report, mei).asked)]
    assert shown == asked
    assert shown[0] == ["1", "2"]  # handled in time; the other one is overdue


def test_a_period_has_one_report_a_unit(mei: User, workshop: Unit) -> None:
    assert opened(mei) == opened(mei)
    assert opened(mei, unit=workshop) != opened(mei)


def test_words_are_kept_with_who_and_when_and_their_history(mei: User, quinn: User) -> None:
    report = opened(mei)
    comment(report, "brief", "本月平稳。", by=quinn)
    assert comment(report, "brief", "本月平稳。", by=mei) is None
    comment(report, "brief", "本月平稳，未见异常。", by=mei)
    words = words_of(report)["brief"]
    assert (words.newest.by, words.newest.text, words.versions) == (mei, "本月平稳，未见异常。", 2)
    events = AuditEntry.objects.filter(chain="reports").order_by("seq").values_list("event", flat=True)
    assert list(events) == ["report.opened", "report.commented", "report.commented"]


def test_only_those_who_may_write_and_approve(
    mei: User, otto: User, quinn: User, mallory: User, guangzhou: Unit
) -> None:
    report = opened(mei)
    with pytest.raises(NotAllowed):
        comment(report, "brief", "x", by=otto)
    with moved_to(now() + timedelta(days=40)), pytest.raises(NotAllowed):
        approve_report(report, by=quinn)
    Membership.objects.create(user=mallory, unit=guangzhou, role=Role.MANAGER)
    with pytest.raises(NotAllowed):
        open_report(ReportKind.MONTHLY, this_month(), by=mallory)
    assert open_report(ReportKind.MONTHLY, this_month(), unit=guangzhou, by=mallory).unit == guangzhou
    with pytest.raises(Refused):
        comment(report, "decisions", "x", by=mei)


def test_approval_asks_for_words_and_for_a_period_that_is_over(closed: Complaint, mei: User) -> None:
    report = opened(mei)
    worded(report, mei)
    with pytest.raises(Refused):
        approve_report(report, by=mei)
    with moved_to(now() + timedelta(days=40)):
        fresh = open_report(ReportKind.MONTHLY, this_month(), by=mei)
        with moved_to(now() + timedelta(days=40)), pytest.raises(Refused):
            approve_report(fresh, by=mei)


def test_what_was_approved_stays_as_it_was(closed: Complaint, mei: User, quinn: User) -> None:
    with moved_to(now() + timedelta(days=40)):
        yesterday = house_today() - timedelta(days=1)
        report = open_report(ReportKind.MONTHLY, Days(yesterday - timedelta(days=60), yesterday), by=mei)
        while fold():
            pass
        worded(report, mei)
        report = approve_report(report, by=mei)
        before = cell(report, mei, Section.ANNEX_H, "Received")
        Complaint.objects.update(received_at=now() - timedelta(days=900))
        assert cell(report, quinn, Section.ANNEX_H, "Received") == before == ["1"]
        with pytest.raises(Refused):
            comment(report, "brief", "改一下", by=mei)
        assert report.papers.count() == 4


@pytest.mark.parametrize("kind", list(ReportKind))
def test_documents_in_both_languages(kind: ReportKind, closed: Complaint, mei: User) -> None:
    report = opened(mei, kind)
    section = SECTIONS[kind][0]
    comment(report, section, "第一行\n#第二行 <b>& *不是标记*", by=mei)
    papers = [ask_paper(report, language, one, by=mei) for language in ("zh-hans", "en") for one in PaperKind]
    assert write_due_papers() == 4
    for paper in papers:
        paper.refresh_from_db()
        assert (paper.state, paper.error) == (PaperState.DONE, "")
        with default_storage.open(paper.path) as stored:
            text = text_of(stored.read(), paper.kind)
        assert "#第二行<b>&*不是标记*" in "".join(html.unescape(text).split())
        assert ("Draft" in text) == (paper.language == "en")
        assert ("草稿" in text) == (paper.language != "en")


def text_of(content: bytes, kind: str) -> str:
    if kind == PaperKind.DOCX:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [name for name in parts.namelist() if name.startswith("word/") and name.endswith(".xml")]
            return "".join(parts.read(name).decode() for name in names)
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_pages(closed: Complaint, mei: User, otto: User, alice: User, client: Client, tmp_path: Path) -> None:
    report = opened(mei)
    client.force_login(mei)
    base = f"/desk/figures/reports/monthly/{report.pk}/"
    assert client.get("/desk/figures/reports/monthly/").status_code == 200
    assert client.get("/desk/figures/reports/review/").status_code == 200
    assert client.post(f"{base}comment/", {"section": "brief", "text": "平稳"}).status_code == 302
    assert "平稳" in client.get(base).content.decode()
    assert client.post(f"{base}papers/", {"format": "pdf", "language": "en"}).status_code == 302
    assert client.get(f"{base}papers/").status_code == 200
    assert client.post(f"{base}approve/").status_code == 422
    assert client.get(f"/desk/figures/reports/review/{report.pk}/").status_code == 404
    client.force_login(otto)
    assert client.get(base).status_code == 200
    assert client.post(f"{base}comment/", {"section": "brief", "text": "x"}).status_code == 403
    client.force_login(alice)
    assert client.get(base).status_code == 403


def test_a_review_shows_what_the_last_one_decided(closed: Complaint, mei: User) -> None:
    today = house_today()
    with moved_to(now() + timedelta(days=2)):
        first = open_report(ReportKind.REVIEW, Days(today - timedelta(days=90), today), by=mei)
        while fold():
            pass
        worded(first, mei)
        comment(first, "decisions", "增加两名质检员。", by=mei)
        approve_report(first, by=mei)
    with moved_to(now() + timedelta(days=60)):
        second = open_report(ReportKind.REVIEW, Days(today + timedelta(days=1), today + timedelta(days=50)), by=mei)
        (follow_up,) = [one for one in sections_for(second, mei, "en") if one.key == Section.FOLLOW_UP]
    assert ["Decisions and resources", "增加两名质检员。"] in [list(row) for row in follow_up.tables[0].rows]
