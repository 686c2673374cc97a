"""Delivery against a real mail server: once, in the right words, and what each of its answers leads to."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.intake.actions import claim_message, mark_sent, note_stale_sendings, resend_uncertain
from wenguo.intake.channels.email_out.tests.conftest import Sink, free_port
from wenguo.intake.jobs import run_deliver
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.actions import leave_message, undo_message
from wenguo.outbox.models import OutboundMessage

pytestmark = pytest.mark.django_db


def left(to: str = "zhang@example.com", **more: object) -> OutboundMessage:
    given = {"kind": "received", "subject": "我们已收到您的投诉", "body": "您好！\n.一行以点开头\n再见"} | more
    return leave_message(to=to, **given)  # type: ignore[arg-type]


def state_of(message: OutboundMessage) -> str:
    message.refresh_from_db()
    return message.state


def test_a_queued_message_arrives_once_and_is_sent(sink: Sink) -> None:
    message = left()

    assert run_deliver() == 1
    assert run_deliver() == 0

    assert sink.message_ids == [message.message_id]
    assert state_of(message) == "sent"
    assert message.sent_at is not None


def test_it_reads_as_it_was_written(sink: Sink) -> None:
    left()
    run_deliver()
    mail = sink.mails[0]
    assert mail["Subject"] == "我们已收到您的投诉"
    assert mail.get_content().splitlines() == ["您好！", ".一行以点开头", "再见"]
    assert mail["Auto-Submitted"] == "auto-generated"


def test_two_workers_do_not_take_the_same_message() -> None:
    left()
    assert claim_message(now()) is not None
    assert claim_message(now()) is None


def test_a_held_message_waits_for_its_time(sink: Sink) -> None:
    message = left(hold_for=timedelta(minutes=5))
    assert run_deliver() == 0
    with moved_to(now() + timedelta(minutes=6)):
        assert run_deliver() == 1
    assert state_of(message) == "sent"


def test_an_undone_message_never_leaves(sink: Sink) -> None:
    message = left(hold_for=timedelta(minutes=5))
    undo_message(message)
    with moved_to(now() + timedelta(minutes=6)):
        assert run_deliver() == 0
    assert sink.mails == []


def test_nobody_answering_is_tried_again_later(sink: Sink, settings: Settings) -> None:
    message = left()
    answering, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    with moved_to(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        assert run_deliver() == 0
    assert state_of(message) == "queued"
    assert message.not_before == datetime(2026, 9, 1, 8, 1, tzinfo=UTC)

    settings.EMAIL_PORT = answering
    with moved_to(datetime(2026, 9, 1, 8, 2, tzinfo=UTC)):
        assert run_deliver() == 1


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"at_rcpt": "450 greylisted"}, "queued"),
        ({"at_rcpt": "550 no such mailbox"}, "failed"),
        ({"after_data": "451 try later"}, "queued"),
        ({"after_data": "554 spam"}, "failed"),
        ({"hangs_up": True}, "uncertain"),
    ],
)
def test_each_answer_leads_to(sink: Sink, answers: dict[str, object], state: str) -> None:
    for name, value in answers.items():
        setattr(sink, name, value)
    message = left()
    assert run_deliver() == 0
    assert state_of(message) == state
    assert message.last_error
    assert sink.mails == []


def test_one_refused_message_stops_no_other(sink: Sink) -> None:
    bad, good = left(to="not an address"), left()
    assert run_deliver() == 1
    assert (state_of(bad), state_of(good)) == ("failed", "sent")


def test_a_header_cannot_be_smuggled_in(sink: Sink) -> None:
    message = left(to="zhang@example.com\r\nBcc: all@example.com")
    assert run_deliver() == 0
    assert state_of(message) == "failed"


def test_an_address_in_chinese_is_delivered(sink: Sink) -> None:
    message = left(to="张伟@例子.example")
    assert run_deliver() == 1
    assert state_of(message) == "sent"


def test_a_sender_that_died_leaves_the_message_uncertain_for_good(sink: Sink) -> None:
    message = left()
    claim_message(now())
    assert note_stale_sendings(now()) == 0
    with moved_to(now() + timedelta(minutes=11)):
        assert run_deliver() == 0
        assert run_deliver() == 0
    assert state_of(message) == "uncertain"
    assert sink.mails == []


def test_a_slow_sender_still_notes_that_it_was_sent() -> None:
    left()
    message = claim_message(now())
    assert message is not None
    note_stale_sendings(now() + timedelta(hours=1))
    mark_sent(message)
    assert state_of(message) == "sent"


def test_a_person_sends_an_uncertain_message_again_under_the_same_number(sink: Sink, ada: User) -> None:
    message = left()
    claim_message(now())
    note_stale_sendings(now() + timedelta(hours=1))

    message.refresh_from_db()
    resend_uncertain(message, by=ada)
    run_deliver()

    assert sink.message_ids == [message.message_id]
    assert AuditEntry.objects.get(event="message.resent").body["was"] == "uncertain"


def test_a_sent_message_is_not_sent_again(sink: Sink, ada: User) -> None:
    message = left()
    run_deliver()
    with pytest.raises(Refused):
        resend_uncertain(message, by=ada)
    run_deliver()
    assert len(sink.mails) == 1


def test_an_agent_cannot_resend(alice: User) -> None:
    message = left()
    with pytest.raises(NotAllowed):
        resend_uncertain(message, by=alice)


def test_without_a_mail_server_messages_stay_queued(settings: Settings) -> None:
    settings.EMAIL_IS_CONFIGURED = False
    message = left()
    assert run_deliver() == 0
    assert state_of(message) == "queued"
