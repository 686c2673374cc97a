"""What the complainant says: accepted, or refused and never called solved."""

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.choices import Stage
from wenguo.resolution.actions import answer_by_complainant, mark_handled, record_answer
from wenguo.resolution.choices import ReplyState


def test_accepted_on_the_portal(reply_sent: Complaint, wang: User) -> None:
    answer_by_complainant(reply_sent, accepted=True)

    reply_sent.refresh_from_db()
    assert (reply_sent.reply_accepted, reply_sent.status, reply_sent.stage) == (True, Status.OPEN, Stage.FEED_BACK)
    assert reply_sent.replies.get().state == ReplyState.ACCEPTED
    assert StageOutput.objects.filter(complaint=reply_sent, stage=Stage.FEED_BACK).exists()
    assert AuditEntry.objects.filter(chain=reply_sent.audit_chain, event="accept_reply", actor="complainant").exists()
    assert Notice.objects.filter(user_key=str(wang.pk), text__contains="答复已被接受").exists()


def test_written_down_by_a_colleague(reply_sent: Complaint, alice: User) -> None:
    reply = record_answer(reply_sent, by=alice, accepted=True, through="phone")

    assert (reply.state, reply.answered_through) == (ReplyState.ACCEPTED, "phone")


def test_refused_goes_to_second_review_and_is_not_closed(reply_refused: Complaint, rex: User, wang: User) -> None:
    assert reply_refused.status == Status.SECOND_REVIEW
    assert reply_refused.is_open
    assert (reply_refused.reply_accepted, reply_refused.handled_at, reply_refused.ended_at) == (False, None, None)
    assert Notice.objects.filter(user_key=str(rex.pk), text__contains="进入复核").exists()
    assert OutboundMessage.objects.filter(kind="refusal_received").exists()
    with pytest.raises(Refused):
        mark_handled(reply_refused, by=wang)


def test_a_refusal_needs_its_reason(reply_sent: Complaint) -> None:
    with pytest.raises(Refused) as no:
        answer_by_complainant(reply_sent, accepted=False, reason=" ")

    assert no.value.field == "reason"
    _unanswered(reply_sent)


def test_an_endless_reason_is_refused(reply_sent: Complaint) -> None:
    with pytest.raises(Refused, match="最多 4000"):
        answer_by_complainant(reply_sent, accepted=False, reason="长" * 4001)

    _unanswered(reply_sent)


def test_answered_once(reply_accepted: Complaint) -> None:
    with pytest.raises(Refused, match="已有回应"):
        answer_by_complainant(reply_accepted, accepted=False, reason="改主意了")

    reply_accepted.refresh_from_db()
    assert reply_accepted.reply_accepted is True


def test_nothing_to_answer_before_it_is_sent(reply_approved: Complaint) -> None:
    with pytest.raises(Refused, match="还没有发出"):
        answer_by_complainant(reply_approved, accepted=True)


def test_strangers_answer_nothing(reply_sent: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        record_answer(reply_sent, by=mallory, accepted=True)

    _unanswered(reply_sent)


def _unanswered(complaint: Complaint) -> None:
    complaint.refresh_from_db()
    assert (complaint.reply_accepted, complaint.status) == (None, Status.OPEN)
    assert complaint.replies.get().state == ReplyState.SENT
