"""What the unit answers: takes it on, or returns it once; the arbiter decides a return."""

from django.utils import translation
from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import acting_for
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.access import check_answers_for, check_possible_owner
from wenguo.dispatch.actions.bell import ring_about
from wenguo.dispatch.actions.place import place
from wenguo.dispatch.models import Assignment
from wenguo.dispatch.queries import current_assignment, handlers_of, has_returned
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.lib.together import update, written_together
from wenguo.outbox.choices import NoticeKind


@written_together()
def take_on(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """The owner accepts the dispatch; where none was named, whoever takes it on becomes the owner."""
    complaint, row = guard_step(complaint, Step.TAKE_ON, by=by, version=version)
    current = _to_answer(complaint)
    check_answers_for(by, current)
    owner = current.owner
    if owner is None or acting_for(owner, now()).pk == by.pk:
        check_possible_owner(complaint, current.lead_unit, by)
        owner = by
    current.owner, current.taken_on_at, current.taken_on_by = owner, now(), by
    update(current, ["owner", "taken_on_at", "taken_on_by"])
    complaint.owner = owner
    assisting = list(complaint.assisting.values_list("unit__code", flat=True))
    output = {"lead_unit": current.lead_unit.code, "owner": owner.pk, "assisting": assisting}
    return advance(complaint, row, by=by, output=output, note=note, told=_whom_to_ask(complaint, current.lead_unit))


def _whom_to_ask(complaint: Complaint, unit: Unit) -> dict[str, str]:
    """What the complainant is told of whoever handles it: the unit, its phone, a staff number and no name."""
    with translation.override(complaint.language):
        name = unit.name
    return {"unit": name, "owner": complaint.owner.staff_number if complaint.owner else "", "phone": unit.phone}


@written_together()
def return_dispatch(complaint: Complaint, *, by: User, reason: str, version: int | None = None) -> Assignment:
    """The unit sends it back, once and with a reason; an arbiter decides."""
    complaint, row = guard_step(complaint, Step.RETURN_DISPATCH, by=by, version=version)
    current = _to_answer(complaint)
    check_answers_for(by, current)
    if not reason.strip():
        raise Refused(_("Say why it does not belong to your unit."), field="reason")
    if has_returned(complaint, current.lead_unit):
        raise Refused(_("Your unit returned this complaint once already. Take it on."))
    current.returned_at, current.returned_by, current.return_reason = now(), by, reason.strip()
    current.save()
    unit_name = current.lead_unit.name
    ring_about(
        complaint,
        [*people_with(Permission.ARBITRATE, current.lead_unit), current.assigned_by],
        NoticeKind.RETURNED,
        lambda: _("%(unit)s returned the dispatch: please decide.") % {"unit": unit_name},
        but=by,
    )
    advance(complaint, row, by=by, output={"unit": current.lead_unit.code}, note=reason.strip())
    return current


@written_together()
def arbitrate(
    complaint: Complaint,
    *,
    by: User,
    is_upheld: bool,
    reason: str,
    lead_unit: Unit | None = None,
    owner: User | None = None,
    version: int | None = None,
) -> Assignment:
    """Decides a return. Upheld: it goes to another unit and counts as a mis-dispatch; else the unit must take it on."""
    complaint, row = guard_step(complaint, Step.ARBITRATE, by=by, version=version)
    current = current_assignment(complaint)
    if current is None or not current.awaits_arbitration:
        raise Refused(_("No returned dispatch waits for a decision."))
    if current.returned_by_id == by.pk:
        raise NotAllowed(_("You returned this dispatch yourself, so somebody else decides."))
    if not reason.strip():
        raise Refused(_("Give the reasons of your decision."), field="reason")
    if is_upheld and (lead_unit is None or lead_unit.pk == current.lead_unit_id):
        raise Refused(_("Name the other unit that handles it."), field="lead_unit")
    current.arbitrated_at, current.arbitrated_by = now(), by
    current.arbitration, current.is_upheld = reason.strip(), is_upheld
    current.save()
    said, decided = reason.strip(), current
    if is_upheld and lead_unit is not None:
        decided, placed = place(complaint, by=by, lead_unit=lead_unit, owner=owner, note=reason.strip())
        said = placed
    _tell_decision(complaint, current, by)
    output = {"is_upheld": is_upheld, "from": current.lead_unit.code, "to": decided.lead_unit.code}
    advance(complaint, row, by=by, output=output, note=said)
    return decided


def _tell_decision(complaint: Complaint, returned: Assignment, by: User) -> None:
    upheld = bool(returned.is_upheld)
    people = [returned.owner] if returned.owner else handlers_of(returned.lead_unit)
    ring_about(
        complaint,
        [person for person in (*people, returned.returned_by) if person],
        NoticeKind.RETURNED,
        lambda: _("Your return was upheld.") if upheld else _("Your return was refused: please take it on."),
        but=by,
    )


def _to_answer(complaint: Complaint) -> Assignment:
    """The dispatch the unit has to answer now."""
    current = current_assignment(complaint)
    if current is None:
        raise Refused(_("It is not assigned to a unit yet. Assign it first."))
    if current.awaits_arbitration:
        raise Refused(_("The return waits for a decision. Until then nobody takes it on."))
    return current
