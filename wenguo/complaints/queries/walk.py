"""Looking through complaints from the newest back, in growing windows, so that a page costs the same at any size.

Words are asked of the full-text index for one window at a time: a common word fills a page from the first days, a rare
one is looked up in all of them at once. What no index leads to is looked through only so far; the page says where it
ended and goes on from there.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from wenguo.complaints.models import Complaint
from wenguo.complaints.queries.conditions import Asker
from wenguo.complaints.queries.meaning import Meaning, condition
from wenguo.complaints.queries.scope import Reach
from wenguo.complaints.queries.search import All, Any, Text, keys_of, listed
from wenguo.complaints.rules import marks

FIRST_WINDOW = 5_000  # complaints
LAST_WINDOW = 50_000  # looked through one by one at most
MOST_MATCHES = 10_000
_MOST_WINDOWS = 2
_FARTHEST = timedelta(days=30 * (marks.MOST_MARKS - 1))  # what few marks cover
_RARE = 100  # matches among the first window, below which everything is looked up at once
_DAY = timedelta(days=1)


@dataclass
class Walk:
    """A walk from `start` to older complaints (or to newer ones): the matches so far, and how far it has come."""

    meaning: Meaning
    asker: Asker
    reach: Reach
    start: datetime
    column: str = "received_at"
    to_newer: bool = False
    keys: list[int] = field(default_factory=list)
    reached: datetime | None = None
    is_complete: bool = False
    is_over: bool = False
    windows: int = 0

    def go_on(self) -> None:
        """One window further."""
        self.windows += 1
        text = self.meaning.text
        if text is not None:
            self._ask_index(text)
        else:
            self.reached = self._far(FIRST_WINDOW if self.windows == 1 else LAST_WINDOW)
            self.is_complete = self.reached is None

    @property
    def may_go_on(self) -> bool:
        if self.is_complete or self.is_over:
            return False
        return len(self.keys) < MOST_MATCHES if self.meaning.text is not None else self.windows < 2

    def condition(self) -> Q:
        """What of the walk so far is a match."""
        found = self.meaning.rest
        for part in self.meaning.mixed:
            found &= condition(part, self.asker, self._days(self.reached))
        return found & (Q(pk__in=listed(self.keys)) if self.meaning.text is not None else self._within())

    def _ask_index(self, text: Text) -> None:
        """One window wider. Where “all” is too much to be read, the window before stays: it holds the newest."""
        before, place = self.reached, self._next_place()
        marked = self._days(place)
        found = self._matches(text, marked)
        if marked is None and len(found) > 2 * MOST_MATCHES and before is not None:
            self.is_over = True
            return
        self.keys, self.reached = found, place if marked else None
        self.is_complete = marked is None

    def _next_place(self) -> datetime | None:
        """How far to look now; None: to the end."""
        if self.reached is None:
            return self._far(FIRST_WINDOW)
        if len(self.keys) < _RARE or self.windows > _MOST_WINDOWS:
            return None
        back = min(abs(self.start - self.reached) * (1 + MOST_MATCHES / len(self.keys)), _FARTHEST)
        try:
            return _midnight(self.start + back if self.to_newer else self.start - back)
        except OverflowError:
            return None

    def _far(self, number: int) -> datetime | None:
        """Where the so-manieth complaint from the start was received, at midnight: read in an index."""
        if self.reach.is_few:
            return None
        rows = Complaint.objects.order_by(self.column if self.to_newer else f"-{self.column}")
        rows = rows.filter(**{f"{self.column}__{'gte' if self.to_newer else 'lte'}": self.start})
        place = rows.values_list(self.column, flat=True)[number : number + 1].first()
        return place and _midnight(place + _DAY if self.to_newer else place)

    def _matches(self, text: Text, days: Text | None) -> list[int]:
        asked: list[Text] = [text]
        if self.meaning.is_open:
            asked.append(marks.OPEN)
        if units := self.reach.indexed_units:
            asked.append(Any(tuple(marks.unit(key) for key in units)))
        if days is not None:
            asked.append(days)
        return keys_of(All(tuple(asked)), 2 * MOST_MATCHES + 1)

    def _days(self, place: datetime | None) -> Text | None:
        """The days to be walked through, as the full-text index knows them; None for all."""
        if place is None:
            return None
        first, last = sorted((self.start, place))
        days = marks.between(first.astimezone(UTC).date(), last.astimezone(UTC).date())
        return Any(tuple(days)) if days else None

    def _within(self) -> Q:
        if self.reached is None:
            return Q()
        return Q(**{f"{self.column}__{'lt' if self.to_newer else 'gte'}": self.reached})


def _midnight(moment: datetime) -> datetime:
    """Days are whole, and begin in UTC, as in the full-text index."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
