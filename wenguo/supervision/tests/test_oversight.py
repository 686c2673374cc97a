"""督办."""

from datetime import timedelta

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.outbox.models import Notice
from wenguo.supervision.actions import answer_oversight, order_oversight
from wenguo.supervision.models import OversightOrder


def test_an_order_rings_the_owner_and_is_answered_once(taken_on: Complaint, mei: User, wang: User) -> None:
    order = order_oversight(taken_on, by=mei, text="今天内给客户回电", due_at=now() + timedelta(hours=5))
    assert Notice.objects.filter(user_key=str(wang.pk), kind="due").exists()
    answer_oversight(order, by=wang, answer="已回电，约定周五进店")
    with pytest.raises(Refused):
        answer_oversight(order, by=wang, answer="再来一次")
    assert OversightOrder.objects.get().answered_by == wang


def test_a_foreign_unit_orders_nothing(taken_on: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        order_oversight(taken_on, by=mallory, text="x", due_at=now() + timedelta(hours=5))
    assert not OversightOrder.objects.exists()


def test_an_order_lies_in_the_future(taken_on: Complaint, mei: User) -> None:
    with pytest.raises(Refused):
        order_oversight(taken_on, by=mei, text="x", due_at=now())
    assert not OversightOrder.objects.exists()
