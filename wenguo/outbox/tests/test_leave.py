"""Messages and bell rows are left, held back, taken back and read; nothing is sent here."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from wenguo.lib.now import moved_to
from wenguo.outbox.actions import leave_message, mark_read, ring, undo_message
from wenguo.outbox.choices import MessageState, NoticeKind
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.outbox.queries import counts_by_state, messages_page, unread_count, unread_notices

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 2, 1, tzinfo=UTC)


def leave(**changes: Any) -> OutboundMessage:
    wanted: dict[str, Any] = {
        "kind": "reply",
        "to": "zhang@mail.example",
        "subject": "您的投诉",
        "body": "尊敬的张先生：",
    }
    with moved_to(THEN):
        return leave_message(**{**wanted, **changes})


def test_a_message_waits_with_an_id_of_its_own() -> None:
    first, second = leave(), leave()

    assert (first.state, first.not_before, first.created_at) == (MessageState.QUEUED, None, THEN)
    assert first.message_id != second.message_id
    assert first.message_id.startswith("<")


def test_a_subject_is_one_line_and_fits() -> None:
    message = leave(subject="您的投诉\r\nBcc: everybody@mail.example " + "长" * 400)

    assert "\n" not in message.subject
    assert "\r" not in message.subject
    assert len(message.subject) == 300


def test_the_address_is_sealed_in_the_database() -> None:
    message = leave()
    with connection.cursor() as cursor:
        cursor.execute("select to_address from outbox_outboundmessage where id = %s", [message.pk])
        stored = cursor.fetchone()[0]

    assert "zhang" not in stored
    assert OutboundMessage.objects.get(pk=message.pk).to_address == "zhang@mail.example"


def test_what_is_held_back_can_be_taken_back_once() -> None:
    message = leave(hold_for=timedelta(seconds=30))
    assert (message.state, message.not_before) == (MessageState.HELD, THEN + timedelta(seconds=30))

    assert undo_message(message)
    assert not undo_message(message)
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED


def test_what_is_queued_already_cannot_be_taken_back() -> None:
    message = leave()

    assert not undo_message(message)
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_messages_by_state_newest_first() -> None:
    held = leave(hold_for=timedelta(minutes=1))
    queued = [leave(), leave()]

    assert messages_page("held").rows == [held]
    assert messages_page("queued", size=1).rows == [queued[1]]
    assert counts_by_state() == {"held": 1, "queued": 2}


def test_a_bell_rings_for_one_person_until_read() -> None:
    ring(7, NoticeKind.ASSIGNED, "投诉已分派给您" + "长" * 400, path="/desk/")
    ring(8, NoticeKind.TASK, "任务")

    assert unread_count(7) == len(unread_notices(7)) == 1
    assert len(unread_notices(7)[0].text) == 300
    assert mark_read(7) == 1
    assert (unread_count(7), unread_count(8)) == (0, 1)
    assert Notice.objects.get(user_key="7").read_at is not None


def test_the_bell_shows_the_newest_fifty_and_counts_to_99() -> None:
    for n in range(120):
        ring(7, NoticeKind.TASK, f"任务 {n}")

    assert unread_count(7) == 99
    assert [notice.text for notice in unread_notices(7)][:2] == ["任务 119", "任务 118"]
    assert len(unread_notices(7)) == 50
