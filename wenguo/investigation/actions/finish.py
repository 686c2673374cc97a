"""Finishing stage 8, also in one step where the cause is known."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import advance, guard_step, lock_complaint
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions.causes import write_cause
from wenguo.investigation.actions.evidence import record_containment
from wenguo.investigation.actions.findings import add_allegation, decide_finding
from wenguo.investigation.actions.noting import note_found
from wenguo.investigation.choices import CauseKind, Finding
from wenguo.investigation.queries import lacking
from wenguo.investigation.rules import needs_cause, upheld
from wenguo.lib.errors import Refused
from wenguo.lib.together import written_together
from wenguo.process.models import TaxonomyNode


@written_together()
def finish_cause(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """Stage 8 is done: every allegation has its finding, and what was substantiated has a root cause."""
    complaint, row = guard_step(complaint, Step.FINISH_CAUSE, by=by, version=version)
    allegations = list(complaint.allegations.all())
    missing = lacking(complaint, allegations)
    if missing:
        raise Refused(" ".join(missing))
    findings = [one.finding for one in allegations]
    complaint.is_upheld = upheld(findings)
    output = {
        "findings": dict(Counter(findings)),
        "causes": list(complaint.causes.order_by("id").values_list("node__code", flat=True)),
        "is_upheld": complaint.is_upheld,
    }
    return advance(complaint, row, by=by, output=output, note=note)


@dataclass(frozen=True, kw_only=True)
class KnownCause:
    """What the first contact route states at once."""

    allegation: str
    finding: str = Finding.SUBSTANTIATED
    reasoning: str
    node: TaxonomyNode | None = None
    statement: str = ""
    containment: str = ""


@written_together()
def state_known_cause(
    complaint: Complaint, known: KnownCause, *, by: User, note: str = "", version: int | None = None
) -> Complaint:
    """The cause is known: allegation, finding, cause and the end of stage 8 in one step, each with its own row."""
    complaint, _row = guard_step(complaint, Step.FINISH_CAUSE, by=by, version=version)
    allegation = add_allegation(complaint, by=by, text=known.allegation)
    decide_finding(allegation, by=by, finding=known.finding, reasoning=known.reasoning)
    if needs_cause([known.finding]):
        if known.node is None or not known.statement.strip():
            raise Refused(_("Name the known cause and its place in the tree."), field="node")
        complaint = lock_complaint(complaint)  # read again: the actions above have written to its audit chain
        answers = [known.statement.strip()]
        write_cause(complaint, by, known.node, answers, known.statement, CauseKind.ROOT, True, allegation)
        body = {"cause": known.node.code, "kind": CauseKind.ROOT.value, "known": True}
        said = _("Known cause: %(statement)s") % {"statement": known.statement.strip()}
        note_found(complaint, "cause_added", said, by=by, body=body)
    if known.containment.strip():
        record_containment(complaint, by=by, action=known.containment)
    return finish_cause(complaint, by=by, note=note)
