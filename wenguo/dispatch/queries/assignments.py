"""Who handles what: the assignment in force, who waits for whom, queues of units and arbiters."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with, units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import unit_by_key
from wenguo.complaints.choices import Status, Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.models import Assignment, AssistingUnit
from wenguo.process.choices import Stage


def current_assignment(complaint: Complaint) -> Assignment | None:
    """The dispatch in force."""
    rows = Assignment.objects.filter(complaint=complaint, is_current=True).select_related("owner")[:1]
    current = next(iter(rows), None)
    if current is not None:
        current.lead_unit = unit_by_key(current.lead_unit_id)
    return current


def assignments_of(complaint: Complaint) -> list[Assignment]:
    """Every dispatch of the complaint, newest first."""
    rows = complaint.assignments.select_related(
        "lead_unit", "owner", "assigned_by", "taken_on_by", "returned_by", "arbitrated_by", "rule"
    )
    return list(rows.order_by("-is_current", "-id"))


def assisting_of(complaint: Complaint) -> list[AssistingUnit]:
    return list(complaint.assisting.select_related("unit", "asked_by", "answered_by").order_by("id"))


def main_step(complaint: Complaint) -> Step | None:
    """What comes next at stage 7; None at other stages."""
    if complaint.stage != Stage.ASSIGN or complaint.status != Status.OPEN:
        return None
    current = current_assignment(complaint)
    if current is None:
        return Step.ASSIGN
    return Step.ARBITRATE if current.awaits_arbitration else Step.TAKE_ON


def has_returned(complaint: Complaint, unit: Unit) -> bool:
    """Has this unit sent the complaint back before?"""
    return Assignment.objects.filter(complaint=complaint, lead_unit=unit, returned_at__isnull=False).exists()


def handlers_of(unit: Unit) -> list[User]:
    """Who may own a complaint of this unit, nearest first."""
    return people_with(Permission.HANDLE, unit)


# --- queues -----------------------------------------------------------------------------------------------------

AT_ASSIGN = Q(complaint__stage=Stage.ASSIGN, complaint__status=Status.OPEN)


def _queue(user: User) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(AT_ASSIGN, is_current=True).select_related(
        "complaint__product", "complaint__issue", "lead_unit", "owner", "assigned_by", "returned_by"
    )
    visible = Complaint.objects.visible_to(user)
    return rows.filter(Exists(visible.filter(pk=OuterRef("complaint"))))


def waiting_for_acceptance(user: User, unit: Unit | None = None) -> QuerySet[Assignment]:
    """Assigned and not answered yet, where this person could take it on; longest waiting first."""
    places = Unit.objects.filter(units_in_scope(user, Permission.HANDLE))
    if unit is not None:
        places = places.filter(path__startswith=unit.path)
    waiting = Q(taken_on_at__isnull=True) & (Q(returned_at__isnull=True) | Q(arbitrated_at__isnull=False))
    return _queue(user).filter(waiting, lead_unit__in=places).order_by("assigned_at", "id")


def awaiting_arbitration(user: User) -> QuerySet[Assignment]:
    """Returned by the unit and not decided, for those who decide; longest waiting first."""
    places = Unit.objects.filter(units_in_scope(user, Permission.ARBITRATE))
    returned = Q(returned_at__isnull=False, arbitrated_at__isnull=True)
    return _queue(user).filter(returned, lead_unit__in=places).order_by("returned_at", "id")


def parts_to_answer(user: User) -> QuerySet[AssistingUnit]:
    """Parts asked of the person's unit and not answered; due first."""
    mine = Q(unit__in=Unit.objects.filter(units_in_scope(user, Permission.HANDLE)))
    if user.unit_id:
        mine |= Q(unit_id=user.unit_id)
    visible = Complaint.objects.visible_to(user).open()
    rows = AssistingUnit.objects.filter(mine, answered_at__isnull=True).select_related("complaint", "unit", "asked_by")
    return rows.filter(Exists(visible.filter(pk=OuterRef("complaint")))).order_by(
        F("due_at").asc(nulls_last=True), "id"
    )


@dataclass(frozen=True)
class ReturnCount:
    """How often a unit sent complaints back, and how often it was right."""

    unit: str
    returned: int
    mis_dispatched: int


def returns_by_unit(user: User, since: datetime) -> list[ReturnCount]:
    """Returns are counted, never blamed: a right return is a mis-dispatch of the sender."""
    places = Unit.objects.filter(units_in_scope(user, Permission.VIEW))
    rows = (
        Assignment.objects.filter(returned_at__gte=since, lead_unit__in=places)
        .values("lead_unit__name_zh", "lead_unit__name_en")
        .annotate(returned=Count("id"), right=Count("id", filter=Q(is_upheld=True)))
        .order_by("-returned", "lead_unit__name_zh")
    )
    return [
        ReturnCount(
            Unit(name_zh=row["lead_unit__name_zh"], name_en=row["lead_unit__name_en"]).name,
            row["returned"],
            row["right"],
        )
        for row in rows
    ]


def state_sentence(assignment: Assignment) -> str:
    """How this dispatch stands, in a few words."""
    if assignment.taken_on_at:
        return _("Taken on")
    if assignment.awaits_arbitration:
        return _("Returned, awaiting decision")
    if assignment.is_upheld:
        return _("Returned, and rightly so")
    if assignment.is_upheld is False:
        return _("Return refused, to be taken on")
    return _("Waiting for acceptance") if assignment.is_current else _("Re-dispatched")
