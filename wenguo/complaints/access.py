"""Who may see a complaint and take a step on it. `check_…` raises a sentence the user may read."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.access import Grants, can, check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.accounts.queries import unit_by_key
from wenguo.complaints.choices import EntryKind, Status, Step, Visibility, Who
from wenguo.complaints.models import Attachment, Clock, Complaint, Link, Task
from wenguo.complaints.rules import (
    COMPLAINANT_STEPS,
    KEPT_STAGES,
    ROWS,
    Row,
    is_grave,
    is_open,
    missing_outputs,
    steps_from,
)
from wenguo.lib.actors import Actor
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.masking import mask_personal
from wenguo.process.queries import node_by_key, standard_by_key

# What colleagues tell each other: entries of these kinds and files, where they are not shown to the complainant
CONFIDED = (EntryKind.NOTE, EntryKind.CALL, EntryKind.FILE)


def get_complaint_for(user: User, reference: str, *, lightly: bool = False) -> Complaint:
    """The only way a view gets a complaint. Unknown and not visible look alike.

    `lightly` is for whoever hands it to an action, which reads the row under its lock anyway.
    """
    if lightly:
        return Complaint.objects.visible_to(user).only("reference").get(reference=reference)
    complaint = Complaint.objects.visible_to(user).select_related("customer", "owner").get(reference=reference)
    fill_in(complaint)
    return complaint


def fill_in(complaint: Complaint) -> None:
    """What it points to among the settings, without a join each: planning nine of them costs more than the row."""
    complaint.standard = standard_by_key(complaint.standard_id)
    for name in ("channel", "product", "issue"):
        key = getattr(complaint, f"{name}_id")
        setattr(complaint, name, node_by_key(key) if key else None)
    for name in ("lead_unit", "receiving_unit"):
        key = getattr(complaint, f"{name}_id")
        setattr(complaint, name, unit_by_key(key) if key else None)


@dataclass(frozen=True)
class Known:
    """What rules on one complaint ask of the database: whose it is and what its stages left. Read once for many."""

    complaint: Complaint

    @cached_property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.complaint.involved_paths())

    @cached_property
    def done(self) -> frozenset[str]:
        return _done(self.complaint)


def known_of(complaint: Complaint) -> Known:
    return Known(complaint)


def _done(complaint: Complaint) -> frozenset[str]:
    """Stages whose output counts in this round."""
    outputs = complaint.outputs_left()
    return frozenset(stage for stage, number in outputs if number == complaint.round or stage in KEPT_STAGES)


def check_permission_on(user: User, complaint: Complaint, permission: Permission, known: Known | None = None) -> None:
    """The person holds the permission over a unit involved in this complaint, and is not complained of."""
    check_permission(user, permission)
    if complaint.respondent_user_id == user.pk:
        raise NotAllowed(_("You are the person complained of, so somebody else has to handle this complaint."))
    grants = grants_of(user)
    if grants.everywhere(permission):
        return
    paths = known.paths if known else complaint.involved_paths()
    if not grants.covers(permission, *paths):
        raise NotAllowed(_("This complaint belongs to another unit."))


def can_on(user: User, complaint: Complaint, permission: Permission) -> bool:
    try:
        check_permission_on(user, complaint, permission)
    except NotAllowed:
        return False
    return True


def check_open(complaint: Complaint) -> None:
    """Every upper action asks this first: a merged or ended complaint is not worked on."""
    if complaint.status == Status.MERGED:
        raise Refused(_("This complaint was merged into another one. Work on that one."))
    if not is_open(complaint.status):
        raise Refused(_("This complaint is ended. Reopen it first."))


def check_step(by: Actor, complaint: Complaint, step: Step, known: Known | None = None) -> Row:
    """May they take this step now? Raises NotAllowed or Refused with the reason; returns the table's row.

    Without an account it is the complainant, who takes only the steps that are theirs.
    """
    row = ROWS[step]
    _check_state(complaint, row)
    if isinstance(by, User):
        check_permission_on(by, complaint, row.permission, known)
        _check_who(by, complaint, row)
    elif step not in COMPLAINANT_STEPS:
        raise NotAllowed(_("Only a colleague can do this."))
    _check_outputs(complaint, row, known)
    return row


def steps_for(user: User, complaint: Complaint) -> list[tuple[Row, str]]:
    """The steps that start where the complaint stands; with the sentence why this person cannot take it, or ""."""
    known = known_of(complaint)
    return [(row, why_not(user, complaint, row.step, known)) for row in steps_from(complaint.stage, complaint.status)]


def why_not(user: User, complaint: Complaint, step: Step, known: Known | None = None) -> str:
    """Empty when the step is allowed; else the sentence for the disabled button."""
    try:
        check_step(user, complaint, step, known)
    except (NotAllowed, Refused) as no:
        return no.sentence
    return ""


def can_step(user: User, complaint: Complaint, step: Step) -> bool:
    return not why_not(user, complaint, step)


def confided_to(user: User, complaint: Complaint) -> bool:
    """May they read what the company's own people write to each other about this complaint?"""
    return can_on(user, complaint, Permission.READ_INTERNAL)


def finds_internal(user: User) -> bool:
    """May they read it in every complaint they see? Otherwise search looks at none of it."""
    grants = grants_of(user)
    return all(grants.covers(Permission.READ_INTERNAL, path) for path in grants.paths(Permission.VIEW))


def readable_entries(user: User, complaint: Complaint) -> Q:
    """Entries of the timeline this person may read: all, or without the notes and call logs of other houses."""
    if confided_to(user, complaint):
        return Q()
    own = Q(author__unit__path__startswith=user.unit.path) if user.unit else Q(author=user)
    return ~Q(kind__in=CONFIDED) | Q(visibility=Visibility.PUBLIC) | own


def readable_files(user: User, complaint: Complaint) -> Q:
    """The same for files."""
    if confided_to(user, complaint):
        return Q()
    own = Q(added_by__unit__path__startswith=user.unit.path) if user.unit else Q(added_by=user)
    return Q(visibility=Visibility.PUBLIC) | own


def text_for(user: User, text: str) -> str:
    """Free text as this person may read it: numbers in it are masked for those who may not see personal data."""
    return text if can(user, Permission.REVEAL) else mask_personal(text)


def check_lead(user: User, complaint: Complaint) -> None:
    """What bends a rule of the process needs somebody who answers for it."""
    check_permission_on(user, complaint, Permission.VIEW)
    if not can_on(user, complaint, Permission.APPROVE):
        raise NotAllowed(_("This needs a team lead, a duty manager or a manager."))


def check_works_on(user: User, complaint: Complaint) -> None:
    """The owner, the lead of the unit, or whoever talks with the complainant while there is no owner."""
    check_permission_on(user, complaint, Permission.CONTACT)
    is_owner = user.pk == (complaint.owner_id or user.pk)
    if not is_owner and not can_on(user, complaint, Permission.ASSIGN):
        raise NotAllowed(_("Only the owner or the lead of the unit can do this."))


def get_attachment_for(user: User, reference: str, pk: int) -> Attachment:
    """A file of a complaint this person sees; files of complaints merged into it included."""
    complaint = get_complaint_for(user, reference)
    family = Q(complaint=complaint) | Q(complaint__merged_into=complaint)
    return Attachment.objects.filter(family, readable_files(user, complaint)).select_related("complaint").get(pk=pk)


def get_task_for(user: User, reference: str, pk: int) -> Task:
    return Task.objects.select_related("assignee").get(complaint=get_complaint_for(user, reference), pk=pk)


def get_link_for(user: User, reference: str, pk: int) -> Link:
    complaint = get_complaint_for(user, reference)
    return Link.objects.select_related("complaint", "other").get(Q(complaint=complaint) | Q(other=complaint), pk=pk)


def get_clock_for(user: User, reference: str, pk: int) -> Clock:
    return Clock.objects.get(complaint=get_complaint_for(user, reference), pk=pk)


def _check_state(complaint: Complaint, row: Row) -> None:
    if complaint.status == Status.MERGED:
        raise Refused(_("This complaint was merged into another one. Work on that one."))
    if complaint.stage not in row.stages or complaint.status not in row.statuses:
        raise Refused(
            _("“%(step)s” is not possible now: the complaint is at “%(stage)s” and %(status)s.")
            % {
                "step": row.step.label,
                "stage": complaint.get_stage_display(),
                "status": complaint.get_status_display(),
            }
        )


def _check_who(user: User, complaint: Complaint, row: Row) -> None:
    is_owner = complaint.owner_id == user.pk
    grave = is_grave(complaint.importance)
    if row.who == Who.NOT_OWNER and is_owner:
        raise NotAllowed(_("The owner of a complaint cannot do this: it needs someone independent."))
    if row.who == Who.NOT_OWNER_IF_GRAVE and grave and user.pk in (complaint.owner_id, complaint.handled_by_id):
        raise NotAllowed(_("A major or complex complaint is closed by someone other than its owner."))
    if row.who == Who.OWNER and not is_owner and not _leads(grants_of(user), complaint):
        raise NotAllowed(_("Only the owner or the lead of the unit can do this."))


def _leads(grants: Grants, complaint: Complaint) -> bool:
    """Holds the right to assign over the lead unit: may step in for the owner."""
    unit: Unit | None = complaint.lead_unit
    return unit is not None and grants.covers(Permission.ASSIGN, unit.path)


def _check_outputs(complaint: Complaint, row: Row, known: Known | None) -> None:
    if not row.needs:
        return
    lacking = missing_outputs(row, known.done if known else _done(complaint))
    if lacking:
        raise Refused(_("First finish: %(stages)s.") % {"stages": "、".join(str(stage.label) for stage in lacking)})
