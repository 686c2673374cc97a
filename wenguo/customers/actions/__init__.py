"""What the business does with customers. One function per verb."""

from wenguo.customers.actions.change import (
    add_contact_point,
    change_contact_point,
    change_customer,
    remove_contact_point,
)
from wenguo.customers.actions.contacts import log_interaction, record_consent
from wenguo.customers.actions.erase import Tally, forget
from wenguo.customers.actions.erasure import (
    ask_for_erasure,
    confirm_erasure,
    drop_erasure,
    end_erasure,
    hold_data,
    lift_hold,
    note_count,
)
from wenguo.customers.actions.holdings import add_holding, change_holding, remove_holding
from wenguo.customers.actions.identify import find_or_create_customer, new_customers
from wenguo.customers.actions.merge import merge_customers
from wenguo.customers.actions.reveal import reveal_customer

__all__ = [
    "Tally",
    "add_contact_point",
    "add_holding",
    "ask_for_erasure",
    "change_contact_point",
    "change_customer",
    "change_holding",
    "confirm_erasure",
    "drop_erasure",
    "end_erasure",
    "find_or_create_customer",
    "forget",
    "hold_data",
    "lift_hold",
    "log_interaction",
    "merge_customers",
    "new_customers",
    "note_count",
    "record_consent",
    "remove_contact_point",
    "remove_holding",
    "reveal_customer",
]
