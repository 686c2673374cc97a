"""The timeline, what stages left, and what the panels of a complaint show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wenguo.complaints.choices import ClockState, PauseReason, Visibility
from wenguo.complaints.models import Attachment, Clock, ClockEvent, Complaint, Entry, Link, StageOutput, Task
from wenguo.lib.duedate import DueDate
from wenguo.process.choices import DutyHolder
from wenguo.process.models import language_suffix


def family_ids(complaint: Complaint) -> list[int]:
    """The complaint and all merged into it, however deep: rows never move, so readers read the family."""
    found, level = [complaint.pk], [complaint.pk]
    while level:
        level = list(Complaint.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


def timeline(complaint: Complaint, *, public_only: bool = False) -> QuerySet[Entry]:
    """Entries of the family in order, with their authors, files and the complaint they were written on."""
    rows = (
        Entry.objects.filter(complaint__in=family_ids(complaint))
        .select_related("author", "complaint")
        .prefetch_related("attachments")
    )
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    return rows.order_by("at", "id")


def latest_outputs(complaint: Complaint) -> dict[str, StageOutput]:
    """The newest output per stage."""
    rows = StageOutput.objects.filter(complaint=complaint).select_related("by").order_by("id")
    return {row.stage: row for row in rows}


@dataclass(frozen=True)
class ClockShown:
    """A clock with its explanation, for the panel and the page's head."""

    clock: Clock
    name: str
    state: str
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
    return [_shown(clock, moment) for clock in clocks_of(complaint)]


def _shown(clock: Clock, moment: datetime) -> ClockShown:
    events = list(clock.events.all())
    pauses = [event for event in events if event.pause_reason]
    reason = PauseReason(pauses[-1].pause_reason).label if pauses and clock.state == ClockState.PAUSED else ""
    until = clock.stopped_at or clock.paused_at or moment
    whole = (clock.due_at - clock.started_at).total_seconds() or 1
    used = round((until - clock.started_at).total_seconds() / whole * 100)
    return ClockShown(
        clock=clock,
        name=clock_name(clock),
        state=clock.state,
        why=DueDate.from_json(clock.why).explain() if clock.why else [],
        percent=max(0, min(100, used)),
        is_agency=clock.duty_holder == DutyHolder.AGENCY,
        paused_for=str(reason),
        events=events,
    )


def clock_name(clock: Clock) -> str:
    return clock.name_en if language_suffix() == "en" else clock.name_zh


def files_of(complaint: Complaint, *, public_only: bool = False) -> QuerySet[Attachment]:
    """Files of the family, newest first."""
    rows = Attachment.objects.filter(complaint__in=family_ids(complaint)).select_related("added_by", "complaint")
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    return rows.order_by("-id")


def tasks_of(complaint: Complaint) -> QuerySet[Task]:
    """Open ones first, by their date."""
    rows = Task.objects.filter(complaint__in=family_ids(complaint)).select_related("assignee", "created_by", "done_by")
    return rows.order_by("done_at", "due_at", "id")


def links_of(complaint: Complaint) -> list[tuple[Link, Complaint]]:
    """Each link with the complaint at its other end."""
    rows = Link.objects.filter(Q(complaint=complaint) | Q(other=complaint)).select_related("complaint", "other")
    return [(link, link.other if link.complaint_id == complaint.pk else link.complaint) for link in rows.order_by("id")]


def merged_into_it(complaint: Complaint) -> QuerySet[Complaint]:
    return Complaint.objects.filter(merged_into=complaint).order_by("received_at")
