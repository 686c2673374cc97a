"""Those who complain."""

import pytest

from wenguo.accounts.models import User
from wenguo.customers.actions import add_holding, find_or_create_customer
from wenguo.customers.models import Customer


@pytest.fixture
def zhang(alice: User) -> Customer:
    """张伟, with a phone, an e-mail address and a car."""
    customer = find_or_create_customer(
        name="张伟",
        phone="138 1234 6021",
        email="Zhang.Wei@example.com",
        address="山东省青岛市四方区杭州路12号",
        by=alice,
    )
    add_holding(customer, description="海川 M7", serial="LHC12345678906021", by=alice)
    return customer
