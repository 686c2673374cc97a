"""The page of erasures: for those who answer for the data, from the question to the confirmation."""

import pytest
from django.test import Client

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.customers.actions import ask_for_erasure, note_count
from wenguo.customers.choices import ErasureGround, ErasureState
from wenguo.customers.models import Customer, Erasure

pytestmark = pytest.mark.django_db


def address(customer: Customer, *rest: object) -> str:
    return f"/desk/customers/{customer.pk}/erasure/" + "".join(f"{one}/" for one in rest)


@pytest.fixture
def asked(zhang: Customer, ada: User) -> Erasure:
    return ask_for_erasure(zhang, by=ada, ground=ErasureGround.ORDER)


@pytest.fixture
def ready(asked: Erasure) -> Erasure:
    note_count(asked, {"words": 3}, [])
    return asked


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_the_customer_page_leads_there(as_ada: Client, zhang: Customer) -> None:
    assert address(zhang) in as_ada.get(f"/desk/customers/{zhang.pk}/").content.decode()


def test_an_agent_is_neither_led_there_nor_let_in(client: Client, alice: User, zhang: Customer) -> None:
    client.force_login(alice)
    assert address(zhang) not in client.get(f"/desk/customers/{zhang.pk}/").content.decode()
    assert client.get(address(zhang)).status_code == 403
    assert client.post(address(zhang, "ask"), {"ground": "order"}).status_code == 403
    assert not Erasure.objects.exists()


def test_asking_leaves_a_row_for_the_worker(as_ada: Client, zhang: Customer) -> None:
    answer = as_ada.post(address(zhang, "ask"), {"ground": "consent"})

    assert answer.status_code == 302
    asked = Erasure.objects.get()
    assert (asked.state, asked.ground) == (ErasureState.CHECKING, "consent")
    assert "正在清点" in as_ada.get(address(zhang)).content.decode()


def test_a_second_question_is_refused(as_ada: Client, asked: Erasure, zhang: Customer) -> None:
    answer = as_ada.post(address(zhang, "ask"), {"ground": "order"})

    assert answer.status_code == 422
    assert "正在办理中" in answer.content.decode()
    assert Erasure.objects.count() == 1


def test_what_would_go_is_shown_and_confirmed(as_ada: Client, ready: Erasure, zhang: Customer) -> None:
    assert "投诉的原话和标题" in as_ada.get(address(zhang)).content.decode()

    assert as_ada.post(address(zhang, ready.pk, "confirm")).status_code == 302
    assert Erasure.objects.get().state == ErasureState.CONFIRMED


def test_nothing_is_confirmed_before_it_was_counted(as_ada: Client, asked: Erasure, zhang: Customer) -> None:
    entries = AuditEntry.objects.count()

    assert as_ada.post(address(zhang, asked.pk, "confirm")).status_code == 422
    assert Erasure.objects.get().state == ErasureState.CHECKING
    assert AuditEntry.objects.count() == entries


def test_it_can_be_left(as_ada: Client, ready: Erasure, zhang: Customer) -> None:
    as_ada.post(address(zhang, ready.pk, "drop"))
    assert Erasure.objects.get().state == ErasureState.DROPPED


def test_what_stands_against_it_is_shown(as_ada: Client, asked: Erasure, zhang: Customer) -> None:
    note_count(asked, {}, ["投诉 WG-1 尚未办结。"])
    assert "投诉 WG-1 尚未办结。" in as_ada.get(address(zhang, "progress")).content.decode()


def test_data_are_held_and_let_go(as_ada: Client, zhang: Customer) -> None:
    as_ada.post(f"/desk/customers/{zhang.pk}/hold/", {"reason": "(2026)鲁02民初1号"})
    assert "(2026)鲁02民初1号" in as_ada.get(f"/desk/customers/{zhang.pk}/").content.decode()

    as_ada.post(f"/desk/customers/{zhang.pk}/hold/lift/")
    assert Customer.objects.get(pk=zhang.pk).held_reason == ""
