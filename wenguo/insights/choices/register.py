"""The fields of the complaint register: ISO 10002:2018 clauses 7.2–7.9 and the follow-up form of its annex E."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Section(TextChoices):
    """The parts of the follow-up form, in its order."""

    RECEIPT = "receipt", _("Receipt of the complaint")
    COMPLAINANT = "complainant", _("Complainant")
    PROBLEM = "problem", _("What it is about")
    ASSESSMENT = "assessment", _("Assessment")
    RESOLUTION = "resolution", _("Resolution of the complaint")
    TRACKING = "tracking", _("Tracking of the complaint")
    CLOSURE = "closure", _("Closure")


class Track(TextChoices):
    """The rows of the tracking table: each with a day and a name."""

    ACKNOWLEDGED = "acknowledged", _("Acknowledged to the complainant")
    ASSESSED = "assessed", pgettext_lazy("complaint register", "Assessed")
    INVESTIGATED = "investigated", _("Investigated")
    RESOLVED = "resolved", _("Remedy decided")
    INFORMED = "informed", _("Complainant informed")
    CORRECTED = "corrected", _("Correction done")
    VERIFIED = "verified", _("Correction verified")
    CLOSED = "closed", pgettext_lazy("complaint register", "Closed")


_BY = {  # who did it, for the columns of a table
    Track.ACKNOWLEDGED: _("Acknowledged by"),
    Track.ASSESSED: _("Assessed by"),
    Track.INVESTIGATED: _("Investigated by"),
    Track.RESOLVED: _("Remedy decided by"),
    Track.INFORMED: _("Complainant informed by"),
    Track.CORRECTED: _("Correction done by"),
    Track.VERIFIED: _("Correction verified by"),
    Track.CLOSED: _("Closed by"),
}

FIELDS: dict[Section, dict[str, Promise]] = {
    Section.RECEIPT: {
        "reference": _("Reference"),
        "received_at": _("Received at"),
        "entered_at": _("Entered at"),
        "recorded_by": _("Received by"),
        "channel": _("Medium"),
        "receiving_unit": _("Receiving unit"),
        "referred_by": _("Referred by"),
        "referred_number": _("Number there"),
    },
    Section.COMPLAINANT: {
        "complainant": _("Complainant"),
        "complainant_kind": _("Person or organisation"),
        "contact": _("Contact"),
        "acts_for": _("Acting on behalf"),
    },
    Section.PROBLEM: {
        "title": _("Complaint"),
        "words": _("Description in the complainant's words"),
        "occurred_on": _("Date of the problem"),
        "is_recurrent": _("Recurrent"),
        "product": _("Product or service"),
        "order_reference": _("Order or VIN"),
        "issue": _("Category of the problem"),
        "remedy_sought": _("Remedy requested"),
        "respondent": _("Unit complained of"),
        "lead_unit": _("Responsible department"),
        "owner": _("Responsible person"),
        "due_at": _("Due"),
    },
    Section.ASSESSMENT: {
        "severity": _("Severity"),
        "safety": _("Safety"),
        "complexity": _("Complexity"),
        "impact": _("Impact"),
        "importance": _("Importance"),
        "is_immediate": _("Immediate action needed"),
        "immediate_action": _("Immediate action taken"),
        "is_compensation_likely": _("Compensation likely"),
    },
    Section.RESOLUTION: {
        "is_resolution_required": _("Resolution required"),
        "findings": _("Findings"),
        "causes": _("Causes"),
        "actions": _("Action to be taken"),
        "amount": _("Amount"),
        "promised_on": _("Promised for"),
    },
    Section.TRACKING: {
        name: label
        for track in Track
        for name, label in ((f"{track.value}_at", track.label), (f"{track.value}_by", _BY[track]))
    },
    Section.CLOSURE: {
        "status": _("Status"),
        "ended_as": _("Ended as"),
        "is_upheld": _("Upheld"),
        "reply_accepted": _("Reply accepted"),
        "satisfaction": _("Satisfaction"),
        "reopened": _("Times reopened"),
        "improvement": _("Used for"),
        "referred_outside": _("Referred outside"),
    },
}
COLUMNS: dict[str, Promise] = {key: label for fields in FIELDS.values() for key, label in fields.items()}
