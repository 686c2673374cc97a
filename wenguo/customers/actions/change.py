"""A customer's own details and how to reach them. What was changed goes to the audit by name, never by value."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.customers.access import check_may_change
from wenguo.customers.actions.guard import (
    blind_contact,
    checked_contact,
    checked_language,
    checked_name,
    checked_text,
    index_customer,
    lock_customer,
    touch,
)
from wenguo.customers.choices import ContactKind, CustomerKind, ValueTier
from wenguo.customers.models import ContactPoint, Customer
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now


@transaction.atomic
def change_customer(
    customer: Customer,
    *,
    by: User,
    version: int | None = None,
    name: str | None = None,
    contact_person: str | None = None,
    kind: str | None = None,
    value_tier: str | None = None,
    is_vulnerable: bool | None = None,
    language: str | None = None,
    note: str | None = None,
) -> Customer:
    """Changes what is given; None leaves a field as it is."""
    customer = lock_customer(customer, version)
    check_may_change(by)
    wanted: dict[str, Any] = {
        "full_name": None if name is None else checked_name(name),
        "contact_person": None if contact_person is None else checked_name(contact_person),
        "kind": None if kind is None else CustomerKind(kind),
        "value_tier": None if value_tier is None else ValueTier(value_tier),
        "is_vulnerable": is_vulnerable,
        "language": None if language is None else checked_language(language),
        "note": None if note is None else checked_text(note, "note"),
    }
    changed = [field for field, value in wanted.items() if value is not None and getattr(customer, field) != value]
    if not changed:
        return customer
    for field in changed:
        setattr(customer, field, wanted[field])
    customer.save(update_fields=changed)
    touch(customer)
    index_customer(customer)
    record(customer, "changed", by=by, body={"fields": sorted(changed)})
    return customer


@transaction.atomic
def add_contact_point(
    customer: Customer,
    *,
    by: Actor,
    kind: str,
    value: str,
    label: str = "",
    is_primary: bool = False,
    is_verified: bool = False,
    version: int | None = None,
) -> ContactPoint:
    """One more way to reach the customer. The first of its kind is the primary one."""
    customer = lock_customer(customer, version)
    check_may_change(by)
    normalised = checked_contact(kind, value)
    blind = blind_contact(kind, normalised)
    points = customer.contact_points.filter(kind=ContactKind(kind))
    if points.filter(blind=blind).exists():
        raise Refused(_("This contact point is recorded already."), field="value")
    primary = is_primary or not points.exists()
    if primary:
        points.update(is_primary=False)
    point = ContactPoint.objects.create(
        customer=customer,
        kind=kind,
        value=normalised,
        blind=blind,
        label=checked_text(label, "label", 60),
        is_primary=primary,
        verified_at=now() if is_verified else None,
    )
    _changed(customer, "contact_point_added", by, kind)
    return point


@transaction.atomic
def change_contact_point(
    point: ContactPoint,
    *,
    by: User,
    value: str | None = None,
    label: str | None = None,
    is_primary: bool = False,
    version: int | None = None,
) -> ContactPoint:
    """Corrects a contact point, or makes it the one to use first."""
    customer = lock_customer(point.customer, version)
    check_may_change(by)
    point = ContactPoint.objects.get(pk=point.pk)
    if value is not None:
        normalised = checked_contact(point.kind, value)
        if normalised != point.value:
            point.value, point.blind, point.verified_at = normalised, blind_contact(point.kind, normalised), None
    same_kind = customer.contact_points.filter(kind=point.kind).exclude(pk=point.pk)
    if same_kind.filter(blind=point.blind).exists():
        raise Refused(_("This contact point is recorded already."), field="value")
    point.label = point.label if label is None else checked_text(label, "label", 60)
    if is_primary:
        same_kind.update(is_primary=False)
        point.is_primary = True
    point.save()
    _changed(customer, "contact_point_changed", by, point.kind)
    return point


@transaction.atomic
def remove_contact_point(point: ContactPoint, *, by: User) -> None:
    """Takes a contact point away; another one of its kind becomes the primary one."""
    customer = lock_customer(point.customer)
    check_may_change(by)
    kind = point.kind
    customer.contact_points.filter(pk=point.pk).delete()
    rest = customer.contact_points.filter(kind=kind).order_by("-is_primary", "-pk").first()
    if rest and not rest.is_primary:
        rest.is_primary = True
        rest.save(update_fields=["is_primary"])
    _changed(customer, "contact_point_removed", by, kind)


def _changed(customer: Customer, event: str, by: Actor, kind: str) -> None:
    touch(customer)
    index_customer(customer)
    record(customer, event, by=by, body={"kind": str(kind)})
