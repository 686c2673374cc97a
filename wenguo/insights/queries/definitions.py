"""What each metric counts, in a sentence: readers believe or doubt it. The counting itself: `lake/expressions.py`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenguo.insights.choices import Metric

DEFINITIONS: dict[str, Promise] = {
    Metric.TIMELINESS: _(
        "Complaints whose whole deadline fell in the period: handled in time. Overdue open ones are failures."
    ),
    Metric.SATISFACTION: _(
        "Last answered in the period by call-back or survey: 4 or 5 of 5 on handling. The silent are left out."
    ),
    Metric.ANALYSIS: _("Cause analyses whose deadline fell in the period: finished in time."),
    Metric.RESOLUTION: _(
        "Ended and 30 days old: solved and confirmed, neither reopened nor repeated. The unasked are left out."
    ),
    Metric.PROMISES: _("Remedies promised for a day in the period: performed by then."),
    Metric.ACKNOWLEDGED: _("Acknowledgements due in the period: given in time."),
    Metric.RETENTION: _("Key customers whose complaint ended a year before: any contact since."),
    Metric.NOTICES: _("News promised for a moment in the period: told by then."),
    Metric.STAGE_TIMELINESS: _("Limits of single stages that fell due in the period: kept."),
    Metric.LAW: _(
        "Deadlines of law and regulators that fell due in the period: kept. Duties of agencies do not count."
    ),
    Metric.RECEIVED: _("Complaints received in the period. Duplicates count with the complaint they were merged into."),
    Metric.ENDED: _("Complaints that ended in the period, however they ended; duplicates do not count."),
    Metric.FIRST_CONTACT: _("Of those received: settled in the first contact."),
    Metric.FCR: _(
        "Of all first contacts, 30 days later: settled there, confirmed by the complainant, not reopened, not repeated."
    ),
    Metric.WRONG_PRIORITY: _("Of those received: the importance was corrected later."),
    Metric.REFERRED: _("Of those received: came through a regulator, or ended without agreement."),
    Metric.REPEAT_30: _("Of those received: the same customer complained of the same issue in the 30 days before."),
    Metric.REPEAT: _("Of those received: the same customer complained of the same issue in the 90 days before."),
    Metric.SAFETY: _("Of those received: safety was at stake."),
    Metric.CHASED: _("Of those received: the complainant had to ask how it stands."),
    Metric.RETURNED: _("Of those received: a unit sent it back and was right."),
    Metric.REOPENED: _("Of those that ended: had been opened again."),
    Metric.DECLINED: _("Of those that ended: declined."),
    Metric.WITHDRAWN: _("Of those that ended: withdrawn by the complainant."),
    Metric.REFUSED: _("Of those first answered in the period: a reply was refused."),
    Metric.UPHELD: _("Of those that ended with a finding: the complainant was right."),
    Metric.IMPROVED: _("Complaints that led to an improvement noted in the period."),
    Metric.ANSWERED: _("Of those called or written to in the period: gave an answer."),
    Metric.SCORE_HANDLING: _("Mean score of the handling, 1 to 5, of the answers of the period."),
    Metric.SCORE_RESULT: _("Mean score of the result, 1 to 5, of the answers of the period."),
    Metric.SCORE_PRODUCT: _("Mean score of the product, 1 to 5, of the answers of the period."),
    Metric.NPS: _("Share of 9 and 10 minus share of 0 to 6, of those asked whether they would recommend us."),
    Metric.HANDLING_TIME: _("From receipt to handled, of those handled in the period."),
    Metric.FIRST_ANSWER_TIME: _("From receipt to the first reply, of those first answered in the period."),
    Metric.STAGE_TIME: _("Time spent in a stage, each time it was left in the period."),
    Metric.MOVES: _("Each move from one stage to another in the period, and the time before it."),
    Metric.FUNNEL: _("Stages reached so far by the complaints received in the period."),
    Metric.COMPENSATION: _("Compensation and refunds paid in the period."),
    Metric.COST: _("Talk at the rate set, and what was paid, of the complaints that ended in the period."),
}


def definition_of(key: str) -> str:
    """Empty for a metric of the company's own: its name says it."""
    return str(DEFINITIONS.get(key, ""))
