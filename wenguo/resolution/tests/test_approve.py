"""Signatures: within the limit, four eyes, two people where the matrix says so."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.cast.people import PASSWORD
from wenguo.accounts.actions import enrol_person
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import Notice
from wenguo.process.choices import Stage
from wenguo.resolution.actions import Offer, approve_proposal, decide_remedy, propose, reject_proposal
from wenguo.resolution.choices import ProposalState
from wenguo.resolution.models import Proposal
from wenguo.resolution.queries import approvals_waiting

MakeOffer = Callable[..., Offer]


@pytest.fixture
def waiting(cause_found: Complaint, two_options: tuple[Proposal, Proposal], wang: User, offer: MakeOffer) -> Proposal:
    """1,500 yuan wait for a team lead."""
    dear = propose(cause_found, offer("补偿一千五", amount=Decimal("1500.00")), by=wang)
    return decide_remedy(cause_found, dear, by=wang)


@pytest.fixture
def second_manager(head_office: Unit) -> User:
    return enrol_person(
        username="meng",
        name="孟青",
        email="meng@haichuan.example",
        unit=head_office,
        password=PASSWORD,
        roles=[(Role.MANAGER, head_office)],
        by=SYSTEM,
    )


def test_with_the_signature_the_owner_decides(
    cause_found: Complaint, waiting: Proposal, carol: User, wang: User
) -> None:
    signed = approve_proposal(waiting.approvals.get(), by=carol, note="同意")

    assert signed.state == ProposalState.APPROVED
    assert Notice.objects.filter(user_key=str(wang.pk), text__contains="现在可以决定").exists()
    assert decide_remedy(cause_found, signed, by=wang).state == ProposalState.CHOSEN
    cause_found.refresh_from_db()
    assert cause_found.stage == Stage.FEED_BACK


def test_a_higher_role_may_sign_too(waiting: Proposal, dora: User) -> None:
    assert approve_proposal(waiting.approvals.get(), by=dora).state == ProposalState.APPROVED


def test_not_signed_says_why_and_goes_back(cause_found: Complaint, waiting: Proposal, carol: User, wang: User) -> None:
    with pytest.raises(Refused) as no:
        reject_proposal(waiting.approvals.get(), by=carol, note=" ")
    assert no.value.field == "note"

    rejected = reject_proposal(waiting.approvals.get(), by=carol, note="先核对误工证明")

    assert rejected.state == ProposalState.REJECTED
    with pytest.raises(Refused, match="未通过或已放弃"):
        decide_remedy(cause_found, rejected, by=wang)


def test_neither_the_proposer_nor_strangers_sign(waiting: Proposal, wang: User, mallory: User, alice: User) -> None:
    for person in (wang, mallory, alice):
        with pytest.raises(NotAllowed):
            approve_proposal(waiting.approvals.get(), by=person)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.approvals.get().decision) == (ProposalState.AWAITING, "")


def test_whoever_proposed_never_signs_even_within_the_limit(
    cause_found: Complaint, two_options: tuple[Proposal, Proposal], carol: User, offer: MakeOffer
) -> None:
    own = decide_remedy(cause_found, propose(cause_found, offer(amount=Decimal("1500.00")), by=carol), by=carol)

    with pytest.raises(NotAllowed, match="须由他人签批"):
        approve_proposal(own.approvals.get(), by=carol)

    assert own.approvals.get().decision == ""


def test_above_the_limit_nobody_signs(
    cause_found: Complaint, two_options: tuple[Proposal, Proposal], wang: User, carol: User, offer: MakeOffer
) -> None:
    dear = propose(cause_found, offer(amount=Decimal("5000.00")), by=wang)
    decide_remedy(cause_found, dear, by=wang)

    with pytest.raises(NotAllowed, match="超出您的权限，需要：值班经理"):
        approve_proposal(dear.approvals.get(), by=carol)

    assert dear.approvals.get().decision == ""


def test_two_signatures_are_of_two_people(
    cause_found: Complaint,
    two_options: tuple[Proposal, Proposal],
    wang: User,
    mei: User,
    second_manager: User,
    offer: MakeOffer,
) -> None:
    dear = propose(cause_found, offer("赔偿五万", amount=Decimal("50000.00")), by=wang)
    decide_remedy(cause_found, dear, by=wang)
    first, second = dear.approvals.order_by("id")

    assert approve_proposal(first, by=mei).state == ProposalState.AWAITING
    with pytest.raises(NotAllowed, match="第二签须由他人"):
        approve_proposal(second, by=mei)
    assert approve_proposal(second, by=second_manager).state == ProposalState.APPROVED


def test_the_queue_shows_what_one_may_sign(waiting: Proposal, carol: User, dora: User, wang: User, otto: User) -> None:
    assert [row.proposal for row in approvals_waiting(carol)] == [waiting]
    assert [row.proposal for row in approvals_waiting(dora)] == [waiting]
    assert not approvals_waiting(wang).exists()
    assert not approvals_waiting(otto).exists()


def test_signed_once_is_signed(waiting: Proposal, carol: User, dora: User) -> None:
    approval = waiting.approvals.get()
    approve_proposal(approval, by=carol)

    with pytest.raises(Refused, match="不需要签批"):
        approve_proposal(approval, by=dora)
