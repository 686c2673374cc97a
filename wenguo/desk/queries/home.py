"""Home: what needs attention today. Every line is an indexed live query and one click from its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenguo.accounts.access import can, grants_of
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.models import User
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, ComplaintQuerySet, Task
from wenguo.desk.models import Reminder
from wenguo.dispatch.models import Assignment
from wenguo.followup.queries import call_back_queue
from wenguo.lib.now import now
from wenguo.process.choices import Stage
from wenguo.resolution.choices import ReplyState
from wenguo.resolution.models import Approval, Reply
from wenguo.supervision.choices import ItemFinding, PlanState
from wenguo.supervision.models import Inspection

COUNT_LIMIT = 10_000
SHOWN = 8


@dataclass(frozen=True)
class Alert:
    """One line of 今日预警: what, how many, and where its rows are."""

    kind: str
    icon: str
    title: str
    detail: str
    url: str
    action: str


def alerts(user: User) -> list[Alert]:
    """What this person has to know now, worst first; only lines that are not empty."""
    moment = now()
    return [alert for alert in _lines(user, moment) if alert is not None]


def my_complaints(user: User) -> list[Complaint]:
    """What this person owns and is not finished, next due first."""
    mine = Complaint.objects.visible_to(user).live().open().filter(owner=user)
    return list(_with_names(_not_put_aside(mine, user)).order_by(_DUE_FIRST, "id")[:SHOWN])


def to_do(user: User) -> list[Complaint]:
    """What waits for somebody of this person's roles, next due first."""
    stages = stages_of(user)
    if not stages:
        return []
    waiting = Complaint.objects.visible_to(user).live().filter(stage__in=stages, status__in=_AT_WORK)
    return list(_with_names(_not_put_aside(waiting, user)).order_by(_DUE_FIRST, "id")[:SHOWN])


def my_reminders(user: User) -> list[Reminder]:
    """What this person has put aside, the next to ring first."""
    seen = Complaint.objects.visible_to(user)
    rows = Reminder.objects.filter(user=user, complaint__in=seen).select_related("complaint")
    return list(rows.order_by("at", "id")[:SHOWN])


def _not_put_aside(rows: ComplaintQuerySet, user: User) -> ComplaintQuerySet:
    return rows.exclude(pk__in=Reminder.objects.filter(user=user).values("complaint"))


def my_tasks(user: User) -> list[Task]:
    rows = Task.objects.filter(assignee=user, done_at__isnull=True).select_related("complaint")
    return list(rows.order_by("due_at", "id")[:SHOWN])


_AT_WORK = (Status.OPEN, Status.HANDLED, Status.SECOND_REVIEW)
# What has no running clock comes last, on both databases
_DUE_FIRST = F("next_due_at").asc(nulls_last=True)
_STAGES = {
    Permission.TAKE_IN: (Stage.ACCEPT,),
    Permission.JUDGE: (Stage.VALIDITY, Stage.CLASSIFY),
    Permission.SET_IMPORTANCE: (Stage.IMPORTANCE,),
    Permission.REVIEW: (Stage.REVIEW,),
    Permission.ASSIGN: (Stage.ASSIGN,),
    Permission.CALL_BACK: (Stage.CALL_BACK,),
}


def stages_of(user: User) -> list[str]:
    """The stages in which this person's permissions lead on."""
    if not grants_of(user).roles - {Role.ADMINISTRATOR, Role.AUDITOR, Role.MANAGER}:
        return []
    return [stage.value for permission, stages in _STAGES.items() if can(user, permission) for stage in stages]


def _with_names(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    return rows.select_related("owner", "lead_unit", "channel", "issue", "product")


def _lines(user: User, moment: datetime) -> Iterator[Alert | None]:
    seen = Complaint.objects.visible_to(user).live().open()
    tonight = _end_of_day(moment)
    yield _counted(seen.filter(next_due_at__lt=moment), _missed, {"overdue": "1", "open": "1"})
    yield _counted(
        seen.filter(next_due_at__gte=moment, next_due_at__lt=tonight), _due_today, {"due_today": "1", "open": "1"}
    )
    yield _counted(seen.filter(is_urgent=True).exclude(status=Status.HANDLED), _urgent, {"urgent": "1", "open": "1"})
    yield _counted(seen.filter(status=Status.SECOND_REVIEW), _refused, {"status": Status.SECOND_REVIEW.value})
    yield _not_taken_on(user, moment)
    yield _returned(user)
    yield _approvals(user)
    yield _replies(user)
    yield _call_backs(user, moment)
    yield _inspections(user)


def _end_of_day(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _counted(rows: ComplaintQuerySet, words: Callable[[int, str], Alert], query: dict[str, str]) -> Alert | None:
    count = rows.order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    return words(count, f"{reverse('desk:complaints')}?{urlencode(query)}")


def _missed(count: int, url: str) -> Alert:
    title = ngettext("%(n)s promise has been missed", "%(n)s promises have been missed", count) % {"n": count}
    return Alert("urgent", "alert", title, _("Every further hour counts. Tell the complainant why."), url, _("Handle"))


def _due_today(count: int, url: str) -> Alert:
    title = ngettext("%(n)s complaint is due today", "%(n)s complaints are due today", count) % {"n": count}
    return Alert("major", "clock", title, _("Sorted by what is due first."), url, _("Handle"))


def _urgent(count: int, url: str) -> Alert:
    title = ngettext("%(n)s urgent complaint is open", "%(n)s urgent complaints are open", count) % {"n": count}
    return Alert(
        "urgent", "bolt", title, _("First answer within 2 hours, solved or contained within 24."), url, _("Show")
    )


def _refused(count: int, url: str) -> Alert:
    title = ngettext("%(n)s refused reply waits", "%(n)s refused replies wait", count) % {"n": count}
    return Alert("urgent", "frown", title, _("Refused is not solved: a higher unit decides."), url, _("Review"))


def _not_taken_on(user: User, moment: datetime) -> Alert | None:
    visible = Complaint.objects.visible_to(user).open()
    late = Assignment.objects.filter(
        is_current=True, taken_on_at__isnull=True, returned_at__isnull=True, due_at__lt=moment
    )
    count = late.filter(complaint__in=visible).order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext("%(n)s dispatch was not taken on in time", "%(n)s dispatches were not taken on in time", count)
    url = f"{reverse('desk:complaints')}?stage={Stage.ASSIGN.value}&status={Status.OPEN.value}"
    return Alert("major", "hourglass", title % {"n": count}, "", url, _("Chase"))


def _returned(user: User) -> Alert | None:
    if not can(user, Permission.ARBITRATE):
        return None
    visible = Complaint.objects.visible_to(user, Permission.ARBITRATE).open()
    rows = Assignment.objects.filter(
        is_current=True, returned_at__isnull=False, arbitrated_at__isnull=True, complaint__in=visible
    )
    count = rows.order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext(
        "%(n)s returned dispatch waits for a decision", "%(n)s returned dispatches wait for a decision", count
    )
    url = reverse("dispatch:queues")
    return Alert("major", "undo", title % {"n": count}, "", url, _("Decide"))


def _approvals(user: User) -> Alert | None:
    if not can(user, Permission.APPROVE):
        return None
    visible = Complaint.objects.visible_to(user, Permission.APPROVE)
    rows = Approval.objects.filter(role__in=grants_of(user).roles, decision="", proposal__complaint__in=visible)
    count = rows.order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext("%(n)s remedy waits for your approval", "%(n)s remedies wait for your approval", count)
    return Alert("major", "scale", title % {"n": count}, "", reverse("resolution:approvals"), _("Decide"))


def _replies(user: User) -> Alert | None:
    if not can(user, Permission.REVIEW_REPLY):
        return None
    visible = Complaint.objects.visible_to(user, Permission.REVIEW_REPLY)
    rows = Reply.objects.filter(state=ReplyState.IN_REVIEW, complaint__in=visible).exclude(drafted_by=user)
    count = rows.order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext("%(n)s reply waits for review", "%(n)s replies wait for review", count) % {"n": count}
    return Alert(
        "major", "reply", title, "", f"{reverse('desk:complaints')}?stage={Stage.FEED_BACK.value}", _("Review")
    )


def _call_backs(user: User, moment: datetime) -> Alert | None:
    if not can(user, Permission.CALL_BACK):
        return None
    count = call_back_queue(user).filter(due_from__lte=moment).order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext("%(n)s call-back is due", "%(n)s call-backs are due", count) % {"n": count}
    return Alert("major", "headset", title, "", reverse("followup:call_backs"), _("Call"))


def _inspections(user: User) -> Alert | None:
    if not can(user, Permission.INSPECT):
        return None
    visible = Complaint.objects.visible_to(user, Permission.INSPECT)
    rows = Inspection.objects.filter(finding=ItemFinding.OPEN, plan__state=PlanState.OPEN, complaint__in=visible)
    count = rows.order_by()[:COUNT_LIMIT].count()
    if not count:
        return None
    title = ngettext("%(n)s drawn complaint waits for inspection", "%(n)s drawn complaints wait for inspection", count)
    return Alert("major", "target", title % {"n": count}, "", reverse("supervision:plans"), _("Inspect"))
