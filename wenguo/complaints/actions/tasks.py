"""Assigned tasks on a complaint."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import can_on, check_open, check_permission_on
from wenguo.complaints.actions.bells import ring_people
from wenguo.complaints.actions.guard import add_entry, lock_complaint, notice_change
from wenguo.complaints.actions.timeline import check_text
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint, Task
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.outbox.choices import NoticeKind


@transaction.atomic
def add_task(complaint: Complaint, *, by: User, title: str, assignee: User, due_at: datetime | None = None) -> Task:
    """Something a colleague shall do for this complaint; the colleague is rung."""
    complaint = lock_complaint(complaint)
    check_open(complaint)
    check_permission_on(by, complaint, Permission.NOTE)
    check_text(title, "title")
    _check_assignee(assignee, complaint)
    if due_at and due_at < now():
        raise Refused(_("The date lies in the past. Choose a later one."), field="due_at")
    task = Task.objects.create(
        complaint=complaint,
        title=" ".join(title.split())[:200],
        assignee=assignee,
        due_at=due_at,
        created_at=now(),
        created_by=by,
    )
    _finish(task, "task_added", by, f"{task.title} → {assignee}")
    _ring(task)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: User, note: str = "") -> Task:
    """Done. The assignee, whoever gave the task, or a lead of the unit says so."""
    complaint = lock_complaint(task.complaint)
    task = _locked(task, complaint)
    _check_mine(by, task)
    task.done_at, task.done_by = now(), by
    task.save(update_fields=["done_at", "done_by"])
    _finish(task, "task_done", by, f"✓ {task.title}\n{note}".strip())
    return task


@transaction.atomic
def reassign_task(task: Task, *, by: User, assignee: User) -> Task:
    """Another colleague does it."""
    complaint = lock_complaint(task.complaint)
    task = _locked(task, complaint)
    _check_mine(by, task)
    _check_assignee(assignee, complaint)
    task.assignee = assignee
    task.save(update_fields=["assignee"])
    _finish(task, "task_reassigned", by, f"{task.title} → {assignee}")
    _ring(task)
    return task


def _locked(task: Task, complaint: Complaint) -> Task:
    locked = Task.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=task.pk)
    locked.complaint = complaint
    if locked.done_at is not None:
        raise Refused(_("This task is done already."))
    return locked


def _check_mine(by: User, task: Task) -> None:
    check_permission_on(by, task.complaint, Permission.NOTE)
    if by.pk not in (task.assignee_id, task.created_by_id) and not can_on(by, task.complaint, Permission.ASSIGN):
        raise NotAllowed(_("This task is somebody else's."))


def _check_assignee(person: User, complaint: Complaint) -> None:
    if not person.is_active or not can_on(person, complaint, Permission.NOTE):
        raise Refused(
            _("%(name)s cannot work on this complaint. Choose somebody else.") % {"name": person}, field="assignee"
        )


def _ring(task: Task) -> None:
    ring_people(task.complaint, [task.assignee], NoticeKind.TASK, lambda: _("task: %(title)s") % {"title": task.title})


def _finish(task: Task, event: str, by: User, text: str) -> None:
    add_entry(task.complaint, EntryKind.TASK, text, by=by, facts={"task": task.pk, "event": event})
    record(task.complaint, event, by=by, body={"task": task.pk, "assignee": task.assignee_id})
    notice_change(task.complaint)
