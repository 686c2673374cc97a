"""What the worker does to complaints: warn, and bring tasks to whoever works here now."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.queries import acting_for
from wenguo.audit.actions import record
from wenguo.complaints.actions.bells import leads_of, people_in_charge, ring_people
from wenguo.complaints.actions.clocks import warn
from wenguo.complaints.actions.guard import add_entry, lock_complaint
from wenguo.complaints.choices import ClockState, EntryKind
from wenguo.complaints.models import Clock, Task
from wenguo.complaints.rules import percent_reached
from wenguo.lib.actors import SYSTEM
from wenguo.lib.now import now
from wenguo.outbox.choices import NoticeKind


@transaction.atomic
def warn_due(clock: Clock) -> bool:
    """Rings the owner at 75 and 90 %, the lead too from 90 %. False when another worker did it already."""
    complaint = lock_complaint(clock.complaint)
    clock = Clock.objects.get(pk=clock.pk)
    clock.complaint = complaint
    percent = percent_reached(clock.started_at, clock.due_at, now())
    if clock.state != ClockState.RUNNING or percent <= clock.warned_percent:
        return False
    warn(clock, percent, by=SYSTEM)
    people = people_in_charge(complaint)
    if percent >= 90 or not people:
        people = [*people, *leads_of(complaint)]
    ring_people(complaint, people, NoticeKind.DUE, lambda: _sentence(clock, percent))
    if percent == 100:
        missed = {"clock": clock.rule, "due": clock.due_at.isoformat()}
        add_entry(complaint, EntryKind.CLOCK, f"{clock.name}：{ClockState.MISSED.label}", by=SYSTEM, facts=missed)
        record(complaint, "clock_missed", by=SYSTEM, body=missed)
    return True


@transaction.atomic
def bring_task_over(task: Task) -> bool:
    """The task of somebody who left goes to the successor, along the whole chain of successors and deputies."""
    complaint = lock_complaint(task.complaint)
    task = Task.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=task.pk)
    acting = acting_for(task.assignee, now())
    if task.done_at is not None or not acting.is_active or acting.pk == task.assignee_id:
        return False
    before, task.assignee = task.assignee, acting
    task.save(update_fields=["assignee"])
    facts = {"task": task.pk, "from": before.pk, "to": acting.pk}
    add_entry(complaint, EntryKind.TASK, f"{task.title}：{before} → {acting}", by=SYSTEM, facts=facts)
    record(complaint, "task_brought_over", by=SYSTEM, body=facts)
    ring_people(complaint, [acting], NoticeKind.TASK, lambda: _("task: %(title)s") % {"title": task.title})
    return True


def _sentence(clock: Clock, percent: int) -> str:
    if percent == 100:
        return _("missed: %(clock)s") % {"clock": clock.name}
    return _("%(percent)d %% of the time is used up: %(clock)s") % {"percent": percent, "clock": clock.name}
