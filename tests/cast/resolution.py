"""Complaints from the decision to handled, made by actions."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.cast.dispatch import fresh
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.now import now
from wenguo.process.choices import TreeKind
from wenguo.process.models import Standard, TaxonomyNode
from wenguo.resolution.actions import (
    Offer,
    answer_by_complainant,
    approve_reply,
    decide_remedy,
    draft_reply,
    mark_handled,
    perform_remedy,
    propose,
    send_reply,
    submit_for_review,
)
from wenguo.resolution.choices import PaymentKind
from wenguo.resolution.models import Proposal, Remedy

REPLY = "经路试确认变速箱确有异响，三次检修没有查出，是我们交车检验缺项所致。我们将在约定日期前免费更换变速箱总成。"


def in_days(days: int) -> date:
    return timezone.localdate(now()) + timedelta(days=days)


@pytest.fixture
def remedy_node(active_pack: Standard) -> Callable[[str], TaxonomyNode]:
    def node(code: str) -> TaxonomyNode:
        return TaxonomyNode.objects.get(tree=TreeKind.REMEDY, code=code)

    return node


@pytest.fixture
def offer(remedy_node: Callable[[str], TaxonomyNode]) -> Callable[..., Offer]:
    """An option with sensible terms; a test says only what matters to it."""

    def made(title: str = "免费更换变速箱总成", **terms: object) -> Offer:
        given = {"remedy": remedy_node("replacement-part"), "promised_on": in_days(5), **terms}
        if given.get("amount"):
            given.setdefault("payment", PaymentKind.GOODWILL)
        return Offer(title=title, **given)  # type: ignore[arg-type]

    return made


@pytest.fixture
def two_options(cause_found: Complaint, wang: User, offer: Callable[..., Offer]) -> tuple[Proposal, Proposal]:
    """Stage 9: a new gearbox, or a repair with 300 yuan of goodwill."""
    first = propose(cause_found, offer(), by=wang)
    second = propose(cause_found, offer("免费维修并补偿", amount=Decimal("300.00")), by=wang)
    return first, second


@pytest.fixture
def decided(cause_found: Complaint, two_options: tuple[Proposal, Proposal], wang: User) -> Complaint:
    """Stage 11: the new gearbox is promised, the reply is to be written."""
    decide_remedy(cause_found, two_options[0], by=wang)
    return fresh(cause_found)


@pytest.fixture
def reply_approved(decided: Complaint, wang: User, carol: User) -> Complaint:
    """Stage 11: the reply is reviewed by carol and may be sent."""
    reply = draft_reply(decided, by=wang, body=REPLY)
    submit_for_review(reply, by=wang)
    approve_reply(reply, by=carol)
    return fresh(decided)


@pytest.fixture
def reply_sent(reply_approved: Complaint, wang: User) -> Complaint:
    """Stage 11: the complainant has the reply."""
    send_reply(reply_approved, by=wang)
    return fresh(reply_approved)


@pytest.fixture
def reply_accepted(reply_sent: Complaint) -> Complaint:
    """Stage 11: accepted on the portal."""
    answer_by_complainant(reply_sent, accepted=True)
    return fresh(reply_sent)


@pytest.fixture
def reply_refused(reply_sent: Complaint) -> Complaint:
    """Second review: Zhang does not accept it."""
    answer_by_complainant(reply_sent, accepted=False, reason="只换总成不够，误工三天也要有个说法")
    return fresh(reply_sent)


@pytest.fixture
def handled(reply_accepted: Complaint, wang: User) -> Complaint:
    """Stage 12: handled, the remedy still to be performed."""
    return mark_handled(reply_accepted, by=wang)


@pytest.fixture
def performed(handled: Complaint, wang: User) -> Complaint:
    """Stage 12: handled, and the gearbox changed."""
    remedy = Remedy.objects.get(complaint=handled)
    perform_remedy(remedy, by=wang, done_on=in_days(0), proof="更换工单已由车主签字")
    return fresh(handled)
