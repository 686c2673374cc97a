"""What was found: allegations with causes and evidence, and what is still lacking."""

from django.utils.translation import gettext as _

from wenguo.complaints.models import Attachment, Complaint
from wenguo.investigation.choices import CauseKind, Finding
from wenguo.investigation.models import Allegation, Cause, Containment, Evidence, FaultAttribution
from wenguo.investigation.rules import needs_cause

FINDING_KIND = {
    Finding.PENDING: "neutral",
    Finding.SUBSTANTIATED: "urgent",
    Finding.PARTLY: "major",
    Finding.NOT_SUBSTANTIATED: "ok",
    Finding.CANNOT: "neutral",
}


def allegations_of(complaint: Complaint) -> list[Allegation]:
    return list(complaint.allegations.select_related("decided_by"))


def causes_of(complaint: Complaint) -> list[Cause]:
    return list(complaint.causes.select_related("node", "allegation", "found_by").order_by("id"))


def evidence_of(complaint: Complaint) -> list[Evidence]:
    return list(complaint.evidence.select_related("attachment", "allegation", "added_by").order_by("id"))


def containments_of(complaint: Complaint) -> list[Containment]:
    return list(complaint.containments.select_related("by").order_by("id"))


def attributions_of(complaint: Complaint) -> list[FaultAttribution]:
    rows = complaint.attributions.select_related("complaint", "unit", "by", "appealed_by", "appeal_decided_by")
    return list(rows.order_by("id"))


def files_of(complaint: Complaint) -> list[Attachment]:
    """What may become evidence."""
    return list(complaint.attachments.order_by("id"))


def lacking(complaint: Complaint, allegations: list[Allegation] | None = None) -> list[str]:
    """What the cause analysis still needs before it is finished; empty: it may be finished."""
    allegations = list(complaint.allegations.all()) if allegations is None else allegations
    found = [row.finding for row in allegations]
    missing = []
    if not allegations:
        missing.append(_("Write down at least one allegation: what exactly is complained of."))
    if Finding.PENDING in found:
        pending = "、".join(str(row.position) for row in allegations if row.finding == Finding.PENDING)
        missing.append(_("Decide a finding for every allegation. Missing: %(which)s.") % {"which": pending})
    if needs_cause(found) and not complaint.causes.filter(kind=CauseKind.ROOT).exists():
        missing.append(_("Name at least one root cause: something was substantiated."))
    if (complaint.is_urgent or complaint.is_safety) and not complaint.containments.exists():
        missing.append(_("Record the containment first: the complaint is urgent or concerns safety."))
    return missing
