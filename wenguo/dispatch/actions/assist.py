"""Assisting units: asked for a part, they receive it, do it and answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_open, check_permission_on
from wenguo.complaints.actions.guard import add_entry, lock_complaint, notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint
from wenguo.dispatch.access import check_assists
from wenguo.dispatch.actions.bell import ring_about
from wenguo.dispatch.actions.place import Part, ask_parts
from wenguo.dispatch.models import AssistingUnit
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.choices import NoticeKind


@transaction.atomic
def ask_unit(
    complaint: Complaint,
    *,
    by: User,
    unit: Unit,
    part: str,
    due_at: datetime | None = None,
    version: int | None = None,
) -> AssistingUnit:
    """The owner or the dispatcher asks one more unit for its part."""
    complaint = lock_complaint(complaint, version)
    check_open(complaint)
    may_assign = complaint.owner_id != by.pk
    check_permission_on(by, complaint, Permission.ASSIGN if may_assign else Permission.HANDLE)
    if complaint.lead_unit_id is None:
        raise Refused(_("Nobody handles this complaint yet. Assign it first."))
    if due_at is not None and due_at <= now():
        raise Refused(_("The due date lies in the past. Choose a later one."), field="due_at")
    if complaint.assisting.filter(unit=unit, answered_at__isnull=True).exists():
        raise Refused(_("%(unit)s is asked already.") % {"unit": unit.name}, field="unit")
    complaint.assisting.filter(unit=unit).delete()  # its earlier answer stays in the timeline
    ask_parts(complaint, [Part(unit, part, due_at)], by=by)
    _note(complaint, "asked_to_assist", f"{unit.name}：{part.strip()}", by, {"unit": unit.code})
    return complaint.assisting.get(unit=unit)


@transaction.atomic
def receive_part(assisting: AssistingUnit, *, by: User) -> AssistingUnit:
    """The assisting unit has seen what it is asked for."""
    complaint = lock_complaint(assisting.complaint)
    check_open(complaint)
    assisting = _locked(assisting)
    check_assists(by, assisting)
    if assisting.received_at:
        return assisting
    assisting.received_at = now()
    assisting.save()
    said = _("%(unit)s has received its part.") % {"unit": assisting.unit.name}
    _note(complaint, "part_received", said, by, {"unit": assisting.unit.code})
    return assisting


@transaction.atomic
def answer_part(assisting: AssistingUnit, *, by: User, answer: str) -> AssistingUnit:
    """The assisting unit answers what it was asked; the owner hears of it."""
    complaint = lock_complaint(assisting.complaint)
    check_open(complaint)
    assisting = _locked(assisting)
    check_assists(by, assisting)
    if not answer.strip():
        raise Refused(_("Write what your unit did or found."), field="answer")
    if assisting.answered_at:
        raise Refused(_("This part was answered already. Write a note instead."))
    moment = now()
    assisting.received_at = assisting.received_at or moment
    assisting.answered_at, assisting.answered_by, assisting.answer = moment, by, answer.strip()
    assisting.save()
    _note(complaint, "part_answered", f"{assisting.unit.name}：{answer.strip()}", by, {"unit": assisting.unit.code})
    index_complaint(complaint)
    unit_name = assisting.unit.name
    people = [person for person in (complaint.owner, assisting.asked_by) if person]
    ring_about(
        complaint, people, NoticeKind.TASK, lambda: _("%(unit)s answered its part.") % {"unit": unit_name}, but=by
    )
    return assisting


def _locked(assisting: AssistingUnit) -> AssistingUnit:
    return AssistingUnit.objects.select_related("unit", "asked_by").get(pk=assisting.pk)


def _note(complaint: Complaint, event: str, said: str, by: User, body: dict[str, object]) -> None:
    add_entry(complaint, EntryKind.NOTE, said, by=by, facts={"event": event, **body})
    notice_change(complaint)
    record(complaint, event, by=by, body=body)
