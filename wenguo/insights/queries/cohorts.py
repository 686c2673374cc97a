"""The rows behind the figures: for each the complaints that succeeded, failed, and are left out (and why).

The numbers come out of the sums (`rollups`); these live queries are one click from them and say the same, except that
a complaint with two deadlines in the period (it was reopened) is two deadlines there and one row here.

Deadline figures take the clocks that fell due in the period, so an overdue open complaint is a failure and a complaint
closed early this month but due next month does not flatter this one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import ClockState, Source, Status
from wenguo.complaints.models import Clock, Complaint, ComplaintQuerySet
from wenguo.complaints.rules import ACK, WHOLE, stage_clock
from wenguo.customers.choices import ValueTier
from wenguo.customers.models import Customer, Interaction
from wenguo.followup.models import CallBack, Survey
from wenguo.insights.choices import Figure, SourceFilter
from wenguo.insights.rules import MATURES_AFTER, Span
from wenguo.lib.now import now
from wenguo.process.choices import Stage

RESPONSE_IN_FILE = "us.cfpb.response"
# The ends at which somebody could be asked; the others are declined, withdrawn or merged
ANSWERABLE_STATUSES = (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED)


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for: by whom (row scope), which period, unit and source."""

    user: User
    span: Span
    unit: Unit | None = None
    source: SourceFilter = SourceFilter.LIVE

    def complaints(self) -> ComplaintQuerySet:
        """The complaints the reader's units are responsible for: the same ones whose sums the reader sees."""
        rows = Complaint.objects.visible_to(self.user, Permission.SEE_FIGURES)
        if self.source != SourceFilter.ALL:
            rows = rows.filter(source=Source(self.source.value))
        grants = grants_of(self.user)
        if not grants.everywhere(Permission.SEE_FIGURES):
            rows = rows.filter(_responsible(grants.paths(Permission.SEE_FIGURES)))
        return rows if self.unit is None else rows.filter(_responsible([self.unit.path]))


def _responsible(paths: list[str]) -> Q:
    """The lead unit, before there is one the receiving unit, lies in one of these subtrees."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(lead_unit__path__startswith=path)
        found |= Q(lead_unit__isnull=True, receiving_unit__path__startswith=path)
    return found


@dataclass(frozen=True)
class Cohort:
    """Three sets of complaints. `left_out` is shown with its reason, never hidden."""

    met: QuerySet[Complaint]
    failed: QuerySet[Complaint]
    left_out: QuerySet[Complaint]


def _clocks(asked: Asked, rules: list[str]) -> Cohort:
    """By the clocks of these rules that fell due in the period."""
    moment = now()
    due = Clock.objects.filter(
        rule__in=rules, due_at__gte=asked.span.start, due_at__lt=asked.span.end, complaint=OuterRef("pk")
    )
    late = Q(state=ClockState.MISSED) | Q(state=ClockState.RUNNING, due_at__lt=moment)
    scope = asked.complaints()
    failed = scope.filter(Exists(due.filter(late)))
    met = scope.filter(Exists(due.filter(state=ClockState.MET))).exclude(Exists(due.filter(late)))
    left_out = scope.filter(Exists(due.filter(state=ClockState.CANCELLED))).exclude(
        Exists(due.filter(late | Q(state=ClockState.MET)))
    )
    return Cohort(met, failed, left_out)


def timeliness(asked: Asked) -> Cohort:
    """Whole-complaint clocks due in the period; imported history by the response clock of its file."""
    rules = {SourceFilter.LIVE: [WHOLE], SourceFilter.IMPORTED: [RESPONSE_IN_FILE]}
    return _clocks(asked, rules.get(asked.source, [WHOLE, RESPONSE_IN_FILE]))


def analysis(asked: Asked) -> Cohort:
    return _clocks(asked, [stage_clock(Stage.CAUSE)])


def promises(asked: Asked) -> Cohort:
    return _clocks(asked, ["company.promise"])


def acknowledged(asked: Asked) -> Cohort:
    return _clocks(asked, [ACK])


def satisfaction(asked: Asked) -> Cohort:
    """The last answer lies in the period: 4 or 5 of 5 on handling. Ended but silent is left out and shown."""
    start, end = asked.span.start, asked.span.end
    call = CallBack.objects.filter(
        complaint=OuterRef("pk"), handling__isnull=False, done_at__gte=start, done_at__lt=end
    )
    survey = Survey.objects.filter(
        complaint=OuterRef("pk"), handling__isnull=False, answered_at__gte=start, answered_at__lt=end
    )
    later_call = CallBack.objects.filter(complaint=OuterRef("pk"), handling__isnull=False, done_at__gte=end)
    later_survey = Survey.objects.filter(complaint=OuterRef("pk"), handling__isnull=False, answered_at__gte=end)
    scope = asked.complaints()
    answered = scope.filter(Exists(call) | Exists(survey)).exclude(Exists(later_call) | Exists(later_survey))
    silent = scope.filter(
        ended_at__gte=start, ended_at__lt=end, satisfaction__isnull=True, status__in=ANSWERABLE_STATUSES
    )
    return Cohort(answered.filter(satisfaction__gte=4), answered.filter(satisfaction__lt=4), silent)


def resolution(asked: Asked) -> Cohort:
    """Ended and matured: 30 days after the end fall into the period. Solved, confirmed, neither reopened nor repeated.

    Confirmed: by call-back, survey or written acceptance. The unasked are outside n.
    """
    start, end = asked.span.start - MATURES_AFTER, asked.span.end - MATURES_AFTER
    again = Complaint.objects.filter(
        customer=OuterRef("customer"),
        issue=OuterRef("issue"),
        received_at__gt=OuterRef("ended_at"),
        received_at__lte=OuterRef("ended_at") + MATURES_AFTER,
        merged_into__isnull=True,
    ).exclude(pk=OuterRef("pk"))
    scope = asked.complaints().filter(ended_at__gte=start, ended_at__lt=end)
    matured = scope.filter(status__in=ANSWERABLE_STATUSES)
    asked_them = matured.filter(Q(satisfaction__isnull=False) | Q(reply_accepted__isnull=False))
    solved = Q(satisfaction__gte=4) | Q(satisfaction__isnull=True, reply_accepted=True)
    good = asked_them.filter(solved, reopened=0, status=Status.CLOSED).exclude(Exists(again))
    bad = asked_them.exclude(pk__in=good.values("pk"))
    return Cohort(good, bad, matured.filter(satisfaction__isnull=True, reply_accepted__isnull=True))


def retention(asked: Asked) -> Cohort:
    """Key customers whose complaint ended 12 months before the period's end: was there any contact since?"""
    active = Interaction.objects.filter(customer=OuterRef("customer"), at__gt=OuterRef("ended_at"))
    year_before = _a_year_before(asked.span.end)
    key = Customer.objects.filter(value_tier=ValueTier.KEY)
    scope = asked.complaints().filter(customer__in=key, ended_at__isnull=False, merged_into__isnull=True)
    mature = scope.filter(ended_at__lt=year_before, ended_at__gte=_a_year_before(asked.span.start))
    kept = mature.filter(Exists(active))
    return Cohort(kept, mature.exclude(pk__in=kept.values("pk")), scope.none())


def _a_year_before(moment: datetime) -> datetime:
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year - 1, day=28)


COHORTS: dict[Figure, Callable[[Asked], Cohort]] = {
    Figure.TIMELINESS: timeliness,
    Figure.SATISFACTION: satisfaction,
    Figure.ANALYSIS: analysis,
    Figure.RESOLUTION: resolution,
    Figure.PROMISES: promises,
    Figure.ACKNOWLEDGED: acknowledged,
    Figure.RETENTION: retention,
}
