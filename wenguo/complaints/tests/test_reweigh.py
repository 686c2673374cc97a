"""Weighing anew: limits follow, review where one is due, ISO's figure counts it; refused, nothing changes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.actions import reweigh_complaint
from wenguo.complaints.choices import ClockEventKind, ClockState, PassedBy, Status, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.tests.test_life_cycle import everything, put
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.choices import Importance, Stage

SLIGHT: dict[str, Any] = {"severity": 2, "safety": 1, "complexity": 2, "impact": 1}
GRAVE: dict[str, Any] = {**SLIGHT, "severity": 5, "reason": "发现同批次另有三起"}
TANGLED: dict[str, Any] = {**SLIGHT, "complexity": 5, "reason": "需要三个部门一起查"}


def test_raised_before_assigning_it_goes_through_review(weighed: Complaint, dora: User) -> None:
    complaint = reweigh_complaint(weighed, by=dora, **GRAVE)

    assert (complaint.importance, complaint.stage) == (Importance.MAJOR, Stage.REVIEW)
    assert complaint.clocks.filter(rule="company.stage.review", state=ClockState.RUNNING).exists()
    assert complaint.clocks.get(rule="company.stage.assign").state == ClockState.CANCELLED


def test_it_is_counted_as_wrongly_prioritised_and_stands_in_audit_and_timeline(weighed: Complaint, dora: User) -> None:
    complaint = reweigh_complaint(weighed, by=dora, **GRAVE)

    outputs = list(complaint.outputs.filter(stage=Stage.IMPORTANCE).order_by("id").values_list("body", flat=True))
    assert [body.get("changed") for body in outputs] == [None, True]
    assert (outputs[1]["before"], outputs[1]["importance"]) == ("ordinary", "major")
    last = AuditEntry.objects.filter(chain=complaint.audit_chain).order_by("-seq")[0]
    assert (last.event, last.actor) == ("reweigh", dora.audit_name)
    assert "发现同批次另有三起" not in str(last.body)
    entry = complaint.entries.filter(facts__step="reweigh").get()
    assert entry.body == "一般 → 重大\n发现同批次另有三起"


def test_the_promise_follows_the_level_and_the_complainant_is_told(weighed: Complaint, dora: User) -> None:
    before = weighed.clocks.get(rule="company.whole")

    complaint = reweigh_complaint(weighed, by=dora, **TANGLED)

    after = complaint.clocks.get(rule="company.whole")
    assert (before.limit, after.limit) == (7, 15)
    assert complaint.promised_at == after.due_at > before.due_at
    assert after.events.filter(kind=ClockEventKind.RECALCULATED, note="7 → 15").count() == 1
    message = OutboundMessage.objects.get(kind="promise_moved")
    assert TANGLED["reason"] not in message.body
    assert "重新" in message.body


def test_an_earlier_promise_disturbs_nobody(reviewed: Complaint, dora: User) -> None:
    complaint = reweigh_complaint(reviewed, by=dora, **SLIGHT, reason="复核后并不严重")

    assert complaint.clocks.get(rule="company.whole").limit == 7
    assert not OutboundMessage.objects.filter(kind="promise_moved").exists()


def test_the_clock_of_the_stage_follows_too(weighed: Complaint, dora: User, alice: User) -> None:
    at_cause = put(weighed, Stage.CAUSE, Status.OPEN, alice)
    at_cause.clocks.filter(rule="company.stage.assign").update(rule="company.stage.cause", stage=Stage.CAUSE, limit=3)

    complaint = reweigh_complaint(at_cause, by=dora, **TANGLED)

    clock = complaint.clocks.get(rule="company.stage.cause")
    assert (clock.limit, clock.state) == (9, ClockState.RUNNING)
    assert complaint.stage == Stage.CAUSE


def test_raised_while_worked_on_the_reason_justifies_the_review_not_held(
    weighed: Complaint, dora: User, alice: User
) -> None:
    complaint = reweigh_complaint(put(weighed, Stage.CAUSE, Status.OPEN, alice), by=dora, **GRAVE)

    review = complaint.outputs.filter(stage=Stage.REVIEW).last()
    assert review is not None
    assert (review.passed_by_rule, review.justification) == ("", "发现同批次另有三起")
    assert Notice.objects.filter(user_key=str(alice.pk), text__contains="一般 → 重大").count() == 1


def test_what_was_reviewed_is_not_reviewed_again(reviewed: Complaint, dora: User) -> None:
    complaint = reweigh_complaint(reviewed, by=dora, **TANGLED)

    assert (complaint.importance, complaint.stage) == (Importance.COMPLEX, Stage.ASSIGN)


def test_lowered_in_review_it_passes_the_review_by_its_rule(major: Complaint, dora: User) -> None:
    complaint = reweigh_complaint(major, by=dora, **SLIGHT, reason="复核后并不严重")

    assert (complaint.importance, complaint.stage) == (Importance.ORDINARY, Stage.ASSIGN)
    assert complaint.outputs.get(stage=Stage.REVIEW).passed_by_rule == PassedBy.NO_REVIEW
    assert complaint.clocks.get(rule="company.stage.review").state == ClockState.CANCELLED


def test_urgent_starts_and_a_false_alarm_ends_the_urgent_clocks(weighed: Complaint, dora: User) -> None:
    urgent = reweigh_complaint(weighed, by=dora, **{**GRAVE, "safety": 5})
    assert urgent.clocks.filter(rule__startswith="company.urgent", state=ClockState.RUNNING).count() == 2

    calm = reweigh_complaint(urgent, by=dora, **SLIGHT, reason="误报")

    assert (calm.is_urgent, calm.is_safety) == (False, False)
    assert calm.clocks.filter(rule__startswith="company.urgent", state=ClockState.CANCELLED).count() == 2


REFUSED: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "no reason": ({**GRAVE, "reason": "  "}, Refused),
    "the same again": ({**SLIGHT, "reason": "再看一次"}, Refused),
    "a score too high": ({**GRAVE, "impact": 6}, Refused),
    "no such level": ({**GRAVE, "override": "huge"}, Refused),
    "seen too early": ({**GRAVE, "version": 1}, Changed),
}


@pytest.mark.parametrize(("given", "error"), REFUSED.values(), ids=REFUSED)
def test_refused_nothing_changes(weighed: Complaint, dora: User, given: dict[str, Any], error: type[Exception]) -> None:
    before = everything()

    with pytest.raises(error):
        reweigh_complaint(weighed, by=dora, **given)

    assert everything() == before


def test_the_owner_does_not_weigh_what_they_own(weighed: Complaint, dora: User) -> None:
    mine = put(weighed, Stage.CAUSE, Status.OPEN, dora)
    before = everything()

    with pytest.raises(NotAllowed, match="独立"):
        reweigh_complaint(mine, by=dora, **GRAVE)

    assert everything() == before


def test_the_page_shows_the_scores_and_keeps_what_was_typed(weighed: Complaint, dora: User, client: Client) -> None:
    client.force_login(dora)
    address = reverse(f"complaints:{Step.REWEIGH.value}", kwargs={"reference": weighed.reference})

    shown = client.get(address)
    refused = client.post(address, {**GRAVE, "reason": "", "impact": "4"})
    done = client.post(address, {**GRAVE, "version": weighed.version})

    assert 'name="severity" value="2"' in shown.content.decode().replace('id="id_severity_1" ', "")
    assert refused.status_code == 422
    assert (done.status_code, Complaint.objects.get(pk=weighed.pk).importance) == (302, "major")
