"""Stage 14: the seeded sample and the checklist."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.supervision.actions import draw_inspections, inspect_complaint
from wenguo.supervision.choices import ItemFinding
from wenguo.supervision.models import Inspection, InspectionPlan
from wenguo.supervision.rules import CHECKLIST, draw, finding_of

GOOD = {key: "conforms" for key, _zh, _en in CHECKLIST}


def _draw(by: User, **changed: object) -> InspectionPlan:
    today = timezone.localdate(now())
    terms = {"title": "月度检查", "period_from": today - timedelta(days=30), "period_to": today, "sample_size": 5}
    return draw_inspections(by=by, **{**terms, **changed})  # type: ignore[arg-type]


def test_the_same_seed_draws_the_same() -> None:
    population = list(range(1000))
    assert draw(population, 20, 7) == draw(list(reversed(population)), 20, 7)
    assert draw(population, 20, 7) != draw(population, 20, 8)


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ({"a": "conforms", "b": "conforms"}, ItemFinding.CONFORMS),
        ({"a": "minor", "b": "major"}, ItemFinding.MAJOR),
        ({"a": "minor", "b": "conforms"}, ItemFinding.MINOR),
        ({"a": "open", "b": "major"}, ItemFinding.OPEN),
        ({}, ItemFinding.OPEN),
    ],
)
def test_the_worst_answer_is_the_finding(answers: dict[str, str], finding: ItemFinding) -> None:
    assert finding_of(answers) == finding


def test_a_plan_draws_ended_complaints(closed: Complaint, quinn: User) -> None:
    plan = _draw(quinn, seed=3)
    assert (plan.population, plan.seed) == (1, 3)
    assert Inspection.objects.get(plan=plan).complaint == closed


def test_an_empty_period_draws_nothing(taken_on: Complaint, quinn: User) -> None:
    with pytest.raises(Refused):
        _draw(quinn)
    assert not InspectionPlan.objects.exists()


def test_an_inspection_fills_the_drawn_row_and_finishes_the_plan(closed: Complaint, quinn: User) -> None:
    plan = _draw(quinn)
    inspect_complaint(closed, by=quinn, answers={**GOOD, "reply": "minor"}, verdict="答复未写其他途径")
    row = Inspection.objects.get(plan=plan)
    plan.refresh_from_db()
    assert (row.finding, row.inspector, plan.state) == (ItemFinding.MINOR, quinn, "done")


def test_every_line_needs_an_answer(closed: Complaint, quinn: User) -> None:
    _draw(quinn)
    with pytest.raises(Refused):
        inspect_complaint(closed, by=quinn, answers={"words": "conforms"}, verdict="x")
    assert Inspection.objects.get().finding == ItemFinding.OPEN


def test_an_agent_does_not_inspect(closed: Complaint, alice: User) -> None:
    with pytest.raises(NotAllowed):
        inspect_complaint(closed, by=alice, answers=GOOD, verdict="x")
