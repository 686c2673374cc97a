"""Beside the line: chasers, a stage skipped, personal data shown."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_lead, check_open, check_permission_on
from wenguo.complaints.actions.bells import leads_of, people_in_charge, ring_people
from wenguo.complaints.actions.guard import (
    add_entry,
    advance,
    leave_output,
    lock_complaint,
    notice_change,
    touch,
)
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind, Step, Visibility
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import ROWS, SKIPPABLE
from wenguo.customers.actions import reveal_customer
from wenguo.customers.models import ContactPoint
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.outbox.choices import NoticeKind
from wenguo.process.choices import Stage


@transaction.atomic
def chase_complaint(complaint: Complaint, *, by: Actor, words: str = "") -> Complaint:
    """催办: somebody asks where it stays. Counted, and rung to the owner and the lead; the complainant is answered."""
    complaint = lock_complaint(complaint)
    check_open(complaint)
    is_staff = isinstance(by, User)
    if isinstance(by, User):
        check_permission_on(by, complaint, Permission.NOTE)
    complaint.chased += 1
    facts = {"chaser": complaint.chased}
    kind, seen = (EntryKind.NOTE, Visibility.INTERNAL) if is_staff else (EntryKind.WORDS, Visibility.PUBLIC)
    add_entry(complaint, kind, words.strip() or str(_("Where does it stand?")), by=by, visibility=seen, facts=facts)
    people = [*people_in_charge(complaint), *leads_of(complaint)]
    ring_people(complaint, people, NoticeKind.CUSTOMER, lambda: _("chased %(n)s ×") % {"n": complaint.chased})
    record(complaint, "chased", by=by, body=facts)
    complaint.save(update_fields=["chased"])
    notice_change(complaint)
    if words.strip():
        index_complaint(complaint)
    if not is_staff:
        tell_complainant(complaint, "chased")
    return complaint


@transaction.atomic
def skip_stage(
    complaint: Complaint, *, by: User, stage: str, justification: str, version: int | None = None
) -> Complaint:
    """A lead skips a stage against its rule and says why; the justification stays on the stage's output."""
    complaint = lock_complaint(complaint, version)
    check_open(complaint)
    check_lead(by, complaint)
    step = SKIPPABLE.get(Stage(stage))
    if step is None or complaint.stage not in _stages_of(step):
        raise Refused(_("This stage cannot be skipped now."), field="stage")
    if len(justification.strip()) < 10:
        raise Refused(_("Say in a sentence why this stage is skipped."), field="justification")
    leave_output(complaint, Stage(stage), by=by, justification=justification.strip()[:500])
    if complaint.stage == stage and stage != Stage.CALL_BACK:
        return _move_on(complaint, step, by, justification)
    touch(complaint)
    complaint.save()
    add_entry(complaint, EntryKind.STEP, justification, by=by, facts={"skipped": stage})
    record(complaint, "skipped", by=by, body={"stage": stage, "version": complaint.version})
    return complaint


@transaction.atomic
def reveal_complainant(complaint: Complaint, *, by: User, reason: str) -> list[ContactPoint]:
    """Shows who complains and how to reach them; who looked and why is kept in the read log."""
    check_permission_on(by, complaint, Permission.VIEW)
    if complaint.customer is None:
        raise Refused(_("Nobody is recorded: the complaint is anonymous."))
    if not reason.strip():
        raise Refused(_("Say what you need the data for."), field="reason")
    return reveal_customer(complaint.customer, by=by, reason=f"{complaint.reference}: {reason.strip()}")


def _stages_of(step: Step) -> tuple[Stage, ...]:
    return ROWS[step].stages


def _move_on(complaint: Complaint, step: Step, by: User, justification: str) -> Complaint:
    """The way the stage's own step would have led, without its output and its notice."""
    row = replace(ROWS[step], output=None, notice="")
    return advance(complaint, row, by=by, output={"skipped": True}, note=justification)
