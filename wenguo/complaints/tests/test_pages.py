"""The steps as pages: right page, right words, wrong person, what was typed stays."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.audit.models import ReadEntry
from wenguo.complaints.actions import add_file, add_task, ask_for_more, link_complaints
from wenguo.complaints.choices import EntryKind, ValidWhen, Visibility
from wenguo.complaints.models import Clock, Complaint, Entry, Link, Task
from wenguo.complaints.tests.conftest import Take
from wenguo.process.choices import Importance, Stage
from wenguo.process.models import TaxonomyNode

WEIGHED = {"severity": 2, "safety": 1, "complexity": 2, "impact": 1}


@pytest.fixture
def desk(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def page(name: str, complaint: Complaint, **more: Any) -> str:
    return reverse(f"complaints:{name}", kwargs={"reference": complaint.reference, **more})


def post(client: Client, name: str, complaint: Complaint, given: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(page(name, complaint, **more), {"version": complaint.version, **(given or {})})


def test_accepting(desk: Client, submitted: Complaint) -> None:
    assert desk.get(page("accept", submitted)).status_code == 200
    assert post(desk, "accept", submitted, {"note": "已电话确认"}).status_code == 302
    submitted.refresh_from_db()
    assert submitted.stage == Stage.VALIDITY


def test_first_contact(desk: Client, submitted: Complaint, gearbox_noise: TaxonomyNode) -> None:
    assert desk.get(page("first_contact", submitted)).status_code == 200
    given = {**WEIGHED, "issue": gearbox_noise.pk, "apparent_demand": "换变速箱"}
    assert post(desk, "first_contact", submitted, given).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.stage, submitted.importance) == (Stage.ASSIGN, Importance.ORDINARY)
    outputs = set(submitted.outputs.values_list("stage", flat=True))
    assert {"accept", "validity", "classify", "importance", "review"} <= outputs


def test_judging_valid_needs_all_five(desk: Client, accepted: Complaint) -> None:
    assert post(desk, "judge_valid", accepted, {"checks": ["ours"]}).status_code == 422
    assert post(desk, "judge_valid", accepted, {"checks": ValidWhen.values}).status_code == 302


def test_declining(desk: Client, accepted: Complaint, not_ours: TaxonomyNode) -> None:
    assert desk.get(page("decline", accepted)).status_code == 200
    given = {"reason": not_ours.pk, "explanation": "这是另一个品牌的产品。"}
    assert post(desk, "decline", accepted, given).status_code == 302
    accepted.refresh_from_db()
    assert accepted.status == "declined"


def test_asking_and_going_on(desk: Client, accepted: Complaint) -> None:
    assert post(desk, "ask_more", accepted, {"question": "请提供维修单照片"}).status_code == 302
    accepted.refresh_from_db()
    assert accepted.status == "waiting"
    assert desk.get(page("receive_more", accepted)).status_code == 200
    assert post(desk, "receive_more", accepted).status_code == 302


def test_classifying_and_weighing(desk: Client, judged: Complaint, gearbox_noise: TaxonomyNode) -> None:
    assert desk.get(page("classify", judged)).status_code == 200
    assert post(desk, "classify", judged, {"issue": gearbox_noise.pk}).status_code == 302
    judged.refresh_from_db()
    assert desk.get(page("set_importance", judged)).status_code == 200
    assert post(desk, "set_importance", judged, {**WEIGHED, "override": "major"}).status_code == 422
    given = {**WEIGHED, "override": "major", "justification": "媒体已经关注"}
    assert post(desk, "set_importance", judged, given).status_code == 302
    judged.refresh_from_db()
    assert judged.stage == Stage.REVIEW


def test_reviewing(client: Client, major: Complaint, rex: User, dora: User) -> None:
    client.force_login(rex)
    assert client.get(page("record_review", major)).status_code == 200
    given = {"decision": "按重大处理", "minutes": "核对了记录", "present": [rex.pk, dora.pk]}
    assert post(client, "record_review", major, given).status_code == 302


def test_a_step_that_is_not_possible_says_why(desk: Client, accepted: Complaint) -> None:
    answer = desk.get(page("accept", accepted))
    assert answer.status_code == 422
    assert "现在不能" in answer.content.decode() or "受理" in answer.content.decode()


def test_somebody_elsewhere_finds_nothing(client: Client, submitted: Complaint, mallory: User) -> None:
    client.force_login(mallory)
    assert client.get(page("accept", submitted)).status_code == 404
    assert client.get(page("panel_timeline", submitted)).status_code == 404


def test_a_stranger_signs_in_first(client: Client, submitted: Complaint) -> None:
    assert client.get(page("accept", submitted)).status_code == 302


def test_an_old_form_is_refused_and_says_what_changed(desk: Client, accepted: Complaint) -> None:
    answer = desk.post(page("ask_more", accepted), {"version": 1, "question": "请补充发票"})
    assert answer.status_code == 409
    assert "请补充发票" in answer.content.decode()
    accepted.refresh_from_db()
    assert accepted.status == "open"


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "שלום עולם", "🚗💥 ok", "a" * 20_000])
def test_unusual_text_is_kept_and_shown_as_written(desk: Client, submitted: Complaint, typed: str) -> None:
    assert post(desk, "note", submitted, {"text": f"  {typed}\n"}).status_code == 302
    assert Entry.objects.get(kind=EntryKind.NOTE).body.replace("\r\n", "\n") == f"  {typed}\n"
    shown = desk.get(page("panel_timeline", submitted)).content.decode()
    assert "<script>alert" not in shown
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in shown


@pytest.mark.parametrize(("typed", "kept"), [("ab\0cd", "ab"), ("x" * 10_000_000, "x" * 1000)])
def test_what_cannot_be_kept_comes_back_to_be_changed(
    desk: Client, submitted: Complaint, typed: str, kept: str
) -> None:
    answer = post(desk, "note", submitted, {"text": typed})
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert not Entry.objects.filter(kind=EntryKind.NOTE).exists()


def test_the_ends_have_pages(client: Client, submitted: Complaint, carol: User) -> None:
    client.force_login(carol)
    assert client.get(page("withdraw", submitted)).status_code == 200
    assert post(client, "withdraw", submitted, {"words": "问题解决了，不投诉了"}).status_code == 302
    submitted.refresh_from_db()
    assert client.get(page("reopen", submitted)).status_code == 200
    assert post(client, "reopen", submitted, {"reason": "又出现了"}).status_code == 302
    submitted.refresh_from_db()
    assert (submitted.status, submitted.round) == ("open", 2)
    assert client.get(page("close", submitted)).status_code == 200
    assert post(client, "close", submitted).status_code == 422


def test_merging_shows_first_what_happens(desk: Client, submitted: Complaint, take: Take) -> None:
    other = take(customer=None)
    assert desk.get(page("merge", other)).status_code == 200
    first = post(desk, "merge", other, {"target": submitted.reference})
    assert first.status_code == 422
    assert submitted.title in first.content.decode()
    assert 'role="status"' in first.content.decode()
    assert 'role="alert"' not in first.content.decode()
    given = {"target": submitted.reference, "previewed": submitted.reference}
    assert post(desk, "merge", other, given).status_code == 302
    other.refresh_from_db()
    assert other.merged_into == submitted


def test_linking_and_unlinking(desk: Client, submitted: Complaint, take: Take) -> None:
    other = take()
    assert post(desk, "link", submitted, {"other": "nonsense", "kind": "repeat"}).status_code == 422
    assert post(desk, "link", submitted, {"other": other.reference, "kind": "repeat"}).status_code == 302
    assert other.reference in desk.get(page("panel_links", submitted)).content.decode()
    link = Link.objects.get()
    assert desk.post(page("unlink", submitted, pk=link.pk)).status_code == 302
    assert not Link.objects.exists()


def test_chasing_and_clocks(client: Client, submitted: Complaint, carol: User) -> None:
    client.force_login(carol)
    assert post(client, "chase", submitted, {"words": "怎么还没有回复"}).status_code == 302
    assert post(client, "stop_clock", submitted, {"reason": "appraisal", "note": "等鉴定"}).status_code == 302
    submitted.refresh_from_db()
    assert client.get(page("panel_clocks", submitted)).status_code == 200
    assert post(client, "resume_clock", submitted).status_code == 302
    submitted.refresh_from_db()
    clock = Clock.objects.get(complaint=submitted, rule="company.whole")
    assert client.get(page("extend_clock", submitted)).status_code == 200
    given = {"clock": clock.pk, "add": 2, "reason": "配件需要进口"}
    assert post(client, "extend_clock", submitted, given).status_code == 302
    assert client.get(page("why", submitted, clock=clock.pk)).status_code == 200


def test_skipping_a_stage(client: Client, major: Complaint, carol: User) -> None:
    client.force_login(carol)
    assert client.get(page("skip_stage", major)).status_code == 200
    given = {"stage": "review", "justification": "总经理已当场决定，见会议纪要。"}
    assert post(client, "skip_stage", major, given).status_code == 302


def test_who_looks_at_the_complainant_is_recorded(desk: Client, submitted: Complaint) -> None:
    assert post(desk, "reveal", submitted, {"reason": ""}).status_code == 422
    assert not ReadEntry.objects.exists()
    answer = post(desk, "reveal", submitted, {"reason": "回电"})
    assert "张伟" in answer.content.decode()
    assert ReadEntry.objects.get().reason.endswith("回电")


def test_files_are_downloads_and_recorded(desk: Client, submitted: Complaint, alice: User) -> None:
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    attachment = add_file(submitted, by=alice, name="维修单.pdf", content=content, visibility=Visibility.PUBLIC)
    answer = desk.get(page("file", submitted, pk=attachment.pk))
    assert b"".join(answer) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert ReadEntry.objects.get().kind == "download"


def test_tasks(desk: Client, submitted: Complaint, alice: User, bob: User) -> None:
    assert desk.get(page("task", submitted)).status_code == 200
    assert post(desk, "task", submitted, {"title": "联系经销商", "assignee": bob.pk}).status_code == 302
    task = Task.objects.get()
    assert desk.get(page("task_reassign", submitted, pk=task.pk)).status_code == 200
    assert post(desk, "task_reassign", submitted, {"assignee": alice.pk}, pk=task.pk).status_code == 302
    assert post(desk, "task_done", submitted, {"note": "已联系"}, pk=task.pk).status_code == 302
    task.refresh_from_db()
    assert task.done_by == alice


@pytest.mark.parametrize("name", ["panel_timeline", "panel_clocks", "panel_files", "panel_tasks", "panel_links"])
def test_panels_take_the_same_statements_however_much_there_is(
    name: str, desk: Client, take: Take, alice: User
) -> None:
    def statements(complaint: Complaint) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page(name, complaint)).status_code == 200
        return len(asked)

    def more(complaint: Complaint) -> None:
        add_task(complaint, by=alice, title="核对", assignee=alice)
        add_file(complaint, by=alice, name="记录.txt", content="好".encode())
        link_complaints(complaint, other=take(), kind="related", by=alice)

    complaint = take()
    more(complaint)
    statements(complaint)
    few = statements(complaint)
    for _number in range(4):
        more(complaint)
    ask_for_more(complaint, by=alice, question="？")
    assert statements(complaint) == few


def test_call_and_words(desk: Client, submitted: Complaint) -> None:
    given = {"direction": "out", "summary": "已致歉并说明下一步", "minutes": 5}
    assert post(desk, "call", submitted, given).status_code == 302
    assert post(desk, "words", submitted, {"words": "昨天又响了"}).status_code == 302
    call, words = Entry.objects.get(kind=EntryKind.CALL), Entry.objects.filter(kind=EntryKind.WORDS).last()
    assert words is not None
    assert (call.visibility, words.visibility) == (Visibility.INTERNAL, Visibility.PUBLIC)
    assert call.interaction is not None


def test_attaching_several_files(desk: Client, submitted: Complaint) -> None:
    assert desk.get(page("attach", submitted)).status_code == 200
    files = [SimpleUploadedFile("一.txt", "好".encode()), SimpleUploadedFile("二.txt", "坏".encode())]
    answer = desk.post(page("attach", submitted), {"attachments": files, "visibility": "internal"})
    assert answer.status_code == 302
    assert submitted.attachments.count() == 2
    refused = desk.post(page("attach", submitted), {"visibility": "internal"})
    assert refused.status_code == 422
