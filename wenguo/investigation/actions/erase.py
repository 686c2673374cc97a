"""Erasing a person: allegations, reasoning and evidence lose their words; findings and causes stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.investigation.models import Allegation, Cause, Containment, Evidence, FaultAttribution
from wenguo.lib.actors import Actor


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """What was found stays in codes: findings, causes, verdicts."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    rows = (
        Allegation.objects.filter(complaint__in=complaints).update(text=GONE, reasoning=""),
        Cause.objects.filter(complaint__in=complaints).update(statement=GONE, whys=[]),
        Evidence.objects.filter(complaint__in=complaints).update(description=GONE, origin=""),
        Containment.objects.filter(complaint__in=complaints).update(action=GONE),
        FaultAttribution.objects.filter(complaint__in=complaints).update(reasoning=GONE, appeal=""),
    )
    return {Erased.FINDINGS: sum(rows)}
