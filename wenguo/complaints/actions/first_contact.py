"""The first-contact route: accepting carries validity, classes and importance in one step."""

from dataclasses import dataclass

from wenguo.accounts.models import User
from wenguo.complaints.actions.judge import classify_complaint, judge_valid, set_importance
from wenguo.complaints.actions.submit import accept_complaint
from wenguo.complaints.models import Complaint
from wenguo.lib.together import written_together
from wenguo.process.models import TaxonomyNode


@dataclass(frozen=True, kw_only=True)
class FirstAssessment:
    """What whoever talks with the complainant can judge at once."""

    issue: TaxonomyNode
    severity: int
    safety: int
    complexity: int
    impact: int
    product: TaxonomyNode | None = None
    apparent_demand: str = ""
    hidden_need: str = ""
    is_urgent: bool = False
    is_vulnerable: bool = False
    is_disputed: bool = False


@written_together()
def accept_at_first_contact(
    complaint: Complaint, given: FirstAssessment, *, by: User, note: str = "", version: int | None = None
) -> Complaint:
    """Stages 2 to 5 in one go; each leaves its own output, as if they were taken one by one."""
    complaint = accept_complaint(complaint, by=by, note=note, version=version)
    complaint = judge_valid(complaint, by=by)
    complaint = classify_complaint(
        complaint,
        by=by,
        issue=given.issue,
        product=given.product,
        apparent_demand=given.apparent_demand,
        hidden_need=given.hidden_need,
    )
    return set_importance(
        complaint,
        by=by,
        severity=given.severity,
        safety=given.safety,
        complexity=given.complexity,
        impact=given.impact,
        is_urgent=given.is_urgent,
        is_vulnerable=given.is_vulnerable,
        is_disputed=given.is_disputed,
    )
