"""Erasing a person: searches for them that somebody saved, and what colleagues noted for themselves."""

from urllib.parse import unquote_plus

from django.db import transaction

from wenguo.customers import queries
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import Erased
from wenguo.customers.models import Customer
from wenguo.customers.rules import speaks_of
from wenguo.desk.models import Reminder, SavedView
from wenguo.lib.actors import Actor


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """A view whose name or search speaks of them is removed: without the search it would show something else.

    A reminder stays; its note goes.
    """
    check_may_erase(by)
    traces = queries.traces(customer, with_names=True)
    views = SavedView.objects.only("pk", "name", "query")
    theirs = [view.pk for view in views if speaks_of(f"{view.name} {unquote_plus(view.query)}", traces)]
    SavedView.objects.filter(pk__in=theirs).delete()
    Reminder.objects.filter(complaint__customer=customer).update(note="")
    return {Erased.VIEWS: len(theirs)}
