"""Several steps in one request: each is there as if taken alone, and what one refuses leaves nothing of any."""

from collections.abc import Callable

import pytest

from tests.cast.dispatch import fresh
from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import proven
from wenguo.complaints.choices import EndedAs, Status
from wenguo.complaints.models import ClockEvent, Complaint, Entry, StageOutput
from wenguo.investigation.actions import KnownCause
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.actions import Offer, approve_and_send, finish_satisfied, resolve_at_first_contact
from wenguo.resolution.choices import ReplyState


@pytest.fixture
def known(check_missing: TaxonomyNode) -> KnownCause:
    return KnownCause(allegation="没查出异响", reasoning="同批次", node=check_missing, statement="检验单没有路试项")


@pytest.fixture
def explained(
    dispatched: Complaint,
    known: KnownCause,
    remedy_node: Callable[[str], TaxonomyNode],
    offer: Callable[..., Offer],
    wang: User,
) -> Complaint:
    """Taken on, resolved by an explanation, the reply given to review: one call."""
    terms = offer("书面说明", remedy=remedy_node("information-written"))
    reply = "检验单缺少路试项，已补上。"
    resolve_at_first_contact(dispatched, known, terms, by=wang, reply=reply, takes_on=True, to_review=True)
    return fresh(dispatched)


def events(complaint: Complaint) -> list[str]:
    return list(AuditEntry.objects.filter(chain=complaint.audit_chain).order_by("seq").values_list("event", flat=True))


def rows_of(complaint: Complaint) -> tuple[int, int, int, int]:
    """Audit, timeline, outputs, clock events: what a refused call must not touch."""
    return (
        len(events(complaint)),
        Entry.objects.filter(complaint=complaint).count(),
        StageOutput.objects.filter(complaint=complaint).count(),
        ClockEvent.objects.filter(clock__complaint=complaint).count(),
    )


def test_taken_on_resolved_and_given_to_review(explained: Complaint, wang: User) -> None:
    assert (explained.stage, explained.owner) == (Stage.FEED_BACK, wang)
    assert explained.replies.get().state == ReplyState.IN_REVIEW
    steps = [event for event in events(explained) if event in ("take_on", "finish_cause", "decide", "reply_submitted")]
    assert steps == ["take_on", "finish_cause", "decide", "reply_submitted"]
    assert proven().broken == []


def test_approved_and_sent_by_the_lead(explained: Complaint, carol: User) -> None:
    reply = approve_and_send(explained.replies.get(), by=carol)
    assert (reply.state, reply.reviewed_by, reply.sent_by) == (ReplyState.SENT, carol, carol)
    assert events(explained)[-2:] == ["reply_approved", "send_reply"]


def test_whoever_may_only_review_sends_nothing_and_approves_nothing(explained: Complaint, rex: User) -> None:
    before = rows_of(explained)
    with pytest.raises(NotAllowed):
        approve_and_send(explained.replies.get(), by=rex)
    assert explained.replies.get().state == ReplyState.IN_REVIEW
    assert rows_of(explained) == before


def test_finished_in_one_talk(explained: Complaint, carol: User) -> None:
    approve_and_send(explained.replies.get(), by=carol)
    closed = finish_satisfied(explained, by=carol, score=5)
    assert (closed.status, closed.ended_as, closed.satisfaction) == (Status.CLOSED, EndedAs.SATISFIED, 5)
    assert events(explained)[-3:] == ["accept_reply", "handle", "close"]
    assert fresh(explained).audit_count == len(events(explained))
    assert proven().broken == []


def test_not_finished_while_a_remedy_is_owed(reply_sent: Complaint, carol: User) -> None:
    before = rows_of(reply_sent)
    with pytest.raises(Refused):
        finish_satisfied(reply_sent, by=carol, score=5)
    assert (fresh(reply_sent).stage, fresh(reply_sent).status) == (Stage.FEED_BACK, Status.OPEN)
    assert rows_of(reply_sent) == before


def test_a_score_that_is_none_changes_nothing(explained: Complaint, carol: User) -> None:
    approve_and_send(explained.replies.get(), by=carol)
    before = rows_of(explained)
    with pytest.raises(Refused) as no:
        finish_satisfied(explained, by=carol, score=6)
    assert no.value.field == "survey"
    assert rows_of(explained) == before
