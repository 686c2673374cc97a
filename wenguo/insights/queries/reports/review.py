"""What the product knows for the inputs of a management review (ISO 10002:2018, 8.6) beside its figures."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wenguo.accounts.models import Membership, User
from wenguo.complaints.models import Complaint
from wenguo.insights.choices import Metric
from wenguo.insights.choices.reports import ReportKind, ReportState, Section
from wenguo.insights.models import Commentary, Report
from wenguo.insights.queries import rollups
from wenguo.insights.queries.reports.content import TableShown
from wenguo.insights.queries.reports.figures import Scene
from wenguo.insights.rules import METRICS, Measure
from wenguo.lib.now import now
from wenguo.process.models import ClockRule, Standard
from wenguo.supervision.choices import ItemFinding, MarkClass
from wenguo.supervision.models import ImprovementMark, Inspection, OversightOrder


def internal_tables(scene: Scene) -> list[TableShown]:
    """How much came in, who is there to handle it, what changed in the standard."""
    start, end = scene.asked.span.start, scene.asked.span.end
    cut = scene.cut
    received, before = rollups.total(Metric.RECEIVED, cut), rollups.total(Metric.RECEIVED, cut.at(days=cut.days.before))
    people = User.objects.filter(is_active=True)
    if scene.unit:
        people = people.filter(pk__in=Membership.objects.filter(unit__path__startswith=scene.unit.path).values("user"))
    rows = [
        [_("Complaints received"), str(received.met)],
        [_("In as many days before"), str(before.met)],
        [_("People with a role"), str(people.count())],
    ]
    versions = Standard.objects.filter(activated_at__gte=start, activated_at__lt=end)
    rows += [[_("Process standard put into force"), f"{one.name} v{one.version}"] for one in versions]
    return [TableShown("", [_("Fact"), pgettext("figure", "Value")], rows)]


def external_tables(scene: Scene) -> list[TableShown]:
    """What came through regulators, deadlines of the law, rules that began or ended in the period."""
    found = rollups.totals([Metric.REFERRED, Metric.LAW], scene.cut)
    rows = [
        [_("Came through a regulator, or ended without agreement"), _share(Metric.REFERRED, found[Metric.REFERRED])],
        [_("Deadlines of the law kept"), _share(Metric.LAW, found[Metric.LAW])],
    ]
    days = (scene.report.first, scene.report.last)
    changed = ClockRule.objects.filter(Q(effective_from__range=days) | Q(effective_to__range=days), is_active=True)
    rules = [[one.name, one.code, f"{one.effective_from or '…'} – {one.effective_to or '…'}"] for one in changed]
    tables = [TableShown("", [_("Fact"), pgettext("figure", "Value")], rows)]
    if rules:
        columns = [_("Rule"), _("Code"), _("In force")]
        tables.append(TableShown(_("Clock rules that began or ended"), columns, rules, is_text=True))
    return tables


def audit_tables(scene: Scene) -> list[TableShown]:
    """Inspections done in the period, by plan and finding."""
    done = Inspection.objects.filter(complaint__in=_seen(scene), **_within("inspected_at", scene)).select_related(
        "plan"
    )
    plans: dict[str, Counter[str]] = {}
    for one in done.select_related("plan"):
        plans.setdefault(one.plan.title, Counter())[one.finding] += 1
    findings = (ItemFinding.CONFORMS, ItemFinding.MINOR, ItemFinding.MAJOR)
    rows = [[title, *(str(found[finding]) for finding in findings)] for title, found in plans.items()]
    columns = [_("Inspection plan"), *(str(finding.label) for finding in findings)]
    return [TableShown("", columns, rows)] if rows else []


def action_tables(scene: Scene) -> list[TableShown]:
    """What complaints were used for, oversight orders and how they stand, promises kept."""
    seen = _seen(scene)
    marks = Counter(
        ImprovementMark.objects.filter(complaint__in=seen, **_within("at", scene)).values_list("mark_class", flat=True)
    )
    used = [[str(one.label), str(marks[one])] for one in MarkClass]
    orders = list(OversightOrder.objects.filter(complaint__in=seen, **_within("at", scene)))
    answered = [one for one in orders if one.answered_at]
    late = [one for one in orders if (one.answered_at or now()) > one.due_at]
    kept = rollups.total(Metric.PROMISES, scene.cut)
    state = [
        [_("Oversight orders"), str(len(orders))],
        [_("answered"), str(len(answered))],
        [_("late"), str(len(late))],
        [_("Promises kept"), _share(Metric.PROMISES, kept)],
    ]
    columns = [_("What complaints were used for"), _("Number")]
    return [TableShown("", columns, used), TableShown("", [_("Action"), _("Number")], state)]


def follow_up_tables(scene: Scene) -> list[TableShown]:
    """What the last approved review of the same unit decided and recommended."""
    earlier = Report.objects.filter(
        kind=ReportKind.REVIEW, unit=scene.unit, state=ReportState.APPROVED, last__lt=scene.report.first
    ).first()
    if earlier is None:
        return []
    said: dict[str, str] = {}
    wanted = (Section.RECOMMENDATIONS, Section.DECISIONS)
    for one in Commentary.objects.filter(report=earlier, section__in=wanted).order_by("id"):
        said[str(Section(one.section).label)] = one.text
    title = _("Of the review of %(first)s – %(last)s") % {"first": earlier.first, "last": earlier.last}
    return [
        TableShown(title, [_("Section"), _("What was written")], [list(pair) for pair in said.items()], is_text=True)
    ]


def _seen(scene: Scene) -> QuerySet[Complaint, Any]:
    """The complaints the reader's figures are about."""
    return scene.asked.complaints().values("pk")


def _within(name: str, scene: Scene) -> dict[str, datetime]:
    return {f"{name}__gte": scene.asked.span.start, f"{name}__lt": scene.asked.span.end}


def _share(metric: Metric, found: Measure) -> str:
    value = found.value(METRICS[metric].kind)
    return "–" if value is None else f"{value:.1f} % ({found.met} / {found.n})"
