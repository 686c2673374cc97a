"""The unit takes it on or returns it once; an arbiter decides."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import ClockState, Step
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.dispatch.actions import arbitrate, assign_complaint, return_dispatch, take_on
from wenguo.dispatch.models import Assignment
from wenguo.dispatch.queries import returns_by_unit
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.choices import Stage


def test_the_complainant_hears_who_has_it_now(dispatched: Complaint, wang: User) -> None:
    wang.staff_number = "A1023"
    wang.save()

    take_on(dispatched, by=wang)

    message = OutboundMessage.objects.get(kind="assigned")
    assert f"现在由 {dispatched.lead_unit} 负责处理" in message.body
    assert "经办人工号：A1023" in message.body
    assert wang.name not in message.body


def test_taking_on_leaves_the_output_and_starts_the_cause_clock(dispatched: Complaint, wang: User) -> None:
    taken = take_on(dispatched, by=wang, note="今天就去")

    assert (taken.stage, taken.owner) == (Stage.CAUSE, wang)
    output = StageOutput.objects.get(complaint=dispatched, stage=Stage.ASSIGN)
    assert output.body == {"lead_unit": "AFTERSALES", "owner": wang.pk, "assisting": []}
    assert dispatched.clocks.get(rule="company.stage.assign").state == ClockState.MET
    assert dispatched.clocks.get(rule="company.stage.cause").state == ClockState.RUNNING


def test_whoever_takes_it_on_becomes_the_owner(weighed: Complaint, workshop: Unit, wang: User, alice: User) -> None:
    assign_complaint(weighed, by=alice, lead_unit=workshop)

    assert take_on(weighed, by=wang).owner == wang


def test_a_lead_takes_it_on_for_the_named_owner(dispatched: Complaint, wang: User, carol: User) -> None:
    assert take_on(dispatched, by=carol).owner == wang


def test_another_unit_cannot_take_it_on(dispatched: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        take_on(dispatched, by=mallory)

    _still_waiting(dispatched)


def test_nobody_takes_on_what_is_not_assigned(weighed: Complaint, carol: User) -> None:
    with pytest.raises(Refused, match="请先分派"):
        take_on(weighed, by=carol)


def test_a_return_needs_a_reason(dispatched: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="为什么不属于"):
        return_dispatch(dispatched, by=wang, reason=" ")

    _still_waiting(dispatched)


def test_a_return_waits_for_the_arbiter(returned: Complaint, wang: User, dora: User) -> None:
    assert Notice.objects.filter(user_key=str(dora.pk), kind="returned").exists()
    with pytest.raises(Refused, match="等待裁定"):
        take_on(returned, by=wang)
    with pytest.raises(Refused, match="等待裁定"):
        return_dispatch(returned, by=wang, reason="再退一次")


def test_an_upheld_return_goes_to_another_unit_and_counts(returned: Complaint, parts: Unit, dora: User) -> None:
    arbitrate(returned, by=dora, is_upheld=True, reason="批次问题归配件部", lead_unit=parts)

    returned.refresh_from_db()
    assert (returned.stage, returned.lead_unit) == (Stage.ASSIGN, parts)
    old, new = Assignment.objects.filter(complaint=returned).order_by("id")
    assert (old.is_upheld, old.is_current) == (True, False)
    assert (new.lead_unit, new.is_current) == (parts, True)


def test_an_upheld_return_names_the_other_unit(returned: Complaint, dora: User) -> None:
    with pytest.raises(Refused) as no:
        arbitrate(returned, by=dora, is_upheld=True, reason="应改派")

    assert no.value.field == "lead_unit"
    assert Assignment.objects.get(complaint=returned).arbitrated_at is None


def test_a_refused_return_must_be_taken_on_and_is_not_returned_twice(
    returned: Complaint, wang: User, dora: User
) -> None:
    arbitrate(returned, by=dora, is_upheld=False, reason="检修记录在贵部门")

    with pytest.raises(Refused, match="已退过一次"):
        return_dispatch(returned, by=wang, reason="还是不对")
    assert take_on(returned, by=wang).stage == Stage.CAUSE


def test_only_an_arbiter_decides(returned: Complaint, carol: User) -> None:
    with pytest.raises(NotAllowed):
        arbitrate(returned, by=carol, is_upheld=False, reason="接单")

    assert Assignment.objects.get(complaint=returned).is_upheld is None


def test_nothing_to_decide_without_a_return(dispatched: Complaint, dora: User) -> None:
    with pytest.raises(Refused, match="没有等待裁定的退单"):
        arbitrate(dispatched, by=dora, is_upheld=False, reason="…")

    assert dispatched.assignments.get().arbitrated_at is None


def test_each_answer_is_audited(returned: Complaint, parts: Unit, dora: User) -> None:
    arbitrate(returned, by=dora, is_upheld=True, reason="改派", lead_unit=parts)

    facts = returned.entries.filter(kind="step").order_by("-id").values_list("facts__step", flat=True)
    assert list(facts[:3]) == [Step.ARBITRATE, Step.RETURN_DISPATCH, Step.ASSIGN]


def _still_waiting(complaint: Complaint) -> None:
    version = complaint.version
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.version) == (Stage.ASSIGN, version)
    row = complaint.assignments.get()
    assert (row.taken_on_at, row.returned_at) == (None, None)
    assert row.assigned_at <= now()


@pytest.mark.parametrize(("language", "unit"), [("zh-hans", "售后维修部"), ("en", "After-sales workshop")])
def test_returns_are_counted_under_the_units_name_in_the_readers_language(
    returned: Complaint, dora: User, language: str, unit: str
) -> None:
    with override(language):
        counted = returns_by_unit(dora, now() - timedelta(days=1))

    assert [(one.unit, one.returned, one.mis_dispatched) for one in counted] == [(unit, 1, 0)]
