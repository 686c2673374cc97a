"""The end of stage 8, and the known cause in one step."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.investigation.actions import (
    KnownCause,
    add_allegation,
    decide_finding,
    finish_cause,
    record_containment,
    state_known_cause,
)
from wenguo.investigation.choices import CauseKind, Finding
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode


def test_leaves_findings_and_causes_and_says_whether_upheld(investigated: Complaint, wang: User) -> None:
    finished = finish_cause(investigated, by=wang, note="检验单缺项")

    assert (finished.stage, finished.is_upheld) == (Stage.RESOLVE, True)
    output = StageOutput.objects.get(complaint=investigated, stage=Stage.CAUSE)
    assert output.body == {"findings": {"substantiated": 1}, "causes": ["process-delivery"], "is_upheld": True}
    assert investigated.clocks.get(rule="company.stage.cause").state == ClockState.MET


def test_without_an_allegation_it_is_not_finished(taken_on: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="请至少写明一个投诉事项"):
        finish_cause(taken_on, by=wang)

    _unfinished(taken_on)


def test_every_allegation_needs_its_finding(investigated: Complaint, wang: User) -> None:
    add_allegation(investigated, by=wang, text="报价前后不一")

    with pytest.raises(Refused, match="还缺：第 2 项"):
        finish_cause(investigated, by=wang)

    _unfinished(investigated)


def test_what_is_substantiated_needs_a_root_cause(investigated: Complaint, wang: User) -> None:
    investigated.causes.update(kind=CauseKind.CONTRIBUTING)

    with pytest.raises(Refused, match="至少写明一条根本原因"):
        finish_cause(investigated, by=wang)

    _unfinished(investigated)


def test_where_nothing_was_substantiated_no_cause_is_needed(taken_on: Complaint, wang: User) -> None:
    allegation = add_allegation(taken_on, by=wang, text="报价前后不一")
    decide_finding(allegation, by=wang, finding=Finding.NOT_SUBSTANTIATED, reasoning="两份报价一致")

    assert finish_cause(taken_on, by=wang).is_upheld is False


@pytest.mark.parametrize("flag", ["is_urgent", "is_safety"])
def test_containment_comes_first_where_it_is_urgent_or_about_safety(
    investigated: Complaint, wang: User, flag: str
) -> None:
    Complaint.objects.filter(pk=investigated.pk).update(**{flag: True})

    with pytest.raises(Refused, match="请先记录围堵措施"):
        finish_cause(investigated, by=wang)
    record_containment(investigated, by=wang, action="同批次暂停交付")

    assert finish_cause(investigated, by=wang).stage == Stage.RESOLVE


def test_only_the_owner_or_the_lead(investigated: Complaint, mallory: User, alice: User) -> None:
    with pytest.raises(NotAllowed):
        finish_cause(investigated, by=mallory)
    with pytest.raises(NotAllowed):
        finish_cause(investigated, by=alice)

    _unfinished(investigated)


def test_a_known_cause_is_stated_in_one_step(taken_on: Complaint, check_missing: TaxonomyNode, wang: User) -> None:
    known = KnownCause(
        allegation="三次检修没有查出异响", reasoning="同批次已确认", node=check_missing, statement="检验单没有路试项"
    )

    finished = state_known_cause(taken_on, known, by=wang)

    assert finished.stage == Stage.RESOLVE
    assert taken_on.causes.get().statement == "检验单没有路试项"
    assert taken_on.allegations.get().finding == Finding.SUBSTANTIATED


def test_a_known_cause_is_not_a_person_either(taken_on: Complaint, check_missing: TaxonomyNode, wang: User) -> None:
    known = KnownCause(allegation="没查出", reasoning="已确认", node=check_missing, statement="技师粗心")

    with pytest.raises(Refused):
        state_known_cause(taken_on, known, by=wang)

    _unfinished(taken_on)
    assert not taken_on.allegations.exists()


def _unfinished(complaint: Complaint) -> None:
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.is_upheld) == (Stage.CAUSE, None)
    assert not StageOutput.objects.filter(complaint=complaint, stage=Stage.CAUSE).exists()
