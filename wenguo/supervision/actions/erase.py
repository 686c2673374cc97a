"""Erasing a person: what inspectors and managers wrote goes; classes, findings and dates stay."""

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor
from wenguo.supervision.models import ImprovementMark, Inspection, OversightOrder


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """Sentences of the improvement mark, verdicts and notes of inspections, orders and their answers."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=family(customer))
    inspections = list(Inspection.objects.filter(complaint__in=complaints))
    for inspection in inspections:
        inspection.verdict = ""
        inspection.answers = {key: {**answer, "note": ""} for key, answer in inspection.answers.items()}
    Inspection.objects.bulk_update(inspections, ["verdict", "answers"])
    rows = (
        len(inspections),
        ImprovementMark.objects.filter(complaint__in=complaints).update(sentence=GONE),
        OversightOrder.objects.filter(complaint__in=complaints).update(text=GONE, answer=""),
    )
    return {Erased.SUPERVISION: sum(rows)}
