"""The columns of the list: the same on the page and in an export."""

from collections.abc import Callable, Sequence
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


_VALUES: dict[str, Callable[[Complaint], object]] = {
    "reference": lambda one: one.reference,
    "title": lambda one: one.title,
    "status": lambda one: str(one.get_status_display()),
    "stage": lambda one: str(one.get_stage_display()),
    "importance": lambda one: str(one.get_importance_display()) if one.importance else "",
    "product": lambda one: one.product.name if one.product else one.product_text,
    "issue": lambda one: one.issue.name if one.issue else "",
    "channel": lambda one: one.channel.name,
    "lead_unit": lambda one: one.lead_unit.name if one.lead_unit else "",
    "owner": lambda one: one.owner.name if one.owner else "",
    "received_at": lambda one: one.received_at,
    "changed_at": lambda one: one.changed_at,
    "next_due_at": lambda one: one.next_due_at,
    "ended_at": lambda one: one.ended_at,
    "ended_as": lambda one: str(one.get_ended_as_display()) if one.ended_as else "",
    "satisfaction": lambda one: one.satisfaction,
    "order_reference": lambda one: one.order_reference,
    "chased": lambda one: one.chased,
    "reopened": lambda one: one.reopened,
}


def row_of(one: Complaint) -> dict[str, object]:
    """Every column's value, as an export holds it."""
    return {key: value(one) for key, value in _VALUES.items()}


def cells_of(one: Complaint, columns: Sequence[str]) -> list[Cell]:
    return [_cell(key, _VALUES[key](one)) for key in columns]


def _cell(key: str, value: object) -> Cell:
    label = str(COLUMNS[key])
    if isinstance(value, datetime):
        return Cell(key, label, "", moment=value)
    return Cell(key, label, "–" if value in (None, "") else value)
