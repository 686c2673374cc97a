"""Erasing a person: rows of imports that could not be taken in and speak of them."""

from django.db import transaction

from wenguo.customers import queries
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import Erased
from wenguo.customers.models import Customer
from wenguo.customers.rules import speaks_of
from wenguo.intake.models import RawMessage
from wenguo.lib.actors import Actor


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """Payloads are sealed, so each is opened and looked into. Which row a complaint came from stays: it is a number."""
    check_may_erase(by)
    traces = queries.traces(customer)
    rows = RawMessage.objects.only("pk", "payload").iterator(chunk_size=500)
    theirs = [row.pk for row in rows if speaks_of(row.payload, traces)] if traces else []
    RawMessage.objects.filter(pk__in=theirs).delete()
    return {Erased.RAW: len(theirs)}
