"""Putting a complaint into a unit's hands: what assigning and an upheld return have in common."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import acting_for
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import InvolvedAs
from wenguo.complaints.models import Complaint, Involvement
from wenguo.dispatch.access import check_possible_owner
from wenguo.dispatch.actions.bell import ring_about
from wenguo.dispatch.models import Assignment, AssistingUnit, RoutingRule
from wenguo.dispatch.queries import handlers_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import forget
from wenguo.lib.worktime import due_date
from wenguo.outbox.choices import NoticeKind
from wenguo.process.choices import Stage
from wenguo.process.queries import stage_rule, standard_calendar


class Part(NamedTuple):
    """What an assisting unit is asked for."""

    unit: Unit
    part: str
    due_at: datetime | None = None


def place(
    complaint: Complaint,
    *,
    by: User,
    lead_unit: Unit,
    owner: User | None = None,
    note: str = "",
    rule: RoutingRule | None = None,
) -> tuple[Assignment, str]:
    """Makes the assignment in force under the caller's lock (complaint not saved); returns it and what to say of it."""
    if not lead_unit.is_active:
        raise Refused(_("%(unit)s is closed. Choose another unit.") % {"unit": lead_unit.name}, field="lead_unit")
    acting = possible_owner(complaint, lead_unit, owner) if owner else None
    complaint.assignments.filter(is_current=True).update(is_current=False)
    assignment = Assignment.objects.create(
        complaint=complaint,
        lead_unit=lead_unit,
        owner=acting,
        assigned_at=now(),
        assigned_by=by,
        rule=rule,
        note=note,
        due_at=_acceptance_due(complaint),
    )
    _move_lead(complaint, lead_unit)
    complaint.lead_unit, complaint.owner = lead_unit, acting
    index_complaint(complaint)  # it is found by its unit, too
    unit_name = lead_unit.name
    ring_about(
        complaint,
        [acting] if acting else handlers_of(lead_unit),
        NoticeKind.ASSIGNED,
        lambda: _("Assigned to %(unit)s: please take it on or return it.") % {"unit": unit_name},
        but=by,
    )
    return assignment, _said(lead_unit, owner, acting, note)


def possible_owner(complaint: Complaint, unit: Unit, person: User) -> User:
    """The person, or whoever stands in while the person is away; both must be allowed to own it."""
    acting = acting_for(person, now())
    check_possible_owner(complaint, unit, acting)
    return acting


def instead_of(person: User | None, acting: User | None) -> str:
    """Says so where the deputy got it."""
    if person is None or acting is None or person.pk == acting.pk:
        return ""
    return _("%(person)s is away; %(deputy)s stands in.") % {"person": person.name, "deputy": acting.name}


def ask_parts(complaint: Complaint, parts: Sequence[Part], *, by: User) -> None:
    """Each assisting unit gets its part, its involvement and a bell."""
    for asked in parts:
        unit, part = asked[0], asked[1].strip()
        if complaint.lead_unit_id == unit.pk:
            raise Refused(_("The lead unit cannot assist itself. Choose another unit."), field="assisting")
        if not part:
            raise Refused(_("Say what you ask of %(unit)s.") % {"unit": unit.name}, field="assisting")
        terms = {"part": part, "due_at": asked[2], "asked_at": now(), "asked_by": by}
        AssistingUnit.objects.update_or_create(complaint=complaint, unit=unit, defaults=terms)
        _involve(complaint, unit, InvolvedAs.ASSISTING)
        _ring_unit(complaint, unit, by)


def _ring_unit(complaint: Complaint, unit: Unit, by: User) -> None:
    name = unit.name
    people: Iterable[User] = handlers_of(unit) or unit.people.filter(is_active=True)
    ring_about(
        complaint, people, NoticeKind.ASSIGNED, lambda: _("%(unit)s is asked to assist.") % {"unit": name}, but=by
    )


def _acceptance_due(complaint: Complaint) -> datetime | None:
    rule = stage_rule(complaint.standard, Stage.ASSIGN)
    limit = rule.limit(complaint.importance) if rule else None
    if rule is None or limit is None:
        return None
    return due_date(standard_calendar(complaint.standard), now(), limit, rule.limit_unit).due_at  # type: ignore[arg-type]


def _move_lead(complaint: Complaint, unit: Unit) -> None:
    """A unit that sent it back has nothing to do with it any more, unless it is involved otherwise."""
    leads = {row.unit_id: row for row in complaint.involvements.filter(involved_as=InvolvedAs.LEAD)}
    for key, row in leads.items():
        if key != unit.pk:
            row.delete()
    if unit.pk not in leads:
        Involvement.objects.create(complaint=complaint, unit=unit, involved_as=InvolvedAs.LEAD, since=now())
        forget(complaint, "paths")


def _involve(complaint: Complaint, unit: Unit, kind: InvolvedAs) -> None:
    Involvement.objects.get_or_create(complaint=complaint, unit=unit, involved_as=kind, defaults={"since": now()})
    forget(complaint, "paths")


def _said(lead_unit: Unit, asked: User | None, acting: User | None, note: str) -> str:
    whom = f"{lead_unit.name} · {acting.name}" if acting else lead_unit.name
    return "\n".join(line for line in (whom, instead_of(asked, acting), note.strip()) if line)
