"""Erasing a person: replies and their answers lose their words; remedies, amounts and dates stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_change
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor
from wenguo.resolution.models import Approval, Proposal, Remedy, Reply


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> int:
    """What was paid and promised stays in figures. How many complaints."""
    check_may_change(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    Reply.objects.filter(complaint__in=complaints).update(body="", review_note="", answer_reason="")
    Approval.objects.filter(proposal__complaint__in=complaints).update(note="")
    Proposal.objects.filter(complaint__in=complaints).update(title="", description="")
    Remedy.objects.filter(complaint__in=complaints).update(what="", proof="")
    return complaints.count()
