"""Assigning a complaint to a lead unit, and handing it from one owner to another."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import acting_for
from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import add_entry, advance, guard_step, lock_complaint, touch
from wenguo.complaints.choices import EntryKind, Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions.bell import ring_about
from wenguo.dispatch.actions.place import Part, ask_parts, instead_of, place, possible_owner
from wenguo.dispatch.models import Assignment, RoutingRule
from wenguo.dispatch.queries import current_assignment
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.outbox.choices import NoticeKind


@written_together()
def assign_complaint(
    complaint: Complaint,
    *,
    by: User,
    lead_unit: Unit,
    owner: User | None = None,
    assisting: Sequence[Part] = (),
    note: str = "",
    rule: RoutingRule | None = None,
    version: int | None = None,
) -> Assignment:
    """Stage 7: who handles, who assists and by when. The unit then takes it on or returns it once."""
    complaint, row = guard_step(complaint, Step.ASSIGN, by=by, version=version)
    current = current_assignment(complaint)
    if current is not None and current.awaits_arbitration:
        raise Refused(_("The unit returned this dispatch. Decide the return first."))
    assignment, said = place(complaint, by=by, lead_unit=lead_unit, owner=owner, note=note, rule=rule)
    parts = [Part(*asked) for asked in assisting]
    ask_parts(complaint, parts, by=by)
    output = {
        "lead_unit": lead_unit.code,
        "owner": complaint.owner_id,
        "assisting": [asked.unit.code for asked in parts],
        "rule": rule.pk if rule else None,
    }
    advance(complaint, row, by=by, output=output, note=said)
    return assignment


@written_together()
def hand_over(complaint: Complaint, *, by: User, owner: User, reason: str, version: int | None = None) -> Complaint:
    """The complaint goes to another owner of the lead unit, with the reason; the work done stays."""
    complaint, row = guard_step(complaint, Step.HAND_OVER, by=by, version=version)
    if not reason.strip():
        raise Refused(_("Say why it is handed over."), field="reason")
    if complaint.lead_unit is None:
        raise Refused(_("Nobody handles this complaint yet. Assign it first."))
    acting = possible_owner(complaint, complaint.lead_unit, owner)
    before = complaint.owner
    if before is not None and before.pk == acting.pk:
        raise Refused(_("%(person)s is the owner already.") % {"person": acting.name}, field="owner")
    _give(complaint, acting)
    people = [acting, before] if before else [acting]
    name = acting.name
    ring_about(
        complaint, people, NoticeKind.ASSIGNED, lambda: _("Handed over to %(person)s.") % {"person": name}, but=by
    )
    output = {"before": before.pk if before else None, "owner": acting.pk}
    said = "\n".join(line for line in (acting.name, instead_of(owner, acting), reason.strip()) if line)
    return advance(complaint, row, by=by, output=output, note=said)


@written_together()
def bring_over(complaint: Complaint) -> bool:
    """The owner left the company: the open work goes to the named successor. False where nobody can take it."""
    complaint = lock_complaint(complaint)
    left = complaint.owner
    if left is None or left.is_active or not complaint.is_open or complaint.lead_unit is None:
        return False
    successor = acting_for(left, now())
    if not successor.is_active or successor.pk == complaint.respondent_user_id:
        return False
    _give(complaint, successor)
    touch(complaint)
    complaint.save()
    said = _("%(left)s has left; %(person)s goes on.") % {"left": left.name, "person": successor.name}
    add_entry(complaint, EntryKind.NOTE, said, by=None, facts={"step": Step.HAND_OVER.value})
    record(complaint, "brought_over", by=SYSTEM, body={"before": left.pk, "owner": successor.pk})
    ring_about(
        complaint,
        [successor],
        NoticeKind.ASSIGNED,
        lambda: _("Came to you from %(person)s.") % {"person": left.name},
    )
    return True


def _give(complaint: Complaint, owner: User) -> None:
    complaint.owner = owner
    Assignment.objects.filter(complaint=complaint, is_current=True).update(owner=owner)
