"""Erasing a person: allegations, reasoning and evidence lose their words; findings and causes stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_change
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.investigation.models import Allegation, Containment, Evidence, FaultAttribution
from wenguo.lib.actors import Actor


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> int:
    """What was found stays in codes: findings, causes, verdicts. How many complaints."""
    check_may_change(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    Allegation.objects.filter(complaint__in=complaints).update(text="", reasoning="")
    Evidence.objects.filter(complaint__in=complaints).update(description="", origin="")
    Containment.objects.filter(complaint__in=complaints).update(action="")
    FaultAttribution.objects.filter(complaint__in=complaints).update(reasoning="", appeal="")
    return complaints.count()
