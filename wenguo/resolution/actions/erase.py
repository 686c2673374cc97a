"""Erasing a person: replies and their answers lose their words; remedies, amounts and dates stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor
from wenguo.resolution.models import Approval, Proposal, Remedy, Reply


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """What was paid and promised stays in figures."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    replies = Reply.objects.filter(complaint__in=complaints).update(body=GONE, review_note="", answer_reason="")
    rows = (
        Approval.objects.filter(proposal__complaint__in=complaints).update(note=""),
        Proposal.objects.filter(complaint__in=complaints).update(title=GONE, description=""),
        Remedy.objects.filter(complaint__in=complaints).update(what=GONE, proof=""),
    )
    return {Erased.REPLIES: replies, Erased.REMEDIES: sum(rows)}
