"""Lists of complaints: what a page costs does not depend on how many there are."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.complaints.queries.conditions import Asker
from wenguo.complaints.queries.filters import ComplaintFilter
from wenguo.complaints.queries.meaning import Meaning, condition, understand
from wenguo.complaints.queries.scope import Reach, reach_of, visible_rows
from wenguo.complaints.queries.search import matching
from wenguo.complaints.queries.told import Misread
from wenguo.complaints.queries.walk import MOST_MATCHES, Walk
from wenguo.complaints.rules.language import Mistake
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.pages import Order, Page, cursor_after, keyset_page, place_of

MOST_COUNTED = 10_000
MOST_RANKED = 2_000
LARGEST_PAGE = 200
# Long texts stay where they are: a list shows none of them.
LONG_TEXTS = ("words", "apparent_demand", "hidden_need", "remedy_sought", "imported_facts")

ORDERS: dict[str, Order] = {
    "received": (("received_at", "desc"), ("id", "desc")),
    "-received": (("received_at", "asc"), ("id", "asc")),
    "due": (("next_due_at", "asc"), ("id", "asc")),
    "changed": (("changed_at", "desc"), ("id", "desc")),
    "-changed": (("changed_at", "asc"), ("id", "asc")),
    "best": (("score", "desc"), ("received_at", "desc"), ("id", "desc")),
}
_BY_TIME = {"received": "received_at", "changed": "changed_at"}


@dataclass(frozen=True)
class Count:
    """How many; beyond MOST_COUNTED nobody waits for the rest to be counted."""

    number: int
    is_capped: bool

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.is_capped else f"{self.number:,}"


@dataclass(frozen=True)
class ListPage:
    """One page of a list with how many there are in all.

    `looked_back_to`: the page ends there because looking further would take too long; `next_cursor` goes on.
    """

    rows: list[Complaint]
    count: Count
    next_cursor: str | None
    previous_cursor: str | None
    looked_back_to: datetime | None = None
    meaning: Meaning = field(default_factory=Meaning)


@dataclass(frozen=True)
class Found:
    """What a person asked, understood, and the rows they may see of it."""

    meaning: Meaning
    asker: Asker
    reach: Reach
    seen: ComplaintQuerySet

    @property
    def is_walked(self) -> bool:
        """No index of the complaints themselves leads there."""
        return self.meaning.text is not None or (self.meaning.looks_through and not self.reach.is_few)

    def whole(self) -> ComplaintQuerySet:
        """Everything, however long it takes to be found: for what is not a page."""
        wanted = self.meaning.rest
        for part in self.meaning.mixed:
            wanted &= condition(part, self.asker)
        text = self.meaning.text
        return self.seen.filter(wanted, Q(pk__in=matching(text)) if text is not None else Q())

    def walk(self, start: datetime | None, column: str = "received_at", *, to_newer: bool = False) -> Walk:
        return Walk(self.meaning, self.asker, self.reach, self._begin(start, column, to_newer), column, to_newer)

    def _begin(self, start: datetime | None, column: str, to_newer: bool) -> datetime:
        """The cursor, or the days asked for, or the end of all complaints this way."""
        asked_for = self.meaning.received.first if to_newer else self.meaning.received.last
        if start is None and asked_for is not None and column == "received_at":
            day = timezone.make_aware(datetime.combine(asked_for, datetime.min.time()))
            start = day - timedelta(days=1) if to_newer else day + timedelta(days=2)
        end = datetime(1970, 1, 1, tzinfo=UTC) if to_newer else self.asker.moment + timedelta(days=1)
        return start or end


def asked(user: User, given: ComplaintFilter, moment: datetime | None = None) -> Found:
    """Understands a filter; a mistake in its words is refused with its place."""
    asker = Asker(user, moment or now())
    try:
        meaning = understand(given.tree(), asker)
    except Mistake as mistake:
        raise Misread(mistake, given.text) from mistake
    reach = reach_of(user)
    return Found(meaning, asker, reach, visible_rows(user, reach))


def list_page(
    user: User, given: ComplaintFilter, *, cursor: str | None = None, size: int = 50, order: str = "received"
) -> ListPage:
    """What the person may see of it. By due date only complaints with a running clock are listed."""
    check_order(order)
    found = asked(user, given)
    size = max(1, min(size, LARGEST_PAGE))
    if order == "best" and not found.meaning.words:
        order = "received"
    return _walked_page(found, cursor, size, order) if found.is_walked else _plain_page(found, cursor, size, order)


def check_order(order: str) -> None:
    if order not in ORDERS:
        raise Refused(_("This list cannot be sorted that way."), field="sort")


def newest(found: Found) -> tuple[ComplaintQuerySet, bool]:
    """The newest matches, as many as are counted, and whether there may be more."""
    if not found.is_walked:
        return found.seen.filter(found.meaning.rest).order_by("-received_at", "-id"), False
    walk = found.walk(None)
    walk.go_on()
    while walk.may_go_on:
        walk.go_on()
    return found.seen.filter(walk.condition()).order_by("-received_at", "-id"), not walk.is_complete


def filtered(user: User, given: ComplaintFilter, moment: datetime) -> ComplaintQuerySet:
    """All the complaints this person may see, narrowed down: for exports and bulk, which take their time."""
    return asked(user, given, moment).whole()


def counted(user: User, given: ComplaintFilter, moment: datetime | None = None) -> Count:
    """How many the person sees through this filter: for saved views and the home page."""
    found = asked(user, given, moment)
    rows, is_capped = newest(found)
    count = count_of(rows)
    return Count(count.number, count.is_capped or is_capped)


def count_of(rows: ComplaintQuerySet) -> Count:
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)


def shown(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    """With what a line of a list shows, and without what it does not."""
    return rows.select_related("customer", "owner", "lead_unit", "product", "issue", "channel").defer(*LONG_TEXTS)


def _page(rows: ComplaintQuerySet, order: str, cursor: str | None, size: int) -> Page[Complaint]:
    """One page: first which complaints, then all a line shows of these few. Together they would be sorted as one."""
    columns = [name for name, _way in ORDERS[order]]
    page = keyset_page(rows.only(*(name for name in columns if name != "score")), ORDERS[order], cursor, size)
    known = shown(Complaint.objects.filter(pk__in=[one.pk for one in page.rows])).in_bulk()
    return Page([known[one.pk] for one in page.rows], page.next_cursor, page.previous_cursor)


def _plain_page(found: Found, cursor: str | None, size: int, order: str) -> ListPage:
    rows = ordered(found.seen.filter(found.meaning.rest), order, found.meaning)
    page = _page(rows, order, cursor, size)
    return ListPage(page.rows, count_of(rows), page.next_cursor, page.previous_cursor, meaning=found.meaning)


def _walked_page(found: Found, cursor: str | None, size: int, order: str) -> ListPage:
    """Windows are added until the page is full; one that stays short says how far it looked."""
    walk, wanted = _walk_for(found, cursor, order, size)
    while True:
        walk.go_on()
        if walk.may_go_on and found.meaning.is_plain and len(walk.keys) <= wanted:
            continue
        rows = ordered(found.seen.filter(walk.condition()), order, found.meaning)
        page = _page(rows, order, cursor, size)
        if len(page.rows) >= wanted or not walk.may_go_on or (page.next_cursor and not walk.to_newer):
            break
    count = _count_walked(found, walk)
    return _ended(page, walk, count, found.meaning, order)


def _walk_for(found: Found, cursor: str | None, order: str, size: int) -> tuple[Walk, int]:
    """The walk that meets this order's next rows first, and how many matches it needs."""
    column = _BY_TIME.get(order.lstrip("-"), "received_at")
    by_time = order.lstrip("-") == "received" or (order.lstrip("-") == "changed" and found.meaning.text is None)
    if not by_time:
        return found.walk(None), MOST_RANKED if order == "best" else MOST_MATCHES
    backwards, values = place_of(cursor, Complaint, ORDERS[order]) if cursor else (False, [None])
    to_newer = order.startswith("-") != backwards
    return found.walk(values[0], column, to_newer=to_newer), size


def _ended(page: Page[Complaint], walk: Walk, count: Count, meaning: Meaning, order: str) -> ListPage:
    further = page.next_cursor
    looked = None
    if not further and walk.reached is not None and not walk.is_complete and order in ("received", "-received"):
        looked = walk.reached
        further = cursor_after(Complaint, ORDERS[order], [looked, 0 if order == "received" else 2**62])
    return ListPage(page.rows, count, further, page.previous_cursor, looked, meaning)


def _count_walked(found: Found, walk: Walk) -> Count:
    """All matches where the walk saw the end, else how many there are at least."""
    if walk.is_complete and found.meaning.is_plain and found.reach.everywhere:
        return Count(min(len(walk.keys), MOST_COUNTED), len(walk.keys) > MOST_COUNTED)
    count = count_of(found.seen.filter(walk.condition()))
    return count if walk.is_complete else Count(count.number, is_capped=True)


def ordered(rows: ComplaintQuerySet, order: str, meaning: Meaning) -> ComplaintQuerySet:
    """The rows an order can show, with what it sorts by."""
    if order == "due":
        return rows.filter(next_due_at__isnull=False)
    return rows.annotate(score=_score(meaning.words)) if order == "best" else rows


def _score(words: tuple[str, ...]) -> Any:
    """For each word: in the title, else in what the complainant said, else anywhere."""
    found: Any = Value(0)
    for word in words[:8]:
        found = found + Case(
            When(Q(title__icontains=word), then=Value(3)),
            When(Q(words__icontains=word), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
    return found
