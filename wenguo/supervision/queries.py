"""What may be drawn, plans with their progress, the panel."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import Source, Status
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.supervision.choices import ItemFinding
from wenguo.supervision.models import InspectionPlan

INSPECTED = (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED)


def population_of(user: User, period_from: date, period_to: date, unit: Unit | None) -> ComplaintQuerySet:
    """Live complaints ended from the first to the last day (local time of the company), in the inspector's scope."""
    start = timezone.make_aware(datetime.combine(period_from, time()))
    end = timezone.make_aware(datetime.combine(period_to, time())) + timedelta(days=1)
    rows = Complaint.objects.visible_to(user, Permission.INSPECT).filter(
        status__in=INSPECTED, ended_at__gte=start, ended_at__lt=end, source=Source.LIVE
    )
    return rows.filter(lead_unit__path__startswith=unit.path) if unit else rows


def plans() -> QuerySet[InspectionPlan]:
    """Newest first, with how many are checked and how many do not conform."""
    checked = Count("inspections", filter=~Q(inspections__finding=ItemFinding.OPEN))
    bad = Count("inspections", filter=Q(inspections__finding__in=(ItemFinding.MINOR, ItemFinding.MAJOR)))
    rows = InspectionPlan.objects.select_related("unit", "created_by")
    return rows.annotate(drawn=Count("inspections"), checked=checked, bad=bad)


def panel_of(complaint: Complaint) -> dict[str, object]:
    """The mark, inspections and oversight orders of a complaint."""
    return {
        "mark": getattr(complaint, "improvement_mark", None),
        "inspections": list(complaint.inspections.select_related("plan", "inspector")),
        "orders": list(complaint.oversight_orders.select_related("by", "answered_by").order_by("id")),
    }
