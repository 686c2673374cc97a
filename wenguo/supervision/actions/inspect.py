"""Stage 14: a plan draws a seeded sample; each drawn complaint is checked against the list."""

import secrets
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record_in
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.supervision.choices import ItemFinding, PlanState
from wenguo.supervision.models import Inspection, InspectionPlan
from wenguo.supervision.queries import population_of
from wenguo.supervision.rules import CHECKLIST, draw, finding_of

LARGEST_SAMPLE = 500


@transaction.atomic
def draw_inspections(
    *,
    by: User,
    title: str,
    period_from: date,
    period_to: date,
    sample_size: int,
    unit: Unit | None = None,
    seed: int | None = None,
) -> InspectionPlan:
    """Draws ended complaints of the period; the seed stands in the plan, so anyone can draw again."""
    check_permission(by, Permission.INSPECT)
    if period_to < period_from:
        raise Refused(_("The period ends before it begins."), field="period_to")
    if not 1 <= sample_size <= LARGEST_SAMPLE:
        raise Refused(_("Draw between 1 and %(limit)d complaints.") % {"limit": LARGEST_SAMPLE}, field="sample_size")
    population = list(population_of(by, period_from, period_to, unit).values_list("pk", flat=True))
    if not population:
        raise Refused(_("No complaint ended in this period. Choose a longer one."), field="period_from")
    plan = InspectionPlan.objects.create(
        title=title.strip()[:200] or f"{period_from} – {period_to}",
        period_from=period_from,
        period_to=period_to,
        unit=unit,
        sample_size=sample_size,
        population=len(population),
        seed=secrets.randbelow(2**31) if seed is None else seed,
        checklist=[{"key": key, "question_zh": zh, "question_en": en} for key, zh, en in CHECKLIST],
        created_at=now(),
        created_by=by,
    )
    drawn = draw(population, sample_size, plan.seed)
    Inspection.objects.bulk_create(
        Inspection(plan=plan, complaint_id=pk, position=place) for place, pk in enumerate(drawn, start=1)
    )
    record_in("supervision", "draw_inspections", by=by, body={"plan": plan.pk, "seed": plan.seed, "drawn": len(drawn)})
    return plan


@transaction.atomic
def inspect_complaint(
    complaint: Complaint,
    *,
    by: User,
    answers: Mapping[str, str],
    verdict: str,
    notes: Mapping[str, str] | None = None,
    version: int | None = None,
) -> Complaint:
    """The checklist's answers and the verdict; a complaint not drawn by a plan may be inspected, too."""
    complaint, row = guard_step(complaint, Step.INSPECT, by=by, version=version)
    if by.pk in (complaint.handled_by_id, complaint.recorded_by_id):
        raise Refused(_("Whoever worked on a complaint does not inspect it."))
    keys = {key for key, _zh, _en in CHECKLIST}
    if set(answers) != keys or not set(answers.values()) <= set(ItemFinding.values) - {ItemFinding.OPEN}:
        raise Refused(_("Answer every line of the checklist."))
    if not verdict.strip():
        raise Refused(_("Write the verdict in a sentence."), field="verdict")
    finding = finding_of(answers)
    said = {key: {"finding": value, "note": (notes or {}).get(key, "")} for key, value in answers.items()}
    drawn = Inspection.objects.filter(complaint=complaint, finding=ItemFinding.OPEN).order_by("id").first()
    if drawn is not None:
        drawn.answers, drawn.finding, drawn.verdict = said, finding, verdict
        drawn.inspector, drawn.inspected_at = by, now()
        drawn.save()
        _finish_plan(drawn.plan)
    return advance(complaint, row, by=by, output={"finding": finding.value, "answers": dict(answers)}, note=verdict)


def _finish_plan(plan: InspectionPlan) -> None:
    if not plan.inspections.filter(finding=ItemFinding.OPEN).exists():
        plan.state = PlanState.DONE
        plan.save(update_fields=["state"])
