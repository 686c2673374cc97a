"""Saved views, and the rows that bulk and export take."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import ComplaintFilter, filtered
from wenguo.complaints.queries.lists import LONG_TEXTS
from wenguo.desk.models import SavedView
from wenguo.lib.now import now

MOST_EXPORTED = 100_000
MOST_MATCHING = 500

# What the list shows is what the export holds
COLUMNS = {
    "reference": gettext_lazy("Reference"),
    "title": gettext_lazy("Complaint"),
    "status": gettext_lazy("Status"),
    "stage": gettext_lazy("Stage"),
    "importance": gettext_lazy("Importance"),
    "product": gettext_lazy("Product"),
    "issue": gettext_lazy("Issue"),
    "channel": gettext_lazy("Channel"),
    "lead_unit": gettext_lazy("Lead unit"),
    "owner": gettext_lazy("Owner"),
    "received_at": gettext_lazy("Received at"),
    "next_due_at": gettext_lazy("Next due"),
    "ended_at": gettext_lazy("Ended"),
    "satisfaction": gettext_lazy("Satisfaction"),
}


@dataclass(frozen=True)
class ViewTab:
    """A saved view as a tab of the list; pk 0 are the built-in ones."""

    pk: int
    name: str
    query: str
    is_current: bool
    is_mine: bool


def views_for(user: User, given: ComplaintFilter) -> list[ViewTab]:
    """Built-in views first, then one's own, the unit's and everybody's."""
    shared = Q(owner=user) | Q(sharing=SavedView.Sharing.EVERYBODY)
    if user.unit_id:
        shared |= Q(sharing=SavedView.Sharing.TEAM, owner__unit=user.unit_id)
    current = given.to_string()
    built_in = [
        (_("In progress"), ComplaintFilter(open=True)),
        (_("Mine"), ComplaintFilter(open=True, owner="me")),
        (_("Missed"), ComplaintFilter(open=True, overdue=True)),
        (_("Due today"), ComplaintFilter(open=True, due_today=True)),
        (_("Urgent"), ComplaintFilter(open=True, urgent=True)),
        (_("All"), ComplaintFilter()),
    ]
    tabs = [ViewTab(0, name, one.to_string(), one.to_string() == current, False) for name, one in built_in]
    saved = SavedView.objects.filter(shared).order_by("position", "id")[:50]
    return tabs + [ViewTab(v.pk, v.name, v.query, v.query == current, v.owner_id == user.pk) for v in saved]


def matching_ids(user: User, given: ComplaintFilter) -> list[int]:
    """The newest complaints of a filter, as many as one bulk action takes."""
    rows = filtered(user, given, now()).order_by("-received_at", "-id")
    return list(rows.values_list("pk", flat=True)[:MOST_MATCHING])


def export_rows(user: User, given: ComplaintFilter) -> tuple[Iterator[dict[str, object]], int]:
    """The rows, streamed, and how many there are; no personal data is among the columns."""
    rows = filtered(user, given, now()).order_by("-received_at", "-id")
    shown = rows.select_related("owner", "lead_unit", "product", "issue", "channel").defer(*LONG_TEXTS)
    count = min(rows.order_by().count(), MOST_EXPORTED)
    return (_row(one) for one in shown[:MOST_EXPORTED].iterator(chunk_size=2000)), count


def _row(one: Complaint) -> dict[str, object]:
    return {
        "reference": one.reference,
        "title": one.title,
        "status": str(one.get_status_display()),
        "stage": str(one.get_stage_display()),
        "importance": str(one.get_importance_display()) if one.importance else "",
        "product": one.product.name if one.product else one.product_text,
        "issue": one.issue.name if one.issue else "",
        "channel": one.channel.name,
        "lead_unit": one.lead_unit.name if one.lead_unit else "",
        "owner": one.owner.name if one.owner else "",
        "received_at": one.received_at,
        "next_due_at": one.next_due_at,
        "ended_at": one.ended_at,
        "satisfaction": one.satisfaction,
    }
