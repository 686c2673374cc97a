"""Deciding: two options, the law, signatures, the promise with its clock."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.cast.resolution import in_days
from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.actions import Offer, decide_remedy, propose
from wenguo.resolution.choices import ProposalState
from wenguo.resolution.models import Approval, Proposal, Remedy

MakeOffer = Callable[..., Offer]
Two = tuple[Proposal, Proposal]


def test_one_is_chosen_and_the_other_dropped(cause_found: Complaint, two_options: Two, wang: User) -> None:
    decided = decide_remedy(cause_found, two_options[0], by=wang)

    assert decided.state == ProposalState.CHOSEN
    two_options[1].refresh_from_db()
    assert two_options[1].state == ProposalState.DROPPED
    cause_found.refresh_from_db()
    assert cause_found.stage == Stage.FEED_BACK
    output = StageOutput.objects.get(complaint=cause_found, stage=Stage.RESOLVE)
    assert (output.body["remedy"], output.body["options"]) == ("replacement-part", 2)


def test_the_promise_has_its_own_clock_to_the_end_of_the_day(decided: Complaint) -> None:
    remedy = Remedy.objects.get(complaint=decided)
    clock = decided.clocks.get(rule="company.promise")

    assert remedy.promised_on == in_days(5)
    assert timezone.localtime(clock.due_at).date() == in_days(5)
    assert clock.state == ClockState.RUNNING


def test_an_explanation_alone_promises_nothing(
    cause_found: Complaint, wang: User, offer: MakeOffer, remedy_node: Callable[[str], TaxonomyNode]
) -> None:
    told = propose(cause_found, offer("书面说明", remedy=remedy_node("information-written")), by=wang)
    propose(cause_found, offer(), by=wang)

    decide_remedy(cause_found, told, by=wang)

    assert not Remedy.objects.filter(complaint=cause_found).exists()
    assert not cause_found.clocks.filter(rule="company.promise").exists()


def test_one_option_is_not_enough(cause_found: Complaint, wang: User, offer: MakeOffer) -> None:
    only = propose(cause_found, offer(), by=wang)

    with pytest.raises(Refused, match="至少比较两个方案"):
        decide_remedy(cause_found, only, by=wang)

    _undecided(cause_found)


def test_one_below_the_law_neither_counts_nor_is_chosen(
    cause_found: Complaint, wang: User, offer: MakeOffer, two_options: Two
) -> None:
    below = propose(cause_found, offer("按 200 元收费", is_below_law=True), by=wang)

    with pytest.raises(Refused, match="低于法定权益"):
        decide_remedy(cause_found, below, by=wang)

    _undecided(cause_found)


def test_a_date_that_went_by_is_not_promised(cause_found: Complaint, two_options: Two, wang: User) -> None:
    with moved_to(now() + timedelta(days=6)), pytest.raises(Refused, match="承诺日期已过"):
        decide_remedy(cause_found, two_options[0], by=wang)

    _undecided(cause_found)


def test_within_the_own_limit_no_signature_is_needed(cause_found: Complaint, two_options: Two, wang: User) -> None:
    assert decide_remedy(cause_found, two_options[1], by=wang).state == ProposalState.CHOSEN


def test_above_it_signatures_are_asked_and_the_stage_stays(
    cause_found: Complaint, two_options: Two, wang: User, offer: MakeOffer
) -> None:
    dear = propose(cause_found, offer("补偿一千五", amount=Decimal("1500.00")), by=wang)

    asked = decide_remedy(cause_found, dear, by=wang)

    assert asked.state == ProposalState.AWAITING
    assert [row.role for row in Approval.objects.filter(proposal=dear)] == ["team_lead"]
    _undecided(cause_found)
    with pytest.raises(Refused, match="正在等待签批"):
        decide_remedy(cause_found, dear, by=wang)


def test_above_every_limit_it_says_what_to_do(
    cause_found: Complaint, two_options: Two, wang: User, offer: MakeOffer
) -> None:
    too_dear = propose(cause_found, offer("赔一辆车", amount=Decimal("250000.00")), by=wang)

    with pytest.raises(Refused, match="没有人的权限覆盖"):
        decide_remedy(cause_found, too_dear, by=wang)

    _undecided(cause_found)


def test_two_signatures_need_two_people(cause_found: Complaint, two_options: Two, wang: User, offer: MakeOffer) -> None:
    dear = propose(cause_found, offer("赔偿五万", amount=Decimal("50000.00")), by=wang)

    with pytest.raises(Refused, match="有权签批的人不足"):
        decide_remedy(cause_found, dear, by=wang)

    _undecided(cause_found)
    assert not Approval.objects.exists()


def test_an_option_of_another_complaint_is_refused(cause_found: Complaint, two_options: Two, wang: User) -> None:
    Proposal.objects.filter(pk=two_options[0].pk).update(round=2)

    with pytest.raises(Refused) as no:
        decide_remedy(cause_found, two_options[0], by=wang)

    assert no.value.field == "proposal"
    _undecided(cause_found)


def test_only_the_owner_or_the_lead(cause_found: Complaint, two_options: Two, alice: User, mallory: User) -> None:
    for person in (alice, mallory):
        with pytest.raises(NotAllowed):
            decide_remedy(cause_found, two_options[0], by=person)

    _undecided(cause_found)


def _undecided(complaint: Complaint) -> None:
    complaint.refresh_from_db()
    assert complaint.stage == Stage.RESOLVE
    assert not Remedy.objects.filter(complaint=complaint).exists()
    assert not StageOutput.objects.filter(complaint=complaint, stage=Stage.RESOLVE).exists()
