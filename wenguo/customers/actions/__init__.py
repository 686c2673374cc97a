"""What the business does with customers. One function per verb."""

from wenguo.customers.actions.change import (
    add_contact_point,
    change_contact_point,
    change_customer,
    remove_contact_point,
)
from wenguo.customers.actions.contacts import log_interaction, record_consent
from wenguo.customers.actions.erase import forget
from wenguo.customers.actions.holdings import add_holding, change_holding, remove_holding
from wenguo.customers.actions.identify import find_or_create_customer, new_customers
from wenguo.customers.actions.merge import merge_customers
from wenguo.customers.actions.reveal import reveal_customer

__all__ = [
    "add_contact_point",
    "add_holding",
    "change_contact_point",
    "change_customer",
    "change_holding",
    "find_or_create_customer",
    "forget",
    "log_interaction",
    "merge_customers",
    "new_customers",
    "record_consent",
    "remove_contact_point",
    "remove_holding",
    "reveal_customer",
]
