"""Who may take on, return and help; who may own a complaint. `check_…` raises a sentence the user may read."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import can, check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import acting_for
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.dispatch.models import Assignment, AssistingUnit, RoutingRule
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now


def may_handle_for(user: User, unit: Unit) -> bool:
    return grants_of(user).covers(Permission.HANDLE, unit.path)


def check_answers_for(user: User, assignment: Assignment) -> None:
    """Taking on and returning is the lead unit's: its handlers, the owner asked, or whoever stands in for the owner."""
    unit, owner = assignment.lead_unit, assignment.owner
    if not may_handle_for(user, unit):
        raise NotAllowed(_("This was assigned to %(unit)s. Only its handlers can answer.") % {"unit": unit.name})
    if owner is None or user.pk in (owner.pk, acting_for(owner, now()).pk):
        return
    if not grants_of(user).covers(Permission.ASSIGN, unit.path):
        raise NotAllowed(_("This was assigned to %(person)s, who has to answer.") % {"person": owner.name})


def check_possible_owner(complaint: Complaint, unit: Unit, person: User) -> None:
    """The person complained of never handles; the owner must be allowed to handle in the lead unit."""
    if complaint.respondent_user_id == person.pk:
        raise Refused(
            _("%(person)s is the person complained of. Choose somebody else.") % {"person": person.name}, field="owner"
        )
    if not person.is_active or not may_handle_for(person, unit):
        raise Refused(
            _("%(person)s does not handle complaints for %(unit)s. Choose one of its handlers.")
            % {"person": person.name, "unit": unit.name},
            field="owner",
        )


def check_assists(user: User, assisting: AssistingUnit) -> None:
    """The part belongs to the assisting unit: its own people answer it."""
    grants = grants_of(user)
    own = user.unit is not None and user.unit.path.startswith(assisting.unit.path) and grants.has(Permission.NOTE)
    if not own and not grants.covers(Permission.HANDLE, assisting.unit.path):
        raise NotAllowed(_("This part was asked of %(unit)s. Only its people can answer.") % {"unit": assisting.unit})


def can_assist(user: User, assisting: AssistingUnit) -> bool:
    try:
        check_assists(user, assisting)
    except NotAllowed:
        return False
    return True


def get_assisting_for(user: User, reference: str, pk: int) -> AssistingUnit:
    complaint = get_complaint_for(user, reference)
    return AssistingUnit.objects.select_related("complaint", "unit", "asked_by").get(complaint=complaint, pk=pk)


def check_sees_queues(user: User) -> None:
    """What waits to be taken on, answered or decided is for those who do it."""
    if not can(user, Permission.HANDLE) and not can(user, Permission.ARBITRATE):
        raise NotAllowed(_("Here stands what handlers of a unit and arbiters have to answer."))


def check_may_route(user: User) -> None:
    check_permission(user, Permission.SETTINGS)


def may_route(user: User) -> bool:
    return can(user, Permission.SETTINGS)


def get_rule_for(user: User, pk: int) -> RoutingRule:
    check_may_route(user)
    return RoutingRule.objects.get(pk=pk)
