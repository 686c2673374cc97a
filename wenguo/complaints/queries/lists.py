"""Lists of complaints: a fixed number of statements, whatever there is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.complaints.queries.filters import ComplaintFilter, filtered
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.pages import Order, keyset_page

MOST_COUNTED = 10_000
LARGEST_PAGE = 200
# Long texts stay where they are: a list shows none of them.
LONG_TEXTS = ("words", "apparent_demand", "hidden_need", "remedy_sought", "imported_facts")

ORDERS: dict[str, Order] = {
    "received": (("received_at", "desc"), ("id", "desc")),
    "-received": (("received_at", "asc"), ("id", "asc")),
    "due": (("next_due_at", "asc"), ("id", "asc")),
    "changed": (("changed_at", "desc"), ("id", "desc")),
    "-changed": (("changed_at", "asc"), ("id", "asc")),
}


@dataclass(frozen=True)
class Count:
    """How many; beyond MOST_COUNTED nobody waits for the rest to be counted."""

    number: int
    is_capped: bool

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.is_capped else f"{self.number:,}"


@dataclass(frozen=True)
class ListPage:
    """One page of a list with how many there are in all."""

    rows: list[Complaint]
    count: Count
    next_cursor: str | None
    previous_cursor: str | None


def list_page(
    user: User, given: ComplaintFilter, *, cursor: str | None = None, size: int = 50, order: str = "received"
) -> ListPage:
    """What the person may see of it. By due date only complaints with a running clock are listed."""
    rows = ordered(filtered(user, given, now()), order)
    columns = ORDERS[order]
    shown = rows.select_related("customer", "owner", "lead_unit", "product", "issue", "channel").defer(*LONG_TEXTS)
    page = keyset_page(shown, columns, cursor, max(1, min(size, LARGEST_PAGE)))
    return ListPage(page.rows, count_of(rows), page.next_cursor, page.previous_cursor)


def ordered(rows: ComplaintQuerySet, order: str) -> ComplaintQuerySet:
    """The rows an order can show; an unknown order is refused."""
    if order not in ORDERS:
        raise Refused(_("This list cannot be sorted that way."), field="sort")
    return rows.filter(next_due_at__isnull=False) if order == "due" else rows


def count_of(rows: ComplaintQuerySet) -> Count:
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)


def counted(user: User, given: ComplaintFilter, moment: datetime | None = None) -> Count:
    """How many the person sees through this filter: for saved views and the home page."""
    return count_of(filtered(user, given, moment or now()))
