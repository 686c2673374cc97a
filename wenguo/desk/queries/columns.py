"""The columns of the list: the same on the page and in an export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from wenguo.complaints.models import Complaint

# No personal data is among them: a list is read over shoulders, and an export leaves the house
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
    "changed_at": gettext_lazy("Changed"),
    "next_due_at": gettext_lazy("Next due"),
    "ended_at": gettext_lazy("Ended"),
    "ended_as": gettext_lazy("Ended as"),
    "satisfaction": gettext_lazy("Satisfaction"),
    "order_reference": gettext_lazy("Order or VIN"),
    "chased": gettext_lazy("Chased"),
    "reopened": gettext_lazy("Reopened"),
}
EXPORTED = tuple(
    key for key in COLUMNS if key not in ("changed_at", "ended_as", "order_reference", "chased", "reopened")
)


@dataclass(frozen=True)
class Cell:
    """One field of a row; `moment` where it is a time."""

    key: str
    label: str
    text: object
    moment: datetime | None = None


def row_of(one: Complaint) -> dict[str, object]:
    """Every column's value, as an export holds it."""
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
        "changed_at": one.changed_at,
        "next_due_at": one.next_due_at,
        "ended_at": one.ended_at,
        "ended_as": str(one.get_ended_as_display()) if one.ended_as else "",
        "satisfaction": one.satisfaction,
        "order_reference": one.order_reference,
        "chased": one.chased,
        "reopened": one.reopened,
    }


def cells_of(one: Complaint, columns: Sequence[str]) -> list[Cell]:
    values = row_of(one)
    return [_cell(key, values[key]) for key in columns]


def _cell(key: str, value: object) -> Cell:
    label = str(COLUMNS[key])
    if isinstance(value, datetime):
        return Cell(key, label, "", moment=value)
    return Cell(key, label, "–" if value in (None, "") else value)
