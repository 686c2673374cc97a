"""Showing personal data whole, which is recorded with its reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.customers.actions.guard import checked_text
from wenguo.customers.models import ContactPoint, Customer
from wenguo.customers.queries import family
from wenguo.lib.errors import Refused


@transaction.atomic
def reveal_customer(customer: Customer, *, by: User, reason: str) -> list[ContactPoint]:
    """All contact points of the customer in clear. Whether `by` may see this customer at all is the caller's check."""
    check_permission(by, Permission.REVEAL)
    reason = checked_text(reason, "reason", 300)
    if not reason:
        raise Refused(_("Say what you need the data for."), field="reason")
    points = list(ContactPoint.objects.filter(customer__in=family(customer)).order_by("kind", "-is_primary", "pk"))
    record_read(ReadKind.REVEAL, customer.audit_chain, "contact points", by=by, reason=reason, count=len(points))
    return points
