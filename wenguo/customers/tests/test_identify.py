"""A contact point typed any way finds its owner."""

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.customers.actions import find_or_create_customer
from wenguo.customers.models import ContactPoint, Customer
from wenguo.lib.actors import COMPLAINANT
from wenguo.lib.errors import NotAllowed, Refused


@pytest.mark.parametrize("typed", ["13812346021", "+86 138-1234-6021", "１３８１２３４６０２１"])
def test_a_number_typed_any_way_finds_its_owner(zhang: Customer, alice: User, typed: str) -> None:
    assert find_or_create_customer(phone=typed, by=alice) == zhang


def test_an_email_in_capitals_finds_its_owner(zhang: Customer, alice: User) -> None:
    assert find_or_create_customer(email="ZHANG.WEI@EXAMPLE.COM", by=alice) == zhang


def test_a_colleague_adds_what_is_new(zhang: Customer, alice: User) -> None:
    found = find_or_create_customer(phone="13812346021", email="new@example.com", by=alice)

    assert found == zhang
    added = ContactPoint.objects.get(customer=zhang, value__isnull=False, kind="email", is_primary=False)
    assert added.value == "new@example.com"


def test_a_stranger_cannot_hang_an_address_on_somebody_elses_number(zhang: Customer) -> None:
    other = find_or_create_customer(name="张伟", phone="13812346021", email="mallory@example.com", by=COMPLAINANT)

    assert other != zhang
    assert zhang.contact_points.filter(kind="email").count() == 1


def test_the_same_complainant_is_known_again() -> None:
    given = {"name": "李娜", "phone": "13900001111", "email": "li@example.com"}
    assert Customer.objects.count() == 0
    first = find_or_create_customer(**given, by=COMPLAINANT)
    assert find_or_create_customer(**given | {"phone": "139 0000 1111"}, by=COMPLAINANT) == first


def test_a_merged_owner_leads_to_the_target(zhang: Customer, alice: User) -> None:
    other = find_or_create_customer(name="张伟", phone="13900001111", by=alice)
    Customer.objects.filter(pk=other.pk).update(merged_into=zhang)

    assert find_or_create_customer(phone="13900001111", by=alice) == zhang


def test_a_broken_number_is_refused_and_nothing_is_made(alice: User) -> None:
    with pytest.raises(Refused) as refusal:
        find_or_create_customer(name="李娜", phone="12", by=alice)

    assert refusal.value.field == "phone"
    assert not Customer.objects.exists()


def test_an_auditor_cannot_record_customers(otto: User) -> None:
    with pytest.raises(NotAllowed):
        find_or_create_customer(name="李娜", by=otto)
    assert not Customer.objects.exists()


def test_nothing_personal_is_readable_in_the_audit(zhang: Customer) -> None:
    bodies = str(list(AuditEntry.objects.filter(chain=zhang.audit_chain).values_list("body", flat=True)))
    assert "张" not in bodies
    assert "6021" not in bodies


pytestmark = pytest.mark.django_db
