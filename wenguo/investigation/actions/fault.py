"""Whose fault it was: apart from who handles, after the cause, appealable once."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import ring_about
from wenguo.dispatch.queries import handlers_of
from wenguo.investigation.access import check_appeals, check_attributes, check_decides_appeal
from wenguo.investigation.actions.noting import note_found
from wenguo.investigation.choices import Verdict
from wenguo.investigation.models import FaultAttribution
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.choices import NoticeKind


@transaction.atomic
def attribute_fault(complaint: Complaint, *, by: User, unit: Unit, verdict: str, reasoning: str) -> FaultAttribution:
    """Says of one unit whether it was at fault, with the reasoning; the unit hears of it and may appeal."""
    complaint = lock_complaint(complaint)
    check_attributes(by, complaint)
    if verdict not in Verdict.values:
        raise Refused(_("Choose whether the unit was at fault."), field="verdict")
    if not reasoning.strip():
        raise Refused(_("Give the reasoning: which cause makes this the unit's fault, or not."), field="reasoning")
    if complaint.attributions.filter(unit=unit).exists():
        raise Refused(_("This was decided for %(unit)s already.") % {"unit": unit.name}, field="unit")
    attribution = FaultAttribution.objects.create(
        complaint=complaint, unit=unit, verdict=verdict, reasoning=reasoning.strip(), at=now(), by=by
    )
    said = f"{unit.name}：{attribution.get_verdict_display()}。{attribution.reasoning}"
    note_found(complaint, "fault_attributed", said, by=by, body={"unit": unit.code, "verdict": verdict})
    if verdict == Verdict.AT_FAULT:
        name = unit.name
        people = handlers_of(unit)
        ring_about(
            complaint,
            people,
            NoticeKind.SYSTEM,
            lambda: _("%(unit)s was found at fault. It may appeal once.") % {"unit": name},
            but=by,
        )
    return attribution


@transaction.atomic
def appeal_fault(attribution: FaultAttribution, *, by: User, appeal: str) -> FaultAttribution:
    """The unit says why it is not at fault."""
    complaint = lock_complaint(attribution.complaint)
    attribution = _locked(attribution)
    check_appeals(by, attribution)
    if not appeal.strip():
        raise Refused(_("Write why your unit is not at fault."), field="appeal")
    attribution.appealed_at, attribution.appealed_by, attribution.appeal = now(), by, appeal.strip()
    attribution.save()
    said = f"{attribution.unit.name}：{attribution.appeal}"
    note_found(complaint, "fault_appealed", said, by=by, body={"unit": attribution.unit.code})
    name = attribution.unit.name
    people = [one for one in people_with(Permission.ARBITRATE, attribution.unit) if one.pk != attribution.by_id]
    ring_about(
        complaint,
        people,
        NoticeKind.APPROVAL,
        lambda: _("%(unit)s appeals against the fault.") % {"unit": name},
        but=by,
    )
    return attribution


@transaction.atomic
def decide_appeal(attribution: FaultAttribution, *, by: User, is_upheld: bool, reasoning: str) -> FaultAttribution:
    """Upheld: the unit no longer counts as at fault. Decided by someone who neither attributed nor appealed."""
    complaint = lock_complaint(attribution.complaint)
    attribution = _locked(attribution)
    check_decides_appeal(by, attribution)
    if not reasoning.strip():
        raise Refused(_("Give the reasons of your decision."), field="reasoning")
    attribution.appeal_decided_at, attribution.appeal_decided_by = now(), by
    attribution.appeal_upheld = is_upheld
    attribution.save()
    outcome = _("Appeal upheld") if is_upheld else _("Appeal refused")
    said = f"{attribution.unit.name}：{outcome}。{reasoning.strip()}"
    note_found(complaint, "appeal_decided", said, by=by, body={"unit": attribution.unit.code, "is_upheld": is_upheld})
    if attribution.appealed_by:
        ring_about(
            complaint,
            [attribution.appealed_by],
            NoticeKind.SYSTEM,
            lambda: _("Your appeal was upheld.") if is_upheld else _("Your appeal was refused."),
            but=by,
        )
    return attribution


def _locked(attribution: FaultAttribution) -> FaultAttribution:
    return FaultAttribution.objects.select_related("complaint", "unit", "appealed_by").get(pk=attribution.pk)
