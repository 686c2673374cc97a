"""Whose fault it was: after the cause, by someone else, appealable once."""

import pytest

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import appeal_fault, attribute_fault, decide_appeal
from wenguo.investigation.choices import Verdict
from wenguo.investigation.models import FaultAttribution
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import Notice


@pytest.fixture
def at_fault(cause_found: Complaint, workshop: Unit, dora: User) -> FaultAttribution:
    return attribute_fault(
        cause_found, by=dora, unit=workshop, verdict=Verdict.AT_FAULT, reasoning="检验单由维修部维护"
    )


@pytest.fixture
def appealed(at_fault: FaultAttribution, wang: User) -> FaultAttribution:
    return appeal_fault(at_fault, by=wang, appeal="检验单由质量部发布")


def test_the_unit_hears_of_it(at_fault: FaultAttribution, wang: User) -> None:
    assert at_fault.verdict == Verdict.AT_FAULT
    assert Notice.objects.filter(user_key=str(wang.pk), text__contains="被认定有责，可申诉一次").exists()


def test_first_the_cause_then_the_fault(taken_on: Complaint, workshop: Unit, dora: User) -> None:
    with pytest.raises(Refused, match="先查清原因"):
        attribute_fault(taken_on, by=dora, unit=workshop, verdict=Verdict.AT_FAULT, reasoning="…")

    assert not taken_on.attributions.exists()


def test_neither_the_owner_nor_an_agent_attributes(
    cause_found: Complaint, workshop: Unit, wang: User, alice: User
) -> None:
    for person in (wang, alice):
        with pytest.raises(NotAllowed):
            attribute_fault(cause_found, by=person, unit=workshop, verdict=Verdict.AT_FAULT, reasoning="…")

    assert not cause_found.attributions.exists()


def test_a_verdict_needs_its_reasoning(cause_found: Complaint, workshop: Unit, dora: User) -> None:
    with pytest.raises(Refused) as no:
        attribute_fault(cause_found, by=dora, unit=workshop, verdict=Verdict.AT_FAULT, reasoning="")

    assert no.value.field == "reasoning"
    assert not cause_found.attributions.exists()


def test_an_upheld_appeal_clears_the_unit(appealed: FaultAttribution, mei: User) -> None:
    decided = decide_appeal(appealed, by=mei, is_upheld=True, reasoning="质量部确认")

    assert decided.appeal_upheld is True


def test_only_the_unit_appeals_and_once(at_fault: FaultAttribution, mallory: User, wang: User) -> None:
    with pytest.raises(NotAllowed):
        appeal_fault(at_fault, by=mallory, appeal="…")
    appeal_fault(at_fault, by=wang, appeal="检验单由质量部发布")
    with pytest.raises(Refused, match="只能申诉一次"):
        appeal_fault(at_fault, by=wang, appeal="再说一次")


def test_whoever_attributed_does_not_decide_the_appeal(appealed: FaultAttribution, dora: User) -> None:
    with pytest.raises(NotAllowed, match="须由他人裁定"):
        decide_appeal(appealed, by=dora, is_upheld=False, reasoning="…")

    appealed.refresh_from_db()
    assert appealed.appeal_decided_at is None


def test_not_at_fault_is_not_appealed(cause_found: Complaint, workshop: Unit, dora: User, wang: User) -> None:
    row = attribute_fault(cause_found, by=dora, unit=workshop, verdict=Verdict.NOT_AT_FAULT, reasoning="…")

    with pytest.raises(Refused, match="无需申诉"):
        appeal_fault(row, by=wang, appeal="…")
