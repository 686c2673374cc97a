"""ISO 10002 annex H: eight counts of the period, each with its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from wenguo.complaints.choices import ClockState, Status
from wenguo.complaints.models import Clock, Complaint, ComplaintQuerySet, StageOutput
from wenguo.complaints.rules import ACK, WHOLE
from wenguo.insights.choices import Count, Metric
from wenguo.insights.queries import rollups
from wenguo.insights.queries.cohorts import RESPONSE_IN_FILE, Asked
from wenguo.insights.queries.slices import slice_of
from wenguo.lib.now import now
from wenguo.process.choices import Stage
from wenguo.supervision.choices import MarkClass
from wenguo.supervision.models import ImprovementMark


@dataclass(frozen=True)
class Counted:
    """One line of annex H."""

    count: Count
    number: int
    url: str


def annex_h(asked: Asked, query: str = "") -> list[Counted]:
    """The eight figures out of the sums; every number is one click from its complaints."""
    found = rollups.totals({metric for metric, _part in COUNTED_BY.values()}, slice_of(asked))
    numbers = {which: getattr(found[metric], part) for which, (metric, part) in COUNTED_BY.items()}
    return [Counted(which, numbers[which], _url(which, query)) for which in Count]


def count_rows(which: Count, asked: Asked) -> QuerySet[Complaint]:
    """The complaints behind a count."""
    return _ROWS[which](asked)


def _url(which: Count, query: str) -> str:
    address = reverse("insights:count", args=[which.value])
    return f"{address}?{query}" if query else address


def _received(asked: Asked) -> ComplaintQuerySet:
    """Duplicates are counted with the complaint they were merged into."""
    rows = asked.complaints().filter(merged_into__isnull=True)
    return rows.filter(received_at__gte=asked.span.start, received_at__lt=asked.span.end)


def _first_contact(asked: Asked) -> ComplaintQuerySet:
    """Cause and remedy settled in the first contact, and handled."""
    outputs = StageOutput.objects.filter(complaint=OuterRef("pk"), stage=Stage.RESOLVE, body__route="first_contact")
    return _received(asked).filter(Exists(outputs), status__in=(Status.HANDLED, Status.CLOSED))


def _wrong_priority(asked: Asked) -> ComplaintQuerySet:
    """The level was changed after it had been set."""
    again = StageOutput.objects.filter(complaint=OuterRef("pk"), stage=Stage.IMPORTANCE, body__changed=True)
    return _received(asked).filter(Exists(again))


def _late(asked: Asked, rules: list[str]) -> ComplaintQuerySet:
    due = Clock.objects.filter(
        complaint=OuterRef("pk"), rule__in=rules, due_at__gte=asked.span.start, due_at__lt=asked.span.end
    )
    late = due.filter(Q(state=ClockState.MISSED) | Q(state=ClockState.RUNNING, due_at__lt=now()))
    return asked.complaints().filter(Exists(late))


def _referred(asked: Asked) -> ComplaintQuerySet:
    """Came through a regulator, or ended without agreement and went to an outside route."""
    return _received(asked).filter(Q(channel__code="regulator") | Q(status=Status.NOT_ACCEPTED))


def _repeat(asked: Asked) -> ComplaintQuerySet:
    """The same customer complained of the same issue before, within 90 days."""
    earlier = Complaint.objects.filter(
        customer=OuterRef("customer"),
        issue=OuterRef("issue"),
        received_at__lt=OuterRef("received_at"),
        received_at__gte=OuterRef("received_at") - timedelta(days=90),
        merged_into__isnull=True,
    )
    return _received(asked).filter(customer__isnull=False, issue__isnull=False).filter(Exists(earlier))


def _improved(asked: Asked) -> ComplaintQuerySet:
    marks = ImprovementMark.objects.filter(
        complaint=OuterRef("pk"), at__gte=asked.span.start, at__lt=asked.span.end
    ).exclude(mark_class=MarkClass.NOTHING)
    return asked.complaints().filter(Exists(marks))


# Which sum of which metric each line is
COUNTED_BY: dict[Count, tuple[Metric, str]] = {
    Count.RECEIVED: (Metric.RECEIVED, "met"),
    Count.FIRST_CONTACT: (Metric.FIRST_CONTACT, "met"),
    Count.WRONG_PRIORITY: (Metric.WRONG_PRIORITY, "met"),
    Count.ACKNOWLEDGED_LATE: (Metric.ACKNOWLEDGED, "failed"),
    Count.RESOLVED_LATE: (Metric.TIMELINESS, "failed"),
    Count.REFERRED: (Metric.REFERRED, "met"),
    Count.REPEAT: (Metric.REPEAT, "met"),
    Count.IMPROVED: (Metric.IMPROVED, "met"),
}
_ROWS: dict[Count, Callable[[Asked], ComplaintQuerySet]] = {
    Count.RECEIVED: _received,
    Count.FIRST_CONTACT: _first_contact,
    Count.WRONG_PRIORITY: _wrong_priority,
    Count.ACKNOWLEDGED_LATE: lambda asked: _late(asked, [ACK]),
    Count.RESOLVED_LATE: lambda asked: _late(asked, [WHOLE, RESPONSE_IN_FILE]),
    Count.REFERRED: _referred,
    Count.REPEAT: _repeat,
    Count.IMPROVED: _improved,
}
