"""Erasing a person: free words that may tell of them go; who handled what stays."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.dispatch.models import Assignment, AssistingUnit
from wenguo.lib.actors import Actor


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """Blanks notes, reasons and answers on the complaints of the whole family."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    mine = Assignment.objects.filter(complaint__in=complaints)
    gone = mine.update(note="", arbitration="")
    mine.exclude(return_reason="").update(return_reason=GONE)  # a return without any reason would not be one
    gone += AssistingUnit.objects.filter(complaint__in=complaints).update(part=GONE, answer="")
    return {Erased.DISPATCHES: gone}
