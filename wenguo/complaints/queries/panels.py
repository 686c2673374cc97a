"""What the panels of a complaint show: clocks with their reasons, files, tasks, links; the preview of a merge."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState, PauseReason, Visibility
from wenguo.complaints.models import Attachment, Clock, ClockEvent, Complaint, Link, Task
from wenguo.complaints.queries.timeline import family_ids, own_family_ids
from wenguo.complaints.rules import percent_reached
from wenguo.lib.duedate import DueDate
from wenguo.process.choices import DutyHolder

_KINDS = {
    ClockState.PAUSED: "neutral",
    ClockState.MET: "ok",
    ClockState.MISSED: "urgent",
    ClockState.CANCELLED: "neutral",
}


@dataclass(frozen=True)
class ClockShown:
    """A clock with its explanation, for the panel and the page's head."""

    clock: Clock
    name: str
    state: str
    kind: str
    why: list[str]
    percent: int
    is_agency: bool
    paused_for: str
    events: list[ClockEvent]


def clocks_of(complaint: Complaint) -> list[Clock]:
    """Running and paused first, by due date; then what is over, newest first. With their events."""
    rows = Clock.objects.filter(complaint=complaint).prefetch_related("events")
    running = [clock for clock in rows if clock.state in (ClockState.RUNNING, ClockState.PAUSED)]
    over = [clock for clock in rows if clock not in running]
    running.sort(key=lambda clock: clock.due_at)
    over.sort(key=lambda clock: clock.stopped_at or clock.due_at, reverse=True)
    return running + over


def clocks_shown(complaint: Complaint, moment: datetime) -> list[ClockShown]:
    """Each clock with why its date is what it is, in the active language."""
    return [clock_shown(clock, moment) for clock in clocks_of(complaint)]


def clock_shown(clock: Clock, moment: datetime) -> ClockShown:
    events = list(clock.events.all())
    pauses = [event for event in events if event.pause_reason]
    reason = PauseReason(pauses[-1].pause_reason).label if pauses and clock.state == ClockState.PAUSED else ""
    until = clock.stopped_at or clock.paused_at or moment
    whole = (clock.due_at - clock.started_at).total_seconds() or 1
    used = round((until - clock.started_at).total_seconds() / whole * 100)
    return ClockShown(
        clock=clock,
        name=clock.name,
        state=clock.state,
        kind=_KINDS.get(ClockState(clock.state)) or _running_kind(clock, moment),
        why=DueDate.from_json(clock.why).explain() if clock.why else [],
        percent=max(0, min(100, used)),
        is_agency=clock.duty_holder == DutyHolder.AGENCY,
        paused_for=str(reason),
        events=events,
    )


def _running_kind(clock: Clock, moment: datetime) -> str:
    return {0: "act", 75: "major", 90: "major", 100: "urgent"}[percent_reached(clock.started_at, clock.due_at, moment)]


def files_of(complaint: Complaint, *, public_only: bool = False) -> QuerySet[Attachment]:
    """Files of the family, newest first; `public_only` is what the complainant sees."""
    keys = own_family_ids(complaint) if public_only else family_ids(complaint)
    rows = Attachment.objects.filter(complaint__in=keys).select_related("added_by", "complaint")
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    return rows.order_by("-id")


def tasks_of(complaint: Complaint) -> QuerySet[Task]:
    """Open ones first, by their date."""
    rows = Task.objects.filter(complaint__in=family_ids(complaint)).select_related("assignee", "created_by", "done_by")
    return rows.order_by("done_at", "due_at", "id")


def links_of(complaint: Complaint, user: User) -> list[tuple[Link, Complaint]]:
    """Each link with the complaint at its other end, where this person may see that one."""
    rows = Link.objects.filter(Q(complaint=complaint) | Q(other=complaint)).select_related("complaint", "other")
    pairs = [
        (link, link.other if link.complaint_id == complaint.pk else link.complaint) for link in rows.order_by("id")
    ]
    keys = [other.pk for _link, other in pairs]
    visible = set(Complaint.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [(link, other) for link, other in pairs if other.pk in visible]


def merged_into_it(complaint: Complaint) -> QuerySet[Complaint]:
    return Complaint.objects.filter(merged_into=complaint).order_by("received_at")


@dataclass(frozen=True)
class MergePreview:
    """What merging would do, shown before it is done."""

    complaint: Complaint
    target: Complaint
    received_at: datetime
    is_same_customer: bool
    is_same_product: bool
    open_tasks: int
    tells: bool


def merge_preview(complaint: Complaint, target: Complaint) -> MergePreview:
    """The earlier receipt counts; different customers or products are a reason to look twice."""
    return MergePreview(
        complaint=complaint,
        target=target,
        received_at=min(complaint.received_at, target.received_at),
        is_same_customer=complaint.customer_id == target.customer_id,
        is_same_product=complaint.product_id == target.product_id,
        open_tasks=complaint.tasks.filter(done_at__isnull=True).count(),
        tells=complaint.customer_id is not None,
    )
