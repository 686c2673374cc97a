"""After a refusal: another remedy in a new round, or the final opinion."""

from collections.abc import Callable

import pytest

from tests.cast.resolution import REPLY
from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState, Status
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage
from wenguo.process.choices import Stage
from wenguo.resolution.actions import (
    Offer,
    answer_by_complainant,
    approve_reply,
    decide_remedy,
    draft_reply,
    mark_handled,
    propose,
    rework,
    send_final_opinion,
    send_reply,
    submit_for_review,
)
from wenguo.resolution.choices import ReplyKind, ReplyState

OPINION = "经复核，原处理方案符合规定，我们维持免费更换变速箱总成的决定。"


def test_another_remedy_starts_a_new_round_and_keeps_the_cause(reply_refused: Complaint, rex: User) -> None:
    again = rework(reply_refused, by=rex, reason="误工应予补偿")

    assert (again.stage, again.status, again.round) == (Stage.RESOLVE, Status.OPEN, 2)
    assert again.reply_accepted is None
    assert again.clocks.get(rule="company.promise").state == ClockState.CANCELLED
    assert again.clocks.get(rule="company.stage.resolve", state=ClockState.RUNNING)


def test_the_second_round_ends_accepted(
    reply_refused: Complaint, rex: User, wang: User, carol: User, offer: Callable[..., Offer]
) -> None:
    rework(reply_refused, by=rex, reason="误工应予补偿")
    first = propose(reply_refused, offer("换总成并补偿误工"), by=wang)
    propose(reply_refused, offer("换总成并送保养"), by=wang)
    decide_remedy(reply_refused, first, by=wang)
    reply = submit_for_review(draft_reply(reply_refused, by=wang, body=REPLY), by=wang)
    approve_reply(reply, by=carol)
    send_reply(reply_refused, by=wang)
    answer_by_complainant(reply_refused, accepted=True)

    handled = mark_handled(reply_refused, by=wang)

    assert (handled.status, handled.round) == (Status.HANDLED, 2)
    states = list(reply_refused.replies.order_by("id").values_list("round", "state"))
    assert states == [(1, ReplyState.REFUSED), (2, ReplyState.ACCEPTED)]


def test_rework_says_what_to_do_better(reply_refused: Complaint, rex: User) -> None:
    with pytest.raises(Refused) as no:
        rework(reply_refused, by=rex, reason="")

    assert no.value.field == "reason"
    _in_second_review(reply_refused)


def test_neither_owner_nor_agents_decide_the_second_review(reply_refused: Complaint, wang: User, alice: User) -> None:
    for person in (wang, alice):
        with pytest.raises(NotAllowed):
            rework(reply_refused, by=person, reason="…")
        with pytest.raises(NotAllowed):
            draft_reply(reply_refused, by=person, body=OPINION, kind=ReplyKind.FINAL_OPINION)

    _in_second_review(reply_refused)


def test_the_final_opinion_is_read_by_other_eyes_and_closes_not_accepted(
    reply_refused: Complaint, rex: User, mei: User
) -> None:
    draft = draft_reply(reply_refused, by=rex, body=OPINION, kind=ReplyKind.FINAL_OPINION)
    submit_for_review(draft, by=rex)
    approve_reply(draft, by=mei)

    closed = send_final_opinion(reply_refused, by=rex)

    assert (closed.status, closed.stage) == (Status.NOT_ACCEPTED, Stage.IMPROVE)
    assert closed.ended_at is not None
    assert closed.handled_by == rex
    message = OutboundMessage.objects.get(kind="final_opinion")
    assert OPINION in message.body
    assert "12315" in message.body
    assert closed.clocks.get(rule="company.whole").state == ClockState.MET


def test_not_sent_before_it_is_reviewed(reply_refused: Complaint, rex: User) -> None:
    draft_reply(reply_refused, by=rex, body=OPINION, kind=ReplyKind.FINAL_OPINION)

    with pytest.raises(Refused, match="须先由他人审核"):
        send_final_opinion(reply_refused, by=rex)

    _in_second_review(reply_refused)


def test_whoever_wrote_it_does_not_review_it(reply_refused: Complaint, rex: User) -> None:
    draft = draft_reply(reply_refused, by=rex, body=OPINION, kind=ReplyKind.FINAL_OPINION)
    submit_for_review(draft, by=rex)

    with pytest.raises(NotAllowed):
        approve_reply(draft, by=rex)


def test_no_final_opinion_without_a_refusal(reply_sent: Complaint, rex: User) -> None:
    with pytest.raises(Refused):
        draft_reply(reply_sent, by=rex, body=OPINION, kind=ReplyKind.FINAL_OPINION)

    assert reply_sent.replies.count() == 1


def _in_second_review(complaint: Complaint) -> None:
    complaint.refresh_from_db()
    assert (complaint.status, complaint.round, complaint.ended_at) == (Status.SECOND_REVIEW, 1, None)
