"""Allegations, and what was found about each."""

from django.db.models import Max
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.investigation.access import check_investigates
from wenguo.investigation.actions.noting import note_found
from wenguo.investigation.choices import Finding
from wenguo.investigation.models import Allegation
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import again, hold, written_together

MAX_ALLEGATIONS = 50


@written_together()
def add_allegation(complaint: Complaint, *, by: User, text: str) -> Allegation:
    """One point complained of, apart from the others, so that each gets its own finding."""
    complaint = lock_complaint(complaint)
    check_investigates(by, complaint)
    _check_text(text)
    last = complaint.allegations.aggregate(last=Max("position"))["last"] or 0
    if last >= MAX_ALLEGATIONS:
        raise Refused(_("There are too many allegations. Put together what belongs together."), field="text")
    allegation = Allegation.objects.create(complaint=complaint, position=last + 1, text=text.strip())
    hold(allegation)
    said = _("Allegation %(number)d: %(text)s") % {"number": allegation.position, "text": allegation.text}
    note_found(complaint, "allegation_added", said, by=by, body={"allegation": allegation.position})
    return allegation


@written_together()
def edit_allegation(allegation: Allegation, *, by: User, text: str) -> Allegation:
    """Better words for the same point; a finding on the old words is open again."""
    complaint = lock_complaint(allegation.complaint)
    check_investigates(by, complaint)
    _check_text(text)
    allegation = Allegation.objects.get(pk=allegation.pk)
    allegation.text = text.strip()
    allegation.finding, allegation.decided_at, allegation.decided_by = Finding.PENDING, None, None
    allegation.save()
    said = _("Allegation %(number)d: %(text)s") % {"number": allegation.position, "text": allegation.text}
    note_found(complaint, "allegation_edited", said, by=by, body={"allegation": allegation.position})
    return allegation


@written_together()
def decide_finding(allegation: Allegation, *, by: User, finding: str, reasoning: str) -> Allegation:
    """Substantiated, partly, not, or not to be established; always with the reasoning."""
    complaint = lock_complaint(allegation.complaint)
    check_investigates(by, complaint)
    if finding not in Finding.values or finding == Finding.PENDING:
        raise Refused(_("Choose one of the findings."), field="finding")
    if not reasoning.strip():
        raise Refused(_("Give the reasoning: which evidence leads to this finding."), field="reasoning")
    allegation = again(allegation, lambda: Allegation.objects.get(pk=allegation.pk))
    allegation.finding, allegation.reasoning = finding, reasoning.strip()
    allegation.decided_at, allegation.decided_by = now(), by
    allegation.save()
    said = _("Allegation %(number)d: %(finding)s. %(why)s") % {
        "number": allegation.position,
        "finding": allegation.get_finding_display(),
        "why": allegation.reasoning,
    }
    body = {"allegation": allegation.position, "finding": finding}
    note_found(complaint, "finding_decided", said, by=by, body=body)
    return allegation


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused(_("Write what exactly is complained of."), field="text")
