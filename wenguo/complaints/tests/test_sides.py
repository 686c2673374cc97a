"""Notes, calls, chasers, files, tasks, personal data."""

import pytest
from django.core.files.storage import default_storage

from wenguo.accounts.actions import deactivate_person
from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.complaints.actions import (
    accept_complaint,
    add_file,
    add_files,
    add_note,
    add_task,
    add_words,
    chase_complaint,
    finish_task,
    log_call,
    open_file,
    reveal_complainant,
)
from wenguo.complaints.actions.files import file_path
from wenguo.complaints.choices import EntryKind, Visibility
from wenguo.complaints.jobs import run_hand_over_of_deactivated
from wenguo.complaints.models import Attachment, Complaint, Entry
from wenguo.complaints.queries import tracking_token, tracking_url
from wenguo.complaints.tests.conftest import Take
from wenguo.complaints.tests.test_life_cycle import everything
from wenguo.lib.actors import COMPLAINANT, SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.choices import Stage


def test_a_note_is_internal_and_rings_who_is_named(submitted: Complaint, alice: User, bob: User, mallory: User) -> None:
    entry = add_note(submitted, by=alice, text="@bob 请核对，@mallory @nobody 也看看")
    assert (entry.kind, entry.visibility) == (EntryKind.NOTE, Visibility.INTERNAL)
    assert [notice.user_key for notice in Notice.objects.all()] == [str(bob.pk)]


def test_a_note_disturbs_no_open_form(submitted: Complaint, alice: User) -> None:
    add_note(submitted, by=alice, text="只是记一下")
    submitted.refresh_from_db()
    assert submitted.version == 1


def test_a_stranger_writes_nothing(submitted: Complaint, mallory: User) -> None:
    before = everything()
    with pytest.raises(NotAllowed):
        add_note(submitted, by=mallory, text="x")
    assert everything() == before


def test_a_call_is_in_the_contact_log_and_internal(submitted: Complaint, alice: User) -> None:
    entry = log_call(submitted, by=alice, summary="已致歉", minutes=3)
    assert entry.visibility == Visibility.INTERNAL
    assert entry.interaction is not None
    assert (entry.interaction.duration_s, entry.interaction.about) == (180, submitted.audit_chain)


def test_added_words_are_public_and_answered(submitted: Complaint, alice: User) -> None:
    entry = add_words(submitted, by=COMPLAINANT, words="昨天又响了")
    assert (entry.visibility, entry.author) == (Visibility.PUBLIC, None)
    assert OutboundMessage.objects.filter(kind="added").exists()
    assert Notice.objects.get().user_key == str(alice.pk)


def test_a_chaser_disturbs_no_open_form_and_is_not_lost_to_one(submitted: Complaint, alice: User) -> None:
    """No form writes the number of chasers, so whoever has one open loses nothing by sending it: the version stays."""
    opened = submitted.version

    chase_complaint(submitted, by=COMPLAINANT, words="为什么还没人联系我？")
    complaint = accept_complaint(submitted, by=alice, version=opened)

    complaint.refresh_from_db()
    assert (complaint.chased, complaint.stage, complaint.version) == (1, Stage.VALIDITY, opened + 1)


def test_a_chaser_is_counted_and_rung_to_owner_and_lead(submitted: Complaint, alice: User, carol: User) -> None:
    complaint = chase_complaint(submitted, by=COMPLAINANT, words="为什么还没人联系我？")
    assert complaint.chased == 1
    assert {str(alice.pk), str(carol.pk)} <= set(Notice.objects.values_list("user_key", flat=True))
    assert OutboundMessage.objects.filter(kind="chased").exists()
    assert Entry.objects.filter(facts__chaser=1).get().visibility == Visibility.PUBLIC


def test_a_file_is_kept_under_its_hash_once(submitted: Complaint, alice: User) -> None:
    one = add_file(submitted, by=alice, name="记录.txt", content="第一页".encode())
    two = add_file(submitted, by=alice, name="副本.txt", content="第一页".encode())
    assert one.sha256 == two.sha256
    assert default_storage.exists(file_path(one.sha256))
    with open_file(one, by=alice) as content:
        assert content.read().decode() == "第一页"
    assert ReadEntry.objects.get().what == f"file {one.pk}"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ\x90\x00"), ("a.png", b"<html><script>"), ("leer.pdf", b""), ("a.pdf", b"not a pdf")],
)
def test_a_disguised_or_dangerous_file_is_refused(submitted: Complaint, alice: User, name: str, content: bytes) -> None:
    before = everything()
    with pytest.raises(Refused):
        add_file(submitted, by=alice, name=name, content=content)
    assert everything() == before


def test_of_several_files_all_or_none(submitted: Complaint, alice: User) -> None:
    with pytest.raises(Refused):
        add_files(submitted, [("a.txt", "好".encode()), ("b.exe", b"MZ")], by=alice)
    assert not Attachment.objects.exists()


def test_a_file_is_not_opened_from_elsewhere(submitted: Complaint, alice: User, mallory: User) -> None:
    attachment = add_file(submitted, by=alice, name="a.txt", content="好".encode())
    with pytest.raises(NotAllowed):
        open_file(attachment, by=mallory)


def test_a_task_is_done_by_those_it_concerns(
    submitted: Complaint, alice: User, bob: User, rex: User, mallory: User
) -> None:
    with pytest.raises(Refused):
        add_task(submitted, by=alice, title="核对保修", assignee=mallory)
    task = add_task(submitted, by=alice, title="核对保修", assignee=bob)
    with pytest.raises(NotAllowed):
        finish_task(task, by=rex)
    finish_task(task, by=bob)
    with pytest.raises(Refused):
        finish_task(task, by=bob)
    assert AuditEntry.objects.filter(event="task_done").count() == 1


def test_tasks_of_somebody_who_left_go_to_the_successor(submitted: Complaint, alice: User, bob: User) -> None:
    task = add_task(submitted, by=alice, title="核对保修", assignee=bob)
    deactivate_person(bob, by=SYSTEM, hand_over_to=alice)
    assert run_hand_over_of_deactivated() == 1
    assert run_hand_over_of_deactivated() == 0
    task.refresh_from_db()
    assert task.assignee == alice


def test_looking_at_the_complainant_needs_a_reason_and_is_kept(
    take: Take, submitted: Complaint, alice: User, quinn: User
) -> None:
    with pytest.raises(Refused):
        reveal_complainant(submitted, by=alice, reason=" ")
    with pytest.raises(NotAllowed):
        reveal_complainant(submitted, by=quinn, reason="好奇")
    with pytest.raises(Refused):
        reveal_complainant(take(customer=None, is_anonymous=True), by=alice, reason="回电")
    assert not ReadEntry.objects.exists()
    points = reveal_complainant(submitted, by=alice, reason="回电")
    assert "+8613812346021" in [point.value for point in points]
    assert ReadEntry.objects.get().actor == alice.audit_name


def test_the_complainant_s_secret_link_is_not_on_the_timeline(submitted: Complaint) -> None:
    """Whoever holds it acts as the complainant; colleagues must not."""
    sent = OutboundMessage.objects.get(kind="received").body
    shown = Entry.objects.get(kind=EntryKind.NOTICE).body
    assert tracking_url(submitted) in sent
    assert tracking_token(submitted).partition(".")[2] not in shown
