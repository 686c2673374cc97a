"""From one owner to another, by a lead or because somebody left."""

import pytest

from tests.cast.people import PASSWORD
from wenguo.accounts.actions import deactivate_person, enrol_person
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import hand_over
from wenguo.dispatch.jobs import run_hand_overs
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage


@pytest.fixture
def li(db: None, workshop: Unit) -> User:
    """A second handler of the workshop."""
    return enrol_person(
        username="li",
        name="李强",
        email="li@haichuan.example",
        unit=workshop,
        password=PASSWORD,
        roles=[(Role.UNIT_HANDLER, workshop)],
        by=SYSTEM,
    )


def test_goes_to_another_handler_of_the_unit(taken_on: Complaint, li: User, carol: User) -> None:
    hand_over(taken_on, by=carol, owner=li, reason="王建国调岗")

    taken_on.refresh_from_db()
    assert (taken_on.owner, taken_on.stage) == (li, Stage.CAUSE)
    assert taken_on.assignments.get(is_current=True).owner == li


def test_needs_a_reason(taken_on: Complaint, wang: User, li: User, carol: User) -> None:
    with pytest.raises(Refused, match="移交原因"):
        hand_over(taken_on, by=carol, owner=li, reason="")

    taken_on.refresh_from_db()
    assert taken_on.owner == wang


def test_a_handler_cannot_hand_over_alone(taken_on: Complaint, wang: User, li: User) -> None:
    with pytest.raises(NotAllowed):
        hand_over(taken_on, by=wang, owner=li, reason="太忙")


def test_not_to_somebody_of_another_unit(taken_on: Complaint, wang: User, mallory: User, carol: User) -> None:
    with pytest.raises(Refused) as no:
        hand_over(taken_on, by=carol, owner=mallory, reason="换人")

    assert no.value.field == "owner"
    taken_on.refresh_from_db()
    assert taken_on.owner == wang


def test_open_work_follows_whoever_left(taken_on: Complaint, wang: User, li: User, ada: User) -> None:
    deactivate_person(wang, hand_over_to=li, by=ada)

    assert run_hand_overs() == 1
    assert run_hand_overs() == 0

    taken_on.refresh_from_db()
    assert taken_on.owner == li
    assert "王建国 已离职，由 李强 接手。" in taken_on.entries.order_by("-id")[0].body
