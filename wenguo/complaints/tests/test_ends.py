"""Withdraw, reopen, close, close with notice, skip."""

from datetime import UTC, datetime

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.actions import (
    close_complaint,
    close_with_notice,
    decline_complaint,
    reopen_complaint,
    set_importance,
    skip_stage,
    withdraw_complaint,
)
from wenguo.complaints.actions.guard import leave_output
from wenguo.complaints.choices import ClockState, EndedAs, EntryKind, PassedBy, Source, Status, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.tests.conftest import Take
from wenguo.complaints.tests.test_life_cycle import everything, put
from wenguo.lib.actors import COMPLAINANT
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode


@pytest.fixture
def handled(take: Take, alice: User, wang: User) -> Complaint:
    """Stage 12, handled by wang; only the call-back is missing."""
    complaint = put(take(), Stage.CALL_BACK, Status.HANDLED, wang)
    for stage in (Stage.FEED_BACK, Stage.FOLLOW_UP):
        leave_output(complaint, stage, by=alice)
    return complaint


def test_the_complainant_withdraws_in_their_own_words(submitted: Complaint) -> None:
    complaint = withdraw_complaint(submitted, by=COMPLAINANT, words="已经修好了，谢谢", through="web")
    assert (complaint.status, complaint.ended_at) == (Status.WITHDRAWN, complaint.changed_at)
    entry = Entry.objects.filter(kind=EntryKind.WORDS).last()
    assert entry is not None
    assert (entry.body, entry.visibility, entry.author) == ("已经修好了，谢谢", Visibility.PUBLIC, None)
    assert complaint.outputs.filter(stage=Stage.COLLECT, body__withdrawn=True).exists()
    assert AuditEntry.objects.filter(event="withdraw").get().actor == "complainant"
    assert not complaint.clocks.filter(state=ClockState.RUNNING).exists()


def test_withdrawing_needs_words(submitted: Complaint, alice: User) -> None:
    before = everything()
    with pytest.raises(Refused) as no:
        withdraw_complaint(submitted, by=alice, words="  ")
    assert no.value.field == "words"
    assert everything() == before


def test_the_complainant_takes_only_their_own_steps(submitted: Complaint) -> None:
    with pytest.raises(NotAllowed):
        decline_complaint(submitted, by=COMPLAINANT, reason=None, explanation="x")  # type: ignore[arg-type]


def test_reopening_starts_a_new_round_and_the_clocks_anew(
    accepted: Complaint, alice: User, carol: User, not_ours: TaxonomyNode
) -> None:
    declined = decline_complaint(accepted, by=alice, reason=not_ours, explanation="不是我们的产品")
    with pytest.raises(NotAllowed):
        reopen_complaint(declined, by=alice, reason="找到了购车发票")
    complaint = reopen_complaint(declined, by=carol, reason="找到了购车发票")
    assert (complaint.status, complaint.stage, complaint.round, complaint.reopened) == ("open", "validity", 2, 1)
    assert complaint.ended_at is None
    running = set(complaint.clocks.filter(state=ClockState.RUNNING).values_list("rule", flat=True))
    assert running == {"company.whole", "company.stage.validity"}
    assert OutboundMessage.objects.filter(kind="reopened").exists()


def test_a_closed_complaint_is_reopened_at_the_remedy(handled: Complaint, carol: User, dora: User) -> None:
    leave_output(handled, Stage.CALL_BACK, by=carol)
    handled.satisfaction = 5
    handled.save()
    closed = close_complaint(handled, by=carol)
    complaint = reopen_complaint(closed, by=dora, reason="一周后又坏了")
    assert (complaint.stage, complaint.ended_as, complaint.satisfaction) == (Stage.RESOLVE, "", None)


def test_closing_needs_the_call_back(handled: Complaint, carol: User) -> None:
    before = everything()
    with pytest.raises(Refused) as no:
        close_complaint(handled, by=carol)
    assert "回访" in no.value.sentence
    assert everything() == before


def test_closing_counts_the_satisfaction(handled: Complaint, carol: User) -> None:
    leave_output(handled, Stage.CALL_BACK, by=carol)
    Complaint.objects.filter(pk=handled.pk).update(satisfaction=4)
    complaint = close_complaint(handled, by=carol)
    assert (complaint.status, complaint.ended_as) == (Status.CLOSED, EndedAs.SATISFIED)
    assert complaint.stage == Stage.IMPROVE
    assert complaint.ended_at is not None


def test_a_call_back_passed_by_rule_is_enough(handled: Complaint, carol: User) -> None:
    leave_output(handled, Stage.CALL_BACK, by=None, passed_by_rule="not drawn")
    assert close_complaint(handled, by=carol).ended_as == EndedAs.UNASKED


def test_a_survey_stands_for_the_call_back_of_an_ordinary_complaint(handled: Complaint, carol: User) -> None:
    with pytest.raises(Refused):
        close_complaint(handled, by=carol, survey=6)
    assert close_complaint(handled, by=carol, survey=2).ended_as == EndedAs.DISSATISFIED


def test_a_survey_is_not_enough_where_it_is_grave(handled: Complaint, carol: User) -> None:
    Complaint.objects.filter(pk=handled.pk).update(importance="major")
    before = everything()
    with pytest.raises(Refused):
        close_complaint(handled, by=carol, survey=5)
    assert everything() == before


def attempts(*hours: tuple[int, int]) -> list[datetime]:
    return [datetime(2026, 3, day, hour - 8, tzinfo=UTC) for day, hour in hours]


def test_closing_with_notice_needs_three_attempts(handled: Complaint, carol: User) -> None:
    with pytest.raises(Refused):
        close_with_notice(handled, by=carol, attempts=attempts((2, 9), (2, 15)))
    complaint = close_with_notice(handled, by=carol, attempts=attempts((2, 9), (2, 15), (3, 19)))
    assert (complaint.status, complaint.ended_as) == (Status.CLOSED_WITH_NOTICE, EndedAs.UNASKED)
    assert OutboundMessage.objects.filter(kind="closed_with_notice").exists()


def test_a_lead_skips_a_stage_with_a_justification(major: Complaint, alice: User, carol: User) -> None:
    with pytest.raises(NotAllowed):
        skip_stage(major, by=alice, stage="review", justification="总经理已当场决定，见会议纪要。")
    with pytest.raises(Refused):
        skip_stage(major, by=carol, stage="review", justification="急")
    with pytest.raises(Refused):
        skip_stage(major, by=carol, stage="cause", justification="总经理已当场决定，见会议纪要。")
    complaint = skip_stage(major, by=carol, stage="review", justification="总经理已当场决定，见会议纪要。")
    output = complaint.outputs.get(stage=Stage.REVIEW)
    assert (complaint.stage, output.justification) == (Stage.ASSIGN, "总经理已当场决定，见会议纪要。")


@pytest.fixture
def history(take: Take, gearbox_noise: TaxonomyNode) -> Complaint:
    """As an import writes it: ended elsewhere, no outputs, no clocks, nobody's."""
    complaint = put(take(), Stage.IMPROVE, Status.CLOSED)
    complaint.outputs.all().delete()
    complaint.clocks.all().delete()
    Complaint.objects.filter(pk=complaint.pk).update(source=Source.IMPORTED, issue=gearbox_noise, importance="")
    complaint.refresh_from_db()
    return complaint


def test_imported_history_reopened_is_live_work_and_goes_on_where_nobody_has_judged(
    history: Complaint, carol: User, alice: User
) -> None:
    complaint = reopen_complaint(history, by=carol, reason="又出现同样的异响")

    assert (complaint.source, complaint.stage, complaint.status) == (Source.LIVE, Stage.IMPORTANCE, Status.OPEN)
    passed = dict(complaint.outputs.values_list("stage", "passed_by_rule"))
    assert passed == dict.fromkeys((Stage.ACCEPT, Stage.VALIDITY, Stage.CLASSIFY), PassedBy.HISTORY)
    assert complaint.clocks.get(rule="company.whole").limit == 7
    assert OutboundMessage.objects.filter(kind="reopened").count() == 1
    weighed = set_importance(complaint, by=alice, severity=2, safety=1, complexity=1, impact=1)
    assert weighed.stage == Stage.ASSIGN


def test_history_without_an_issue_is_classified_first(history: Complaint, carol: User) -> None:
    Complaint.objects.filter(pk=history.pk).update(issue=None)

    complaint = reopen_complaint(history, by=carol, reason="又出现同样的异响")

    assert complaint.stage == Stage.CLASSIFY
    assert set(complaint.outputs.values_list("stage", flat=True)) == {Stage.ACCEPT, Stage.VALIDITY}


def test_what_was_worked_out_here_is_not_done_again(handled: Complaint, carol: User) -> None:
    ended = put(handled, Stage.IMPROVE, Status.CLOSED)

    assert reopen_complaint(ended, by=carol, reason="又坏了").stage == Stage.RESOLVE
