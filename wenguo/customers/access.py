"""Who may see and change customers, and how much of them is shown."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import can, check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.customers.models import Customer
from wenguo.lib.actors import Actor
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.masking import mask_name


def get_customer_for(user: User, pk: int) -> Customer:
    """The only way a view gets a customer; a merged one leads to the one it was merged into."""
    check_permission(user, Permission.CUSTOMERS)
    found = Customer.objects.select_related("merged_into").get(pk=pk)
    return found.merged_into or found


def check_may_change(by: Actor) -> None:
    """People need the permission; the complainant and the system write what belongs to their complaint."""
    if isinstance(by, User):
        check_permission(by, Permission.CUSTOMERS)


def check_may_erase(by: Actor) -> None:
    """Erasing is for good: for those who answer for the protection of data."""
    if isinstance(by, User):
        check_permission(by, Permission.ERASE)


def can_erase(user: User) -> bool:
    return can(user, Permission.ERASE)


def check_may_take_in(by: Actor) -> None:
    if isinstance(by, User) and not (can(by, Permission.TAKE_IN) or can(by, Permission.CUSTOMERS)):
        raise NotAllowed(_("Your role does not allow you to record customers."))


def check_may_contact(by: Actor) -> None:
    if isinstance(by, User) and not grants_of(by).has(Permission.CONTACT):
        check_permission(by, Permission.TAKE_IN)


def check_not_merged(customer: Customer) -> None:
    if customer.merged_into_id is not None:
        raise Refused(_("This customer was merged into another one. Work on that one."))


def check_not_forgotten(customer: Customer) -> None:
    if customer.forgotten_at is not None:
        raise Refused(_("This customer's data were erased. Record a new customer."))


def can_change(user: User) -> bool:
    return can(user, Permission.CUSTOMERS)


def can_reveal(user: User) -> bool:
    return can(user, Permission.REVEAL)


def name_for(user: User, customer: Customer) -> str:
    """The name for those who talk with customers, masked for everybody else; contact points are always masked."""
    name = customer.full_name
    return name if can_reveal(user) else mask_name(name)
