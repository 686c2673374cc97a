"""What people do with clocks: stop them for a reason, let them run again, give more time."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wenguo.accounts.access import grants_of
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_lead, check_open, check_works_on
from wenguo.complaints.actions.clocks import lengthen, pause_clocks, resume_clocks
from wenguo.complaints.actions.counting import RUNNING, rule_of
from wenguo.complaints.actions.guard import add_entry, lock_complaint, touch
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.choices import EntryKind, PauseReason, Status
from wenguo.complaints.models import Clock, Complaint
from wenguo.complaints.rules import WHOLE
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import DutyHolder
from wenguo.process.models import ClockRule


@transaction.atomic
def stop_clock(complaint: Complaint, *, by: User, reason: str, note: str, version: int | None = None) -> Complaint:
    """中止计时: an expert has to look, a part is on its way. Our own clocks stop; taking the next step starts them."""
    complaint = lock_complaint(complaint, version)
    check_open(complaint)
    check_works_on(by, complaint)
    if not note.strip():
        raise Refused(_("Say what we wait for and until when."), field="note")
    if not pause_clocks(complaint, PauseReason(reason), by=by, note=note):
        raise Refused(_("No clock of ours is running that may be stopped for this reason."), field="reason")
    _finish(complaint, "clock_stopped", by, f"{PauseReason(reason).label}: {note}", {"reason": reason})
    return complaint


@transaction.atomic
def resume_clock(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """What we waited for is there: the clocks run again."""
    complaint = lock_complaint(complaint, version)
    check_open(complaint)
    check_works_on(by, complaint)
    if complaint.status == Status.WAITING:
        raise Refused(_("We wait for the complainant: go on with what came in instead."))
    if not resume_clocks(complaint, by=by):
        raise Refused(_("No clock is stopped."))
    _finish(complaint, "clock_resumed", by, note, {})
    return complaint


@transaction.atomic
def extend_clock(clock: Clock, *, by: User, add: int, reason: str, version: int | None = None) -> Complaint:
    """延期: more time in the clock's own unit, by a lead, with a reason. A promise to the complainant is told anew."""
    complaint = lock_complaint(clock.complaint, version)
    check_open(complaint)
    check_lead(by, complaint)
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    clock.complaint = complaint
    _check_extension(clock, add, reason, by)
    before = clock.due_at
    lengthen(clock, add, by=by, note=reason)
    if clock.rule == WHOLE:
        complaint.promised_at = clock.due_at
    body = {"clock": clock.rule, "add": add, "before": before.isoformat(), "due": clock.due_at.isoformat()}
    _finish(complaint, "clock_extended", by, reason, body)
    if clock.rule == WHOLE or _needs_notice(rule_of(clock)):
        with translation.override(complaint.language):
            shown = date_format(timezone.localtime(before), "DATETIME_FORMAT")
        tell_complainant(complaint, "promise_moved", before=shown, reason=reason)
    return complaint


def _check_extension(clock: Clock, add: int, reason: str, by: User) -> None:
    if clock.state not in RUNNING:
        raise Refused(_("This clock does not run any more."))
    if clock.duty_holder == DutyHolder.AGENCY:
        raise Refused(_("This is the agency's duty: we cannot extend it."))
    if not reason.strip():
        raise Refused(_("Give the reason; the complainant is told."), field="reason")
    rule = rule_of(clock)
    limit = clock.limit if rule is None else _granted_by_law(rule, clock, by)
    left = limit - clock.extended_by
    if not 1 <= add <= left:
        raise Refused(
            _("At most %(left)s more are possible for this clock.") % {"left": max(left, 0)},
            field="add",
        )


def _granted_by_law(rule: ClockRule, clock: Clock, by: User) -> int:
    """How much the rule lets us add in all, for whoever approves it."""
    allowed = [one for one in rule.extensions if one.get("add")]
    if not allowed:
        raise Refused(_("The law gives no extension for this clock."))
    approver = allowed[0].get("approver_role", "")
    if approver and approver not in grants_of(by).roles:
        raise NotAllowed(_("This extension is approved by another role: %(role)s.") % {"role": approver})
    return int(allowed[0]["add"]) * int(allowed[0].get("max", 1))


def _needs_notice(rule: ClockRule | None) -> bool:
    return rule is not None and any(one.get("notice_required") for one in rule.extensions)


def _finish(complaint: Complaint, event: str, by: User, note: str, body: dict[str, object]) -> None:
    touch(complaint)
    complaint.save()
    add_entry(complaint, EntryKind.CLOCK, note, by=by, facts={"event": event, **body})
    record(complaint, event, by=by, body={**body, "version": complaint.version})
