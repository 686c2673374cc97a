"""The complaints of a customer, on the customer's page."""

import pytest
from django.test import Client

from wenguo.accounts.models import User
from wenguo.complaints.actions.submit import Submission, submit_complaint
from wenguo.complaints.models import Complaint
from wenguo.customers.models import Customer
from wenguo.lib.actors import SYSTEM
from wenguo.lib.links import path
from wenguo.process.actions import install_pack
from wenguo.process.queries import node

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(zhang: Customer, alice: User) -> Complaint:
    install_pack(by=SYSTEM)
    channel = node("channel", "phone")
    assert channel is not None
    return submit_complaint(Submission(words="变速箱异响", channel=channel, customer=zhang), by=alice)


def test_the_customers_page_loads_them(client: Client, zhang: Customer, complaint: Complaint, alice: User) -> None:
    client.force_login(alice)
    address = path("customer_complaints", customer=str(zhang.pk))
    assert address in client.get(f"/desk/customers/{zhang.pk}/").content.decode()
    assert complaint.reference in client.get(address).content.decode()


def test_a_unit_handler_does_not_get_them(client: Client, zhang: Customer, complaint: Complaint, wang: User) -> None:
    client.force_login(wang)
    assert client.get(path("customer_complaints", customer=str(zhang.pk))).status_code == 403


def test_an_administrator_is_not_told_who_complains_confidentially(
    client: Client, zhang: Customer, complaint: Complaint, ada: User
) -> None:
    Complaint.objects.update(is_confidential=True)
    client.force_login(ada)
    shown = client.get(path("customer_complaints", customer=str(zhang.pk))).content.decode()
    assert complaint.reference not in shown
