"""A reply: drafted, read by other eyes, sent, taken back."""

from datetime import timedelta

import pytest

from tests.cast.dispatch import fresh
from tests.cast.resolution import REPLY
from wenguo.accounts.models import User
from wenguo.audit.queries import empty_shelves
from wenguo.complaints.choices import ClockState, EntryKind, Visibility
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.choices import Stage
from wenguo.process.models import Standard
from wenguo.resolution.actions import (
    approve_reply,
    draft_reply,
    send_back,
    send_reply,
    submit_for_review,
    undo_reply,
)
from wenguo.resolution.choices import ReplyState
from wenguo.resolution.models import Reply


@pytest.fixture
def in_review(decided: Complaint, wang: User) -> Reply:
    return submit_for_review(draft_reply(decided, by=wang, body=REPLY), by=wang)


def test_a_draft_is_rewritten_not_multiplied(decided: Complaint, wang: User) -> None:
    first = draft_reply(decided, by=wang, body="草稿")
    second = draft_reply(decided, by=wang, body=REPLY)

    assert first.pk == second.pk
    assert second.body == REPLY


@pytest.mark.parametrize("body", [" ", "长" * 20_001, "请您先撤回12315投诉，我们再退款。"])
def test_what_must_not_be_sent_is_not_kept(decided: Complaint, wang: User, body: str) -> None:
    with pytest.raises(Refused) as no:
        draft_reply(decided, by=wang, body=body)

    assert no.value.field == "body"
    assert not decided.replies.exists()


def test_reviewers_hear_of_it_but_not_the_drafter(in_review: Reply, carol: User, wang: User) -> None:
    assert in_review.state == ReplyState.IN_REVIEW
    assert Notice.objects.filter(user_key=str(carol.pk), text__contains="等待您审核").exists()
    assert not Notice.objects.filter(user_key=str(wang.pk), text__contains="等待您审核").exists()


def test_whoever_drafted_it_does_not_review_it(decided: Complaint, carol: User) -> None:
    own = submit_for_review(draft_reply(decided, by=carol, body=REPLY), by=carol)

    with pytest.raises(NotAllowed, match="须由他人审核"):
        approve_reply(own, by=carol)

    own.refresh_from_db()
    assert own.state == ReplyState.IN_REVIEW


def test_sent_back_with_a_note_and_submitted_again(in_review: Reply, carol: User, wang: User) -> None:
    with pytest.raises(Refused):
        send_back(in_review, by=carol, note="")

    back = send_back(in_review, by=carol, note="请写明日期")

    assert (back.state, back.review_note) == (ReplyState.SENT_BACK, "请写明日期")
    assert submit_for_review(back, by=wang).state == ReplyState.IN_REVIEW


def test_a_change_after_approval_needs_new_eyes(reply_approved: Complaint, wang: User) -> None:
    changed = draft_reply(reply_approved, by=wang, body="另一份答复")

    assert (changed.state, changed.reviewed_by) == (ReplyState.DRAFT, None)
    with pytest.raises(Refused, match="须先由他人审核"):
        send_reply(reply_approved, by=wang)


def test_not_sent_without_review(decided: Complaint, wang: User) -> None:
    draft_reply(decided, by=wang, body=REPLY)

    with pytest.raises(Refused, match="须先由他人审核"):
        send_reply(decided, by=wang)

    assert not decided.entries.filter(kind=EntryKind.REPLY).exists()
    assert not OutboundMessage.objects.filter(kind="reply").exists()


def test_sent_without_review_where_the_standard_asks_for_none(decided: Complaint, wang: User) -> None:
    Standard.objects.filter(pk=decided.standard_id).update(reply_needs_review=False)
    empty_shelves()
    draft_reply(decided, by=wang, body=REPLY)

    assert send_reply(fresh(decided), by=wang).state == ReplyState.SENT


def test_nothing_to_send(decided: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="请先撰写答复"):
        send_reply(decided, by=wang)


def test_goes_to_the_outbox_held_for_a_moment_and_onto_the_public_timeline(reply_sent: Complaint, wang: User) -> None:
    message = OutboundMessage.objects.get(kind="reply")
    reply = reply_sent.replies.get()
    entry = reply_sent.entries.get(kind=EntryKind.REPLY)

    assert (message.state, message.message_id) == (MessageState.HELD, reply.message_id)
    assert REPLY in message.body
    assert "12315" in message.body
    assert (entry.visibility, entry.author) == (Visibility.PUBLIC, wang)
    assert (reply.state, reply_sent.stage) == (ReplyState.SENT, Stage.FEED_BACK)
    assert reply_sent.clocks.get(rule="company.stage.feed_back").state == ClockState.MET


def test_taken_back_within_moments_as_if_nothing_happened(reply_sent: Complaint, wang: User) -> None:
    back = undo_reply(reply_sent.replies.get(), by=wang)

    assert (back.state, back.sent_at, back.message_id) == (ReplyState.APPROVED, None, "")
    assert OutboundMessage.objects.get(kind="reply").state == MessageState.CANCELLED
    assert reply_sent.entries.get(kind=EntryKind.REPLY).visibility == Visibility.INTERNAL
    assert reply_sent.clocks.get(rule="company.stage.feed_back").state == ClockState.RUNNING
    assert send_reply(reply_sent, by=wang).state == ReplyState.SENT


def test_too_late_to_take_back(reply_sent: Complaint, wang: User) -> None:
    OutboundMessage.objects.filter(kind="reply").update(state=MessageState.QUEUED)

    with moved_to(now() + timedelta(minutes=1)), pytest.raises(Refused, match="无法撤回"):
        undo_reply(reply_sent.replies.get(), by=wang)

    assert reply_sent.replies.get().state == ReplyState.SENT


def test_only_whoever_sent_it_takes_it_back(reply_sent: Complaint, carol: User) -> None:
    with pytest.raises(NotAllowed):
        undo_reply(reply_sent.replies.get(), by=carol)


def test_no_second_reply_while_one_is_out(reply_sent: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="已收到本轮答复"):
        draft_reply(reply_sent, by=wang, body="再补一句")

    assert reply_sent.replies.count() == 1


def test_strangers_write_nothing(decided: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        draft_reply(decided, by=mallory, body=REPLY)

    assert not decided.replies.exists()
