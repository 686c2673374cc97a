"""Erasing a person: free words that may tell of them go; who handled what stays."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_change
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.dispatch.models import Assignment, AssistingUnit
from wenguo.lib.actors import Actor

GONE = "—"  # a return without any reason would not be one


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> int:
    """Blanks notes, reasons and answers on the complaints of the whole family; how many complaints."""
    check_may_change(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    mine = Assignment.objects.filter(complaint__in=complaints)
    mine.update(note="", arbitration="")
    mine.exclude(return_reason="").update(return_reason=GONE)
    AssistingUnit.objects.filter(complaint__in=complaints).update(part=GONE, answer="")
    return complaints.count()
