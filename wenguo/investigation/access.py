"""Who may investigate, attribute fault and appeal. `check_…` raises a sentence the user may read."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import can_on, check_open, check_permission_on, get_complaint_for
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.investigation.choices import Verdict
from wenguo.investigation.models import Allegation, Cause, FaultAttribution
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage

ATTRIBUTING = (Permission.ARBITRATE, Permission.MARK, Permission.SECOND_REVIEW)
DECIDING_APPEALS = (Permission.ARBITRATE, Permission.SECOND_REVIEW)


def check_investigates(user: User, complaint: Complaint, *, at_cause: bool = True) -> None:
    """Findings and causes belong to stage 8; evidence and containment are welcome as long as it is open."""
    check_open(complaint)
    check_permission_on(user, complaint, Permission.HANDLE)
    if at_cause and (complaint.stage != Stage.CAUSE or complaint.status != Status.OPEN):
        raise Refused(_("Findings and causes are recorded at the stage of cause analysis."))


def can_investigate(user: User, complaint: Complaint, *, at_cause: bool = True) -> bool:
    try:
        check_investigates(user, complaint, at_cause=at_cause)
    except (NotAllowed, Refused):
        return False
    return True


def check_attributes(user: User, complaint: Complaint) -> None:
    """Whose fault it was is said after the cause, by someone who does not own the complaint."""
    if not any(can_on(user, complaint, permission) for permission in ATTRIBUTING):
        raise NotAllowed(_("Fault is attributed by a duty manager, a reviewer, quality or a manager."))
    if complaint.owner_id == user.pk:
        raise NotAllowed(_("The owner of a complaint cannot do this: it needs someone independent."))
    if complaint.status == Status.MERGED:
        raise Refused(_("This complaint was merged into another one. Work on that one."))
    if not StageOutput.objects.filter(complaint=complaint, stage=Stage.CAUSE).exists():
        raise Refused(_("First the cause, then the fault: finish the cause analysis."))


def can_attribute(user: User, complaint: Complaint) -> bool:
    try:
        check_attributes(user, complaint)
    except (NotAllowed, Refused):
        return False
    return True


def check_appeals(user: User, attribution: FaultAttribution) -> None:
    """The unit found at fault appeals once."""
    own = user.unit is not None and user.unit.path.startswith(attribution.unit.path)
    if not own and not grants_of(user).covers(Permission.HANDLE, attribution.unit.path):
        raise NotAllowed(_("Only %(unit)s can appeal.") % {"unit": attribution.unit.name})
    if attribution.verdict != Verdict.AT_FAULT:
        raise Refused(_("The unit was found not at fault, so there is nothing to appeal."))
    if attribution.appealed_at:
        raise Refused(_("An appeal was made already. It can be made once."))


def can_appeal(user: User, attribution: FaultAttribution) -> bool:
    try:
        check_appeals(user, attribution)
    except (NotAllowed, Refused):
        return False
    return True


def check_decides_appeal(user: User, attribution: FaultAttribution) -> None:
    """Somebody above decides who neither attributed nor appealed."""
    if not attribution.appealed_at or attribution.appeal_decided_at:
        raise Refused(_("No appeal waits for a decision."))
    if not any(can_on(user, attribution.complaint, permission) for permission in DECIDING_APPEALS):
        raise NotAllowed(_("An appeal is decided by a duty manager, a reviewer or a manager."))
    if user.pk in (attribution.by_id, attribution.appealed_by_id):
        raise NotAllowed(_("You took part in this yourself, so somebody else decides."))


def can_decide_appeal(user: User, attribution: FaultAttribution) -> bool:
    try:
        check_decides_appeal(user, attribution)
    except (NotAllowed, Refused):
        return False
    return True


def get_allegation_for(user: User, reference: str, pk: int) -> Allegation:
    return Allegation.objects.select_related("complaint").get(complaint=get_complaint_for(user, reference), pk=pk)


def get_cause_for(user: User, reference: str, pk: int) -> Cause:
    return Cause.objects.select_related("complaint").get(complaint=get_complaint_for(user, reference), pk=pk)


def get_attribution_for(user: User, reference: str, pk: int) -> FaultAttribution:
    rows = FaultAttribution.objects.select_related("complaint", "unit")
    return rows.get(complaint=get_complaint_for(user, reference), pk=pk)
