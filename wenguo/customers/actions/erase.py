"""Erasing a person. What stays is that somebody was a customer, and that they were erased when and by whom.

Each room has a `forget` of its own that returns how much of what went; `world.forget` calls them in order.
"""

from collections.abc import Mapping

from django.db import transaction

from wenguo.audit.actions import record
from wenguo.customers.access import check_may_erase
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import BlindToken, Consent, ContactPoint, Customer, Erasure, Holding, Interaction
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor
from wenguo.lib.now import now

Tally = dict[str, int]
ERASED = ("full_name", "contact_person", "note", "merge_reason")


@transaction.atomic
def forget(customer: Customer, *, by: Actor, why: Mapping[str, object] | None = None) -> Tally:
    """Blanks names, contact points, serial numbers and the words of the contact log, of the whole family.

    Decisions about consent stay, without the words around them: they prove that what was done was lawful.
    `why` goes into the audit: ground and counts.
    """
    check_may_erase(by)
    rows = list(Customer.objects.select_for_update().filter(pk__in=family(customer)).order_by("pk"))
    keys = [row.pk for row in rows]
    gone: Tally = {Erased.NAMES: sum(any(getattr(row, field) for field in ERASED) for row in rows)}
    gone[Erased.CONTACTS], _by_model = ContactPoint.objects.filter(customer__in=keys).delete()
    BlindToken.objects.filter(customer__in=keys).delete()
    gone[Erased.TALKS] = Interaction.objects.filter(customer__in=keys).exclude(summary="").update(summary="")
    gone[Erased.HOLDINGS] = Holding.objects.filter(customer__in=keys).update(
        serial="", serial_blind="", description="", bought_on=None, mileage_km=None
    )
    Consent.objects.filter(customer__in=keys).update(source=GONE)
    Erasure.objects.filter(customer__in=keys).update(refusals=[])
    for row in rows:
        for field in ERASED:
            setattr(row, field, "")
        row.is_vulnerable = False
        row.forgotten_at = now()
        row.version += 1
        row.save(update_fields=[*ERASED, "is_vulnerable", "forgotten_at", "version"])
        record(row, "forgotten", by=by, body=why)
    return gone
