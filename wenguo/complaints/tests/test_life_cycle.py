"""A step is taken where the table says, and nowhere else; refused, nothing changes."""

from typing import Any

import pytest
from django.db import models

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.access import can_step, check_step, steps_for, why_not
from wenguo.complaints.actions.guard import advance, guard_step, leave_output
from wenguo.complaints.choices import Status, Step
from wenguo.complaints.models import Clock, Complaint, Entry, StageOutput
from wenguo.complaints.rules import LIFE_CYCLE, Row
from wenguo.complaints.tests.conftest import Take
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage
from wenguo.process.choices import Stage


@pytest.fixture
def superior(head_office: Unit, bob: User) -> User:
    """Somebody who may do everything: what is refused is refused by the table."""
    for role in Role.values:
        Membership.objects.get_or_create(user=bob, unit=head_office, role=role)
    return User.objects.get(pk=bob.pk)


def put(complaint: Complaint, stage: Stage, status: Status, owner: User | None = None) -> Complaint:
    """Where the rooms above would have brought it."""
    Complaint.objects.filter(pk=complaint.pk).update(stage=stage, status=status, owner=owner)
    complaint.refresh_from_db()
    return complaint


def everything() -> list[list[dict[str, Any]]]:
    tables: tuple[type[models.Model], ...] = (Complaint, StageOutput, Entry, Clock, AuditEntry, OutboundMessage)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("row", LIFE_CYCLE, ids=lambda row: row.step)
def test_a_step_leads_where_the_table_says(row: Row, take: Take, superior: User, alice: User) -> None:
    owner = superior if row.who == "owner" else alice
    complaint = put(take(), row.stages[0], row.statuses[0], owner)
    for stage in row.needs:
        leave_output(complaint, stage, by=alice)
    complaint, found = guard_step(complaint, row.step, by=superior)
    words = ("question", "reason", "explanation", "routes", "target", "reply", "body", "opinion")
    told = dict.fromkeys((*words, "unit", "owner", "phone"), "x")
    advance(complaint, found, by=superior, told=told, quiet=row.notice in ("reply", "final_opinion"))
    assert complaint.status == (row.to_status or row.statuses[0])
    if row.to_stage:
        assert complaint.stage == row.to_stage
    if row.output:
        assert complaint.outputs.filter(stage=row.output, round=1).exists()
    last = AuditEntry.objects.filter(chain=complaint.audit_chain).order_by("-seq")[0]
    assert (last.event, complaint.version) == (row.step.value, 2)


@pytest.mark.parametrize("row", LIFE_CYCLE, ids=lambda row: row.step)
def test_from_elsewhere_it_is_refused_and_nothing_changes(row: Row, take: Take, superior: User) -> None:
    status = next(status for status in Status if status not in row.statuses)
    complaint = put(take(), row.stages[0], status, superior)
    before = everything()
    with pytest.raises(Refused):
        guard_step(complaint, row.step, by=superior)
    assert everything() == before


@pytest.mark.parametrize("row", [row for row in LIFE_CYCLE if row.needs], ids=lambda row: row.step)
def test_without_the_outputs_it_needs_it_is_refused(row: Row, take: Take, superior: User, alice: User) -> None:
    owner = superior if row.who == "owner" else alice
    complaint = put(take(), row.stages[0], row.statuses[0], owner)
    with pytest.raises(Refused) as no:
        check_step(superior, complaint, row.step)
    assert str(row.needs[-1].label) in no.value.sentence


def test_outputs_of_an_earlier_round_count_only_where_they_stand(take: Take, superior: User, alice: User) -> None:
    complaint = put(take(), Stage.CALL_BACK, Status.HANDLED, alice)
    for stage in (Stage.FEED_BACK, Stage.FOLLOW_UP, Stage.CALL_BACK):
        leave_output(complaint, stage, by=alice)
    assert can_step(superior, complaint, Step.CLOSE)
    Complaint.objects.filter(pk=complaint.pk).update(round=2)
    complaint.refresh_from_db()
    assert not can_step(superior, complaint, Step.CLOSE)


ROLES = {
    Step.ACCEPT: {"alice", "bob", "carol", "dora"},
    Step.JUDGE_VALID: {"alice", "bob", "carol", "dora"},
    Step.DECLINE: {"alice", "bob", "carol", "dora"},
    Step.SET_IMPORTANCE: {"alice", "bob", "carol", "dora"},
    Step.RECORD_REVIEW: {"dora", "rex", "mei"},
    Step.REOPEN: {"carol", "dora", "mei"},
    Step.MARK: {"quinn"},
}
EVERYBODY = ("alice", "bob", "carol", "dora", "rex", "quinn", "wang", "mei", "ada", "otto", "dan", "mallory")


@pytest.mark.parametrize(("step", "may"), ROLES.items(), ids=lambda value: str(value) if isinstance(value, str) else "")
def test_who_may_take_a_step(step: Step, may: set[str], take: Take, request: pytest.FixtureRequest) -> None:
    row = next(row for row in LIFE_CYCLE if row.step == step)
    complaint = put(take(), row.stages[0], row.statuses[0])
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    assert {name for name, person in people.items() if can_step(person, complaint, step)} == may


@pytest.mark.parametrize("name", EVERYBODY)
def test_can_and_check_and_the_list_of_steps_agree(name: str, take: Take, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(name)
    complaint = take()
    for row, refusal in steps_for(person, complaint):
        assert refusal == why_not(person, complaint, row.step)
        if refusal:
            with pytest.raises((NotAllowed, Refused)):
                check_step(person, complaint, row.step)
        else:
            assert check_step(person, complaint, row.step) == row


def test_the_person_complained_of_neither_sees_nor_handles_it(take: Take, alice: User, bob: User) -> None:
    complaint = take(respondent_user=alice, by=bob)
    assert not Complaint.objects.visible_to(alice).exists()
    assert "被投诉" in why_not(alice, complaint, Step.ACCEPT)
    assert can_step(bob, complaint, Step.ACCEPT)


def test_a_dealer_sees_what_involves_the_dealer(take: Take, dan: User, mallory: User, qingdao: Unit) -> None:
    complaint = take(respondent_unit=qingdao)
    assert list(Complaint.objects.visible_to(dan)) == [complaint]
    assert not Complaint.objects.visible_to(mallory).exists()


def test_a_grave_complaint_is_not_closed_by_its_owner(take: Take, superior: User, alice: User) -> None:
    complaint = put(take(), Stage.CALL_BACK, Status.HANDLED, superior)
    for stage in (Stage.FEED_BACK, Stage.FOLLOW_UP, Stage.CALL_BACK):
        leave_output(complaint, stage, by=alice)
    assert can_step(superior, complaint, Step.CLOSE)
    complaint.importance = "major"
    assert not can_step(superior, complaint, Step.CLOSE)


def test_somebody_else_was_quicker(accepted: Complaint, alice: User, bob: User) -> None:
    from_alice = accepted.version
    complaint, row = guard_step(accepted, Step.JUDGE_VALID, by=bob, version=from_alice)
    advance(complaint, row, by=bob)
    before = everything()
    with pytest.raises(Changed) as no:
        guard_step(accepted, Step.DECLINE, by=alice, version=from_alice)
    assert "周博" in no.value.changes[0]
    assert everything() == before
