"""Assisting units: asked, received, answered."""

from datetime import timedelta

import pytest

from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import InvolvedAs
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import answer_part, ask_unit, receive_part
from wenguo.dispatch.models import AssistingUnit
from wenguo.dispatch.queries import parts_to_answer
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.outbox.models import Notice


@pytest.fixture
def asked(taken_on: Complaint, qingdao: Unit, wang: User) -> AssistingUnit:
    return ask_unit(taken_on, by=wang, unit=qingdao, part="提供三次检修工单", due_at=now() + timedelta(days=1))


def test_the_owner_asks_a_unit(asked: AssistingUnit, taken_on: Complaint, qingdao: Unit, dan: User) -> None:
    assert taken_on.involvements.filter(unit=qingdao, involved_as=InvolvedAs.ASSISTING).exists()
    assert list(parts_to_answer(dan)) == [asked]
    assert Notice.objects.filter(user_key=str(dan.pk)).exists()


def test_it_receives_and_answers(asked: AssistingUnit, taken_on: Complaint, wang: User, dan: User) -> None:
    receive_part(asked, by=dan)
    answered = answer_part(asked, by=dan, answer="工单三份已上传")

    assert answered.received_at is not None
    assert (answered.answered_by, answered.answer) == (dan, "工单三份已上传")
    assert Notice.objects.filter(user_key=str(wang.pk), kind="task").exists()
    assert list(parts_to_answer(dan)) == []


def test_another_unit_cannot_answer(asked: AssistingUnit, mallory: User) -> None:
    with pytest.raises(NotAllowed, match="青岛四方店"):
        answer_part(asked, by=mallory, answer="我来")

    asked.refresh_from_db()
    assert asked.answered_at is None


def test_an_empty_answer_changes_nothing(asked: AssistingUnit, dan: User) -> None:
    with pytest.raises(Refused):
        answer_part(asked, by=dan, answer=" ")

    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_unit_is_not_asked_twice_at_once(
    asked: AssistingUnit, taken_on: Complaint, qingdao: Unit, wang: User
) -> None:
    with pytest.raises(Refused, match="已经请"):
        ask_unit(taken_on, by=wang, unit=qingdao, part="再来")

    assert taken_on.assisting.count() == 1


def test_a_due_date_in_the_past_is_refused(taken_on: Complaint, qingdao: Unit, wang: User) -> None:
    with pytest.raises(Refused) as no:
        ask_unit(taken_on, by=wang, unit=qingdao, part="工单", due_at=now() - timedelta(hours=1))

    assert no.value.field == "due_at"
    assert not taken_on.assisting.exists()
