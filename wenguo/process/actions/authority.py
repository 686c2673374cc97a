"""The authority matrix: up to which amount a role may approve a remedy."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Role
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.process.actions.guard import lock_process, record
from wenguo.process.models import AuthorityLimit


@transaction.atomic
def set_authority(role: str, max_amount: Decimal | None, *, by: Actor, needs_second: bool = False) -> None:
    """Sets or changes the limit of a role; None takes its authority away."""
    lock_process(by)
    if role not in Role.values:
        raise Refused(_("There is no such role."), field="role")
    if max_amount is not None and not Decimal(0) <= max_amount < Decimal(10) ** 10:
        raise Refused(_("Enter an amount of zero or more."), field="max_amount")
    before = AuthorityLimit.objects.filter(role=role).first()
    known = (before.max_amount, before.needs_second) if before else None
    if known == (None if max_amount is None else (max_amount, needs_second)):
        return
    if max_amount is None:
        AuthorityLimit.objects.filter(role=role).delete()
    else:
        values = {"max_amount": max_amount, "needs_second": needs_second}
        AuthorityLimit.objects.update_or_create(role=role, defaults=values)
    facts = {"before": str(known[0]) if known else "", "after": "" if max_amount is None else str(max_amount)}
    record("authority.changed", by=by, role=role, needs_second=needs_second, **facts)
