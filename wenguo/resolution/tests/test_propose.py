"""Options: dates, amounts, the law, no strings."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.cast.resolution import in_days
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.actions import Offer, change_proposal, drop_proposal, propose
from wenguo.resolution.choices import PaymentKind, ProposalState
from wenguo.resolution.models import Proposal

MakeOffer = Callable[..., Offer]


def test_is_kept_with_its_date_and_amount(cause_found: Complaint, wang: User, offer: MakeOffer) -> None:
    option = propose(cause_found, offer(amount=Decimal("300.00")), by=wang)

    assert (option.state, option.round, option.amount) == (ProposalState.DRAFT, 1, Decimal("300.00"))
    assert "¥300.00" in cause_found.entries.order_by("-id")[0].body


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"promised_on": in_days(-1)}, "promised_on"),
        ({"promised_on": in_days(3000)}, "promised_on"),
        ({"title": " "}, "title"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal(100), "payment": PaymentKind.NONE}, "amount"),
        ({"payment": PaymentKind.REFUND}, "amount"),
        ({"payment": "bitcoin", "amount": Decimal(1)}, "payment"),
        ({"description": "补偿500元，但请先删除您的帖子"}, "description"),
    ],
)
def test_what_cannot_be_promised_changes_nothing(
    cause_found: Complaint, wang: User, offer: MakeOffer, terms: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as no:
        propose(cause_found, offer(**terms), by=wang)

    assert no.value.field == field
    assert not Proposal.objects.filter(complaint=cause_found).exists()


def test_the_remedy_comes_from_its_tree(
    cause_found: Complaint, wang: User, offer: MakeOffer, gearbox_noise: TaxonomyNode
) -> None:
    with pytest.raises(Refused) as no:
        propose(cause_found, offer(remedy=gearbox_noise), by=wang)

    assert no.value.field == "remedy"


def test_changed_until_it_is_decided(two_options: tuple[Proposal, Proposal], wang: User, offer: MakeOffer) -> None:
    changed = change_proposal(two_options[1], offer("免费维修", amount=Decimal("200.00")), by=wang)

    assert (changed.title, changed.amount) == ("免费维修", Decimal("200.00"))


def test_dropped(two_options: tuple[Proposal, Proposal], wang: User) -> None:
    assert drop_proposal(two_options[1], by=wang).state == ProposalState.DROPPED


def test_not_after_the_decision(decided: Complaint, wang: User, offer: MakeOffer) -> None:
    with pytest.raises(Refused, match="至作出决定之间"):
        propose(decided, offer(), by=wang)

    assert decided.proposals.count() == 2


def test_strangers_propose_nothing(cause_found: Complaint, mallory: User, offer: MakeOffer) -> None:
    with pytest.raises(NotAllowed):
        propose(cause_found, offer(), by=mallory)

    assert not cause_found.proposals.exists()
