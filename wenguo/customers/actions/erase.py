"""Erasing a person. What stays is that somebody was a customer, and that they were erased when and by whom."""

from django.db import transaction

from wenguo.audit.actions import record
from wenguo.customers.access import check_may_change
from wenguo.customers.models import BlindToken, ContactPoint, Customer, Holding, Interaction
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor

ERASED = ("full_name", "contact_person", "note")


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Customer:
    """Blanks names, contact points, serial numbers and the words of the contact log, of the whole family.

    Decisions about consent stay: they say no more than that, and prove that it was lawful.
    """
    rows = list(Customer.objects.select_for_update().filter(pk__in=family(customer)).order_by("pk"))
    check_may_change(by)
    keys = [row.pk for row in rows]
    ContactPoint.objects.filter(customer__in=keys).delete()
    BlindToken.objects.filter(customer__in=keys).delete()
    Interaction.objects.filter(customer__in=keys).update(summary="")
    Holding.objects.filter(customer__in=keys).update(serial="", serial_blind="", description="", mileage_km=None)
    for row in rows:
        for field in ERASED:
            setattr(row, field, "")
        row.version += 1
        row.save(update_fields=[*ERASED, "version"])
        record(row, "forgotten", by=by)
    return next(row for row in rows if row.pk == customer.pk)
