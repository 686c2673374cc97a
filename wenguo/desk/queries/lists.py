"""The list page: its rows with the words searched for marked, saved views and their counts, rows for bulk, export."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.access import text_for
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import ComplaintFilter, ListPage, Misread, counted, filtered, list_page
from wenguo.complaints.queries.lists import LONG_TEXTS
from wenguo.desk.models import SavedView
from wenguo.desk.queries.address import ListAddress
from wenguo.desk.queries.columns import Cell, cells_of, row_of
from wenguo.lib.highlight import Piece, pieces, snippet
from wenguo.lib.now import now

MOST_EXPORTED = 100_000
MOST_MATCHING = 500
_SNIPPET = 2000  # characters of the words looked at
_COUNTED_FOR = 60  # seconds


@dataclass(frozen=True)
class ViewTab:
    """A saved view as a tab of the list; pk 0 are the built-in ones."""

    pk: int
    name: str
    query: str
    is_current: bool
    is_mine: bool
    tells: bool = False
    count: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the list: the words searched for marked, and the person's own columns."""

    complaint: Complaint
    title: list[Piece]
    snippet: list[Piece] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


def lines_of(page: ListPage, user: User, columns: Sequence[str]) -> list[Line]:
    """The rows as this person may read them; one statement more where something was searched for."""
    words = page.meaning.words
    said = _said(page) if words else {}
    return [
        Line(
            one,
            pieces(text_for(user, one.title), words),
            snippet(text_for(user, said.get(one.pk, "")), words),
            cells_of(one, columns),
        )
        for one in page.rows
    ]


def _said(page: ListPage) -> dict[int, str]:
    rows = Complaint.objects.filter(pk__in=[one.pk for one in page.rows])
    return dict(rows.values_list("pk", Substr("words", 1, _SNIPPET)))


def views_for(user: User, address: ListAddress) -> list[ViewTab]:
    """Built-in views first, then one's own, the unit's and everybody's."""
    current = address.to_string()
    tabs = [
        ViewTab(0, name, (query := ListAddress(one).to_string()), query == current, is_mine=False)
        for name, one in _built_in()
    ]
    return tabs + [
        ViewTab(v.pk, v.name, v.query, v.query == current, v.owner_id == user.pk, bool(v.alert))
        for v in saved_views(user)
    ]


def _built_in() -> list[tuple[str, ComplaintFilter]]:
    return [
        (_("In progress"), ComplaintFilter(open=True)),
        (_("Mine"), ComplaintFilter(open=True, owner="me")),
        (_("Missed"), ComplaintFilter(open=True, overdue=True)),
        (_("Due today"), ComplaintFilter(open=True, due_today=True)),
        (_("Urgent"), ComplaintFilter(open=True, urgent=True)),
        (_("All"), ComplaintFilter()),
    ]


def saved_views(user: User) -> list[SavedView]:
    shared = Q(owner=user) | Q(sharing=SavedView.Sharing.EVERYBODY)
    if user.unit_id:
        shared |= Q(sharing=SavedView.Sharing.TEAM, owner__unit=user.unit_id)
    return list(SavedView.objects.filter(shared).order_by("position", "id")[:50])


def counted_views(user: User, address: ListAddress) -> list[ViewTab]:
    """The tabs with how many complaints each shows this person, at most a minute old."""
    return [
        ViewTab(one.pk, one.name, one.query, one.is_current, one.is_mine, one.tells, _count(user, one.query))
        for one in views_for(user, address)
    ]


def _count(user: User, query: str) -> str:
    key = f"view-count:{user.pk}:{get_language()}:{hashlib.sha256(query.encode()).hexdigest()[:32]}"
    known: str | None = cache.get(key)
    if known is None:
        try:
            known = str(counted(user, ListAddress.from_string(query).filter))
        except Misread:
            known = ""
        cache.set(key, known, _COUNTED_FOR)
    return known


def matching_ids(user: User, address: ListAddress) -> list[int]:
    """The first complaints of a list, as many as one bulk action takes; found page by page like the list itself."""
    found: list[int] = []
    cursor = None
    while len(found) < MOST_MATCHING:
        page = list_page(user, address.filter, cursor=cursor, size=200, order=address.order)
        found += [one.pk for one in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    return found[:MOST_MATCHING]


def export_rows(user: User, address: ListAddress) -> tuple[Iterator[dict[str, object]], int]:
    """The rows, streamed, and how many there are."""
    rows = filtered(user, address.filter, now()).order_by("-received_at", "-id")
    shown = rows.select_related("owner", "lead_unit", "product", "issue", "channel").defer(*LONG_TEXTS)
    count = rows.order_by()[:MOST_EXPORTED].count()
    return (row_of(one) for one in shown[:MOST_EXPORTED].iterator(chunk_size=2000)), count
