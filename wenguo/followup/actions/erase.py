"""Erasing a person: comments go, scores and dates stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import Erased
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.followup.models import Attempt, CallBack, PromisedNotice, Survey
from wenguo.lib.actors import Actor
from wenguo.lib.now import now


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """Comments of call-backs and surveys, notes of attempts; survey links not used yet stop working."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    surveys = Survey.objects.filter(complaint__in=complaints)
    surveys.filter(answered_at=None).update(expires_at=now())
    PromisedNotice.objects.filter(complaint__in=complaints).update(about="")
    rows = (
        surveys.exclude(comment="").update(comment=""),
        CallBack.objects.filter(complaint__in=complaints).exclude(comment="").update(comment=""),
        Attempt.objects.filter(call_back__complaint__in=complaints).exclude(note="").update(note=""),
    )
    return {Erased.OPINIONS: sum(rows)}
