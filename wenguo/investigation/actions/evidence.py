"""Evidence with the hash of its content, and what was done at once."""

import hashlib

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Attachment, Complaint
from wenguo.investigation.access import check_investigates
from wenguo.investigation.actions.noting import note_found
from wenguo.investigation.models import Allegation, Containment, Evidence
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together


@written_together()
def add_evidence(
    complaint: Complaint,
    *,
    by: User,
    description: str,
    origin: str = "",
    attachment: Attachment | None = None,
    allegation: Allegation | None = None,
) -> Evidence:
    """A file of the complaint, or a statement, in the register; its hash is fixed now, so that a change is seen."""
    complaint = lock_complaint(complaint)
    check_investigates(by, complaint, at_cause=False)
    if not description.strip():
        raise Refused(_("Describe what this evidence shows."), field="description")
    for thing, name in ((attachment, "attachment"), (allegation, "allegation")):
        if thing is not None and thing.complaint_id != complaint.pk:
            raise Refused(_("Choose something that belongs to this complaint."), field=name)
    described = description.strip()[:300]
    evidence = Evidence.objects.create(
        complaint=complaint,
        allegation=allegation,
        attachment=attachment,
        description=described,
        origin=origin.strip()[:200],
        sha256=attachment.sha256 if attachment else hashlib.sha256(described.encode()).hexdigest(),
        added_at=now(),
        added_by=by,
    )
    body = {"evidence": evidence.pk, "sha256": evidence.sha256}
    note_found(complaint, "evidence_added", _("Evidence: %(what)s") % {"what": described}, by=by, body=body)
    return evidence


@written_together()
def record_containment(complaint: Complaint, *, by: User, action: str, is_needed: bool = True) -> Containment:
    """What was done at once so that it gets no worse; “not needed” is recorded too, with why."""
    complaint = lock_complaint(complaint)
    check_investigates(by, complaint, at_cause=False)
    if not action.strip():
        sentence = _("Write what was done at once.") if is_needed else _("Write why no containment is needed.")
        raise Refused(sentence, field="action")
    containment = Containment.objects.create(
        complaint=complaint, action=action.strip()[:300], is_needed=is_needed, at=now(), by=by
    )
    said = _("Containment: %(what)s") if is_needed else _("No containment needed: %(what)s")
    body = {"containment": containment.pk, "is_needed": is_needed}
    note_found(complaint, "containment_recorded", said % {"what": containment.action}, by=by, body=body)
    return containment
