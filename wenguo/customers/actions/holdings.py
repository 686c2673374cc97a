"""What a customer owns."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit
from wenguo.audit.actions import record
from wenguo.customers.access import check_may_change
from wenguo.customers.actions.guard import checked_text, index_customer, lock_customer, touch
from wenguo.customers.models import Customer, Holding
from wenguo.customers.rules import normalise_serial
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.fields import blind
from wenguo.lib.now import now
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode


@transaction.atomic
def add_holding(
    customer: Customer,
    *,
    by: Actor,
    product: TaxonomyNode | None = None,
    description: str = "",
    serial: str = "",
    bought_on: date | None = None,
    dealer: Unit | None = None,
    mileage_km: int | None = None,
    version: int | None = None,
) -> Holding:
    """Records a product the customer owns; the same serial number is recorded once."""
    customer = lock_customer(customer, version)
    check_may_change(by)
    number = normalise_serial(serial)
    _check(product, description, number, bought_on)
    if number and customer.holdings.filter(serial_blind=_blind(number)).exists():
        raise Refused(_("This serial number is recorded already."), field="serial")
    holding = Holding.objects.create(
        customer=customer,
        product=product,
        description=" ".join(checked_text(description, "description", 200).split()),
        serial=number,
        serial_blind=_blind(number),
        bought_on=bought_on,
        dealer=dealer,
        mileage_km=mileage_km,
    )
    _changed(customer, "holding_added", by, holding.pk)
    return holding


@transaction.atomic
def change_holding(holding: Holding, *, by: Actor, version: int | None = None, **wanted: Any) -> Holding:
    """Corrects product, description, serial, bought_on, dealer or mileage_km."""
    customer = lock_customer(holding.customer, version)
    check_may_change(by)
    holding = Holding.objects.select_related("product", "dealer").get(pk=holding.pk)
    for field in ("product", "description", "serial", "bought_on", "dealer", "mileage_km"):
        if field in wanted:
            setattr(holding, field, wanted[field])
    holding.description = checked_text(holding.description, "description", 200)
    holding.serial = normalise_serial(holding.serial)
    holding.serial_blind = _blind(holding.serial)
    _check(holding.product, holding.description, holding.serial, holding.bought_on)
    holding.save()
    _changed(customer, "holding_changed", by, holding.pk)
    return holding


@transaction.atomic
def remove_holding(holding: Holding, *, by: Actor) -> None:
    """Recorded by mistake. What a complaint is about stays."""
    customer = lock_customer(holding.customer)
    check_may_change(by)
    number = holding.pk
    try:
        holding.delete()
    except ProtectedError as used:
        raise Refused(_("A complaint is about this product, so it stays recorded.")) from used
    _changed(customer, "holding_removed", by, number)


def _check(product: TaxonomyNode | None, description: str, serial: str, bought_on: date | None) -> None:
    if product is not None and product.tree != TreeKind.PRODUCT:
        raise Refused(_("Choose a product from the product tree."), field="product")
    if product is None and not description.strip() and not serial:
        raise Refused(_("Say what it is: choose a product, describe it, or give its serial number."), field="product")
    if len(serial) > 60:
        raise Refused(_("The serial number is too long."), field="serial")
    if bought_on and not bought_on.year >= 1900:
        raise Refused(_("The date lies too far back. Check the year."), field="bought_on")
    if bought_on and bought_on > timezone.localdate(now()):
        raise Refused(_("The day of purchase lies in the future. Check the date."), field="bought_on")


def _blind(serial: str) -> str:
    return blind("serial", serial) if serial else ""


def _changed(customer: Customer, event: str, by: Actor, holding: int) -> None:
    touch(customer)
    index_customer(customer)
    record(customer, event, by=by, body={"holding": holding})
