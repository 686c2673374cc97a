"""Assigning a complaint to a unit and an owner."""

from datetime import timedelta

import pytest

from wenguo.accounts.actions import set_absence
from wenguo.accounts.models import Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.actions.search import write_waiting
from wenguo.complaints.choices import InvolvedAs, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import ComplaintFilter, list_page
from wenguo.dispatch.actions import Part, assign_complaint
from wenguo.dispatch.models import Assignment, AssistingUnit
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.outbox.models import Notice
from wenguo.process.choices import Stage


def test_names_lead_and_assisting_units_and_the_owner(
    weighed: Complaint, workshop: Unit, parts: Unit, wang: User, alice: User
) -> None:
    due = now() + timedelta(days=2)

    assignment = assign_complaint(
        weighed, by=alice, lead_unit=workshop, owner=wang, assisting=[Part(parts, "核对批次", due)], note="请看录音"
    )

    weighed.refresh_from_db()
    assert (weighed.stage, weighed.lead_unit, weighed.owner) == (Stage.ASSIGN, workshop, wang)
    assert assignment.is_current
    assert assignment.due_at is not None
    assert assignment.taken_on_at is None
    assert AssistingUnit.objects.get(complaint=weighed).part == "核对批次"
    kinds = set(weighed.involvements.values_list("unit__code", "involved_as"))
    assert {("AFTERSALES", InvolvedAs.LEAD), ("PARTS", InvolvedAs.ASSISTING)} <= kinds


def test_is_audited_and_rings_the_owner(dispatched: Complaint, wang: User) -> None:
    entry = AuditEntry.objects.get(chain=dispatched.audit_chain, event=Step.ASSIGN.value)
    assert entry.body["output"]["lead_unit"] == "AFTERSALES"
    bell = Notice.objects.get(user_key=str(wang.pk))
    assert bell.text == f"{dispatched.reference} 已分派给售后维修部：请接单或退单。"


def test_without_an_owner_all_handlers_hear_of_it(weighed: Complaint, workshop: Unit, wang: User, alice: User) -> None:
    assign_complaint(weighed, by=alice, lead_unit=workshop)

    weighed.refresh_from_db()
    assert weighed.owner is None
    assert Notice.objects.filter(user_key=str(wang.pk)).count() == 1


def test_the_deputy_gets_it_while_the_owner_is_away(
    weighed: Complaint, workshop: Unit, wang: User, carol: User, alice: User
) -> None:
    set_absence(
        wang, deputy=carol, absent_from=now() - timedelta(hours=1), absent_until=now() + timedelta(days=3), by=SYSTEM
    )

    wang.refresh_from_db()

    assign_complaint(weighed, by=alice, lead_unit=workshop, owner=wang)

    weighed.refresh_from_db()
    assert weighed.owner == carol
    assert "王建国暂时不在，由陈可代理。" in weighed.entries.order_by("-id")[0].body


def test_the_person_complained_of_never_handles(weighed: Complaint, workshop: Unit, wang: User, alice: User) -> None:
    Complaint.objects.filter(pk=weighed.pk).update(respondent_user=wang)

    with pytest.raises(Refused, match="被投诉人"):
        assign_complaint(weighed, by=alice, lead_unit=workshop, owner=wang)

    _nothing_changed(weighed)


def test_the_owner_handles_for_that_unit(weighed: Complaint, parts: Unit, wang: User, alice: User) -> None:
    with pytest.raises(Refused) as no:
        assign_complaint(weighed, by=alice, lead_unit=parts, owner=wang)

    assert no.value.field == "owner"
    _nothing_changed(weighed)


def test_a_handler_cannot_assign(weighed: Complaint, workshop: Unit, wang: User) -> None:
    with pytest.raises(NotAllowed):
        assign_complaint(weighed, by=wang, lead_unit=workshop)

    _nothing_changed(weighed)


def test_only_at_its_stage(classified: Complaint, workshop: Unit, alice: User) -> None:
    with pytest.raises(Refused):
        assign_complaint(classified, by=alice, lead_unit=workshop)

    _nothing_changed(classified)


def test_a_stale_page_is_told_what_changed(weighed: Complaint, workshop: Unit, alice: User) -> None:
    with pytest.raises(Changed):
        assign_complaint(weighed, by=alice, lead_unit=workshop, version=weighed.version - 1)

    _nothing_changed(weighed)


def test_the_lead_unit_cannot_assist_itself(weighed: Complaint, workshop: Unit, alice: User) -> None:
    with pytest.raises(Refused, match="主办部门不能协办自己"):
        assign_complaint(weighed, by=alice, lead_unit=workshop, assisting=[Part(workshop, "自查")])

    _nothing_changed(weighed)


def test_re_dispatch_replaces_the_one_in_force(dispatched: Complaint, parts: Unit, alice: User) -> None:
    assign_complaint(dispatched, by=alice, lead_unit=parts)

    assert Assignment.objects.filter(complaint=dispatched, is_current=True).count() == 1
    leads = dispatched.involvements.filter(involved_as=InvolvedAs.LEAD)
    assert [row.unit for row in leads] == [parts]


def test_waits_for_the_arbiter_while_returned(returned: Complaint, parts: Unit, alice: User) -> None:
    with pytest.raises(Refused, match="请先裁定退单"):
        assign_complaint(returned, by=alice, lead_unit=parts)

    assert Assignment.objects.filter(complaint=returned).count() == 1


def _nothing_changed(complaint: Complaint) -> None:
    before = (complaint.stage, complaint.version, complaint.lead_unit_id, complaint.owner_id)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.version, complaint.lead_unit_id, complaint.owner_id) == before
    assert not Assignment.objects.filter(complaint=complaint).exists()
    assert not AssistingUnit.objects.filter(complaint=complaint).exists()


def test_the_unit_finds_by_words_what_it_was_given(weighed: Complaint, workshop: Unit, wang: User, alice: User) -> None:
    write_waiting()
    asked = ComplaintFilter(text=f"unit:{workshop.code} 变速箱")
    assert list_page(wang, asked).rows == []
    assign_complaint(weighed, by=alice, lead_unit=workshop)
    write_waiting()
    assert [row.pk for row in list_page(wang, asked).rows] == [weighed.pk]
