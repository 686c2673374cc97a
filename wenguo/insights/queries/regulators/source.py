"""The complaints of a file, in batches, with what a regulator asks of each. All of the house: a return leaves nobody
out, whoever asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from wenguo.complaints.choices import Source, Status
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.insights.choices import SourceFilter
from wenguo.insights.queries.registers.entries import Known, known_of
from wenguo.insights.rules.periods import Days
from wenguo.lib.pages import Order, keyset_page
from wenguo.resolution.choices import PaymentKind

BATCH = 500
OLDEST: Order = (("received_at", "asc"), ("id", "asc"))


@dataclass(frozen=True)
class Told:
    """One complaint as a regulator counts it; days are the house's."""

    complaint: Complaint
    known: Known
    received_on: date
    closed_on: date | None
    redress: Decimal

    @property
    def has_money(self) -> bool:
        chosen = self.known.chosen.get(self.complaint.pk)
        return chosen is not None and chosen.payment != PaymentKind.NONE

    @property
    def has_remedy(self) -> bool:
        return bool(self.known.remedies[self.complaint.pk])


def told_complaints(days: Days, source: str, *, with_open: bool = False) -> Iterator[Told]:
    """Received in the period, oldest first; `with_open`: also those received before and not closed when it began.

    Duplicates are told with the complaint they were merged into.
    """
    rows, cursor = _rows(days, source, with_open), None
    while True:
        page = keyset_page(rows, OLDEST, cursor, BATCH)
        known = known_of(page.rows)
        for one in page.rows:
            told = _told(one, known)
            if (
                not with_open
                or told.received_on >= days.first
                or told.closed_on is None
                or told.closed_on >= days.first
            ):
                yield told
        cursor = page.next_cursor
        if cursor is None:
            return


def _rows(days: Days, source: str, with_open: bool) -> ComplaintQuerySet:
    start, end = begin_of(days.first), begin_of(days.last + timedelta(days=1))
    rows = Complaint.objects.exclude(status=Status.MERGED).filter(received_at__lt=end)
    if source != SourceFilter.ALL:
        rows = rows.filter(source=Source(source))
    inside = Q(received_at__gte=start)
    if with_open:  # closed is also what was answered and has not ended yet; `told_complaints` looks closer
        inside |= Q(ended_at__isnull=True) | Q(ended_at__gte=start)
    return rows.filter(inside).select_related("product", "issue", "channel", "customer")


def _told(one: Complaint, known: Known) -> Told:
    redress = sum((remedy.amount for remedy in known.remedies[one.pk] if remedy.done_on), start=Decimal(0))
    return Told(one, known, day_of(one.received_at), closed_on(one, known), redress)


def closed_on(one: Complaint, known: Known) -> date | None:
    """The final answer was sent, or it ended: whichever came first. One opened again is closed when it ends anew."""
    answers = [reply.sent_at for reply in known.replies[one.pk] if reply.sent_at and reply.round == one.round]
    moments = [moment for moment in (*answers[-1:], one.ended_at) if moment]
    return day_of(min(moments)) if moments else None


def begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
