"""Pages of customers: right page, right words, wrong person."""

import pytest
from django.test import Client

from wenguo.accounts.models import User
from wenguo.audit.models import ReadEntry
from wenguo.customers.models import Customer

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_sign_in(client: Client, zhang: Customer) -> None:
    for path in ("", "find/?q=6021", f"{zhang.pk}/", f"{zhang.pk}/reveal/"):
        assert client.get(f"/desk/customers/{path}").status_code == 302


def test_the_list_shows_masked_numbers(client: Client, zhang: Customer, alice: User) -> None:
    client.force_login(alice)
    page = client.get("/desk/customers/", {"q": "138 1234 6021"})
    assert b"138****6021" in page.content
    assert b"12346021" not in page.content.replace(b'value="138 1234 6021"', b"")


def test_typing_finds_masked_customers(client: Client, zhang: Customer, alice: User) -> None:
    client.force_login(alice)
    items = client.get("/desk/customers/find/", {"q": "6021"}).json()["items"]
    assert items[0]["label"] == "张伟"
    assert "138****6021" in items[0]["hint"]


def test_a_unit_handler_sees_no_customers(client: Client, zhang: Customer, wang: User) -> None:
    client.force_login(wang)
    for path in ("", "find/?q=6021", f"{zhang.pk}/", f"{zhang.pk}/panel/", f"{zhang.pk}/edit/"):
        assert client.get(f"/desk/customers/{path}").status_code == 403


def test_the_page_shows_everything_of_the_customer(client: Client, zhang: Customer, alice: User) -> None:
    client.force_login(alice)
    page = client.get(f"/desk/customers/{zhang.pk}/").content.decode()
    assert all(words in page for words in ("张伟", "138****6021", "海川 M7", "***906021"))


def test_an_unknown_customer_is_not_found(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get("/desk/customers/999/").status_code == 404


def test_a_broken_number_comes_back_as_typed(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.post(
        "/desk/customers/new/", {"kind": "person", "name": "李娜", "phone": "12", "language": "zh-hans"}
    )
    assert answer.status_code == 422
    assert 'value="李娜"' in answer.content.decode()
    assert not Customer.objects.exists()


def test_revealing_by_post_records_who_and_why(client: Client, zhang: Customer, alice: User) -> None:
    client.force_login(alice)
    assert b"13812346021" not in client.get(f"/desk/customers/{zhang.pk}/reveal/").content

    shown = client.post(f"/desk/customers/{zhang.pk}/reveal/", {"reason": "call back"})

    assert b"13812346021" in shown.content
    assert ReadEntry.objects.get().reason == "call back"


def test_those_who_see_masked_names_do_not_save_them(client: Client, zhang: Customer, ada: User) -> None:
    client.force_login(ada)
    form = {"kind": "person", "value_tier": "key", "language": "zh-hans", "name": "张*"}
    assert client.post(f"/desk/customers/{zhang.pk}/edit/", form).status_code == 302
    zhang.refresh_from_db()
    assert (zhang.full_name, zhang.value_tier) == ("张伟", "key")
