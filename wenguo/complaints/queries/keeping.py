"""What stands against erasing a customer's complaints now."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.customers.choices import UNBOUND_GROUNDS
from wenguo.customers.models import Customer
from wenguo.customers.queries import family
from wenguo.lib.now import now

NAMED = 10  # references in one answer; whoever has more open complaints ends these first


def reasons_to_keep(customer: Customer, ground: str) -> list[str]:
    """Sentences that say what to do first; empty when nothing stands against it."""
    mine = Complaint.objects.filter(customer__in=family(customer))
    return _still_open(mine) + ([] if ground in UNBOUND_GROUNDS else _to_be_kept(mine))


def _still_open(mine: ComplaintQuerySet) -> list[str]:
    """Their own, and those of others that theirs were merged into."""
    theirs = Q(pk__in=mine.values("pk")) | Q(merged__in=mine.values("pk"))
    open_ones = Complaint.objects.open().filter(theirs).distinct()
    said = _("Complaint %(reference)s is still open. Bring it to its end first.")
    return [said % {"reference": one} for one in open_ones.order_by("pk").values_list("reference", flat=True)[:NAMED]]


def _to_be_kept(mine: ComplaintQuerySet) -> list[str]:
    """Claims can be raised for years: what was decided must be provable as long (PIPL 47, GDPR 17(3)(e))."""
    period = timedelta(days=settings.COMPLAINTS_KEPT_DAYS)
    ends = mine.ended().annotate(end=Coalesce("ended_at", "received_at")).filter(end__gt=now() - period)
    last = ends.order_by("-end").values_list("reference", "end").first()
    if last is None:
        return []
    reference, end = last
    day = date_format(localtime(end + period), "DATE_FORMAT")
    said = _(
        "Complaint %(reference)s must be kept until %(day)s (%(days)d days after its end). "
        "Ask again then, or choose the ground that allows it earlier: an order, or unlawful collection."
    )
    return [said % {"reference": reference, "day": day, "days": settings.COMPLAINTS_KEPT_DAYS}]
