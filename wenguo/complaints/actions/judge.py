"""Stages 3 to 6: validity, classes, importance, review. Whether the facts are true is never decided here."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import can_on
from wenguo.complaints.actions.clocks import recalculate_whole, start_urgent_clocks
from wenguo.complaints.actions.guard import advance, guard_step, leave_output
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import PassedBy, Step, ValidityVerdict, Visibility
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import needs_review, weigh
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.together import written_together
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import TaxonomyNode


@written_together()
def judge_valid(
    complaint: Complaint, *, by: User, note: str = "", checks: Sequence[str] = (), version: int | None = None
) -> Complaint:
    """Stage 3: it is a complaint, ours, identifiable and complete enough. `checks`: see `ValidWhen`."""
    complaint, row = guard_step(complaint, Step.JUDGE_VALID, by=by, version=version)
    return advance(complaint, row, by=by, output={"verdict": ValidityVerdict.VALID, "checks": list(checks)}, note=note)


@written_together()
def decline_complaint(
    complaint: Complaint, *, by: User, reason: TaxonomyNode, explanation: str, version: int | None = None
) -> Complaint:
    """A person declines, with a reason code, and tells which other routes stay open."""
    complaint, row = guard_step(complaint, Step.DECLINE, by=by, version=version)
    if reason.tree != TreeKind.DECLINE_REASON:
        raise Refused(_("Choose one of the decline reasons."), field="reason")
    if not explanation.strip():
        raise Refused(_("Explain to the complainant in plain words why it is declined."), field="explanation")
    english = complaint.language.startswith("en")
    routes = str(reason.extra.get("routes_en" if english else "routes_zh", ""))
    output = {"verdict": ValidityVerdict.DECLINED, "reason": reason.code}
    told = {"reason": reason.name_en if english else reason.name_zh, "explanation": explanation, "routes": routes}
    return advance(complaint, row, by=by, output=output, note=explanation, visibility=Visibility.INTERNAL, told=told)


@written_together()
def ask_for_more(complaint: Complaint, *, by: User, question: str, version: int | None = None) -> Complaint:
    """Something is missing: the complainant is asked and our clocks stop meanwhile."""
    complaint, row = guard_step(complaint, Step.ASK_MORE, by=by, version=version)
    if not question.strip():
        raise Refused(_("Write what you need to know."), field="question")
    return advance(complaint, row, by=by, note=question, told={"question": question})


@written_together()
def receive_more(complaint: Complaint, *, by: Actor, note: str = "", version: int | None = None) -> Complaint:
    """What was missing came in, or we go on without it: the clocks run again."""
    complaint, row = guard_step(complaint, Step.RECEIVE_MORE, by=by, version=version)
    return advance(complaint, row, by=by, note=note)


@written_together()
def classify_complaint(
    complaint: Complaint,
    *,
    by: User,
    issue: TaxonomyNode,
    product: TaxonomyNode | None = None,
    apparent_demand: str = "",
    hidden_need: str = "",
    version: int | None = None,
) -> Complaint:
    """Stage 4: what it is about, in the taxonomy's codes; apparent demand and hidden need are two fields."""
    complaint, row = guard_step(complaint, Step.CLASSIFY, by=by, version=version)
    if issue.tree != TreeKind.ISSUE or (product and product.tree != TreeKind.PRODUCT):
        raise Refused(_("Choose the issue and the product from their trees."), field="issue")
    complaint.issue, complaint.product = issue, product or complaint.product
    complaint.apparent_demand = apparent_demand or complaint.apparent_demand
    complaint.hidden_need = hidden_need or complaint.hidden_need
    output = {"issue": issue.code, "product": complaint.product.code if complaint.product else ""}
    advance(complaint, row, by=by, output=output)
    index_complaint(complaint)
    return complaint


@written_together()
def set_importance(
    complaint: Complaint,
    *,
    by: User,
    severity: int,
    safety: int,
    complexity: int,
    impact: int,
    is_urgent: bool = False,
    is_vulnerable: bool = False,
    is_disputed: bool = False,
    override: str = "",
    justification: str = "",
    version: int | None = None,
) -> Complaint:
    """Stage 5: the matrix makes the level; a person may overrule it with a justification."""
    complaint, row = guard_step(complaint, Step.SET_IMPORTANCE, by=by, version=version)
    scores = {"severity": severity, "safety": safety, "complexity": complexity, "impact": impact}
    reasons = put_on_scales(complaint, scores, is_urgent or complaint.is_urgent, override, justification)
    complaint.is_vulnerable, complaint.is_disputed = complaint.is_vulnerable or is_vulnerable, is_disputed
    recalculate_whole(complaint, by=by)
    if complaint.is_urgent:
        start_urgent_clocks(complaint, by=by)
    output = {**scores, "importance": complaint.importance, "reasons": reasons, "why": justification}
    if not needs_review(complaint.importance, complaint.is_disputed):
        leave_output(complaint, Stage.REVIEW, by=by, passed_by_rule=PassedBy.NO_REVIEW)
    return advance(complaint, row, by=by, output=output, note=justification)


def put_on_scales(
    complaint: Complaint, scores: Mapping[str, int], said_urgent: bool, override: str, justification: str
) -> list[str]:
    """Writes scores, level, urgency and safety on the complaint (not saved); the matrix's reasons."""
    for name, score in scores.items():
        if not 1 <= score <= 5:
            raise Refused(_("Scores run from 1 to 5."), field=name)
        setattr(complaint, name, score)
    if override and override not in Importance.values:
        raise Refused(_("Choose one of: %(values)s.") % {"values": ", ".join(Importance.values)}, field="override")
    weighing = weigh(**scores, said_urgent=said_urgent)
    if override and override != weighing.importance and not justification.strip():
        raise Refused(_("Say why you depart from the matrix."), field="justification")
    complaint.importance = override or weighing.importance
    complaint.is_urgent, complaint.is_safety = weighing.is_urgent, complaint.is_safety or scores["safety"] >= 4
    return list(weighing.reasons)


@written_together()
def record_review(
    complaint: Complaint,
    *,
    by: User,
    decision: str,
    minutes: str,
    present: Sequence[User],
    version: int | None = None,
) -> Complaint:
    """Stage 6: the group's decision with its minutes; at least two people besides the owner decide."""
    complaint, row = guard_step(complaint, Step.RECORD_REVIEW, by=by, version=version)
    people = {person.pk for person in (*present, by)} - {complaint.owner_id}
    if len(people) < 2:
        raise Refused(_("A review needs at least two people."), field="present")
    for person in present:
        if not can_on(person, complaint, Permission.REVIEW):
            raise Refused(
                _("%(name)s does not belong to the review group of this complaint.") % {"name": person}, field="present"
            )
    if not decision.strip() or not minutes.strip():
        raise Refused(_("Record both the decision and the minutes."), field="minutes")
    # Free text may name people: it stands on the timeline, where it can be erased, and not in the audit
    words = f"{decision.strip()}\n\n{minutes.strip()}"
    return advance(complaint, row, by=by, output={"present": sorted(people)}, note=words)
