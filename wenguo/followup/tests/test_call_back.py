"""Stage 12: who may call back, what a low score starts, when nobody answers."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import empty_shelves
from wenguo.complaints.actions import reopen_complaint
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.followup.actions import close_unreachable, note_attempt, prepare_call_back, record_call_back
from wenguo.followup.actions.call_back import Answer
from wenguo.followup.choices import CallBackState
from wenguo.followup.jobs import run_draw_call_backs
from wenguo.followup.models import CallBack
from wenguo.followup.rules import why_called_back
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import Notice
from wenguo.process.choices import Stage
from wenguo.resolution.actions import perform_remedy


@pytest.mark.parametrize(
    ("importance", "percent", "reason"),
    [("major", 0, "major"), ("complex", 0, "complex"), ("ordinary", 0, ""), ("ordinary", 100, "sample")],
)
def test_the_draw_follows_importance_and_sample(importance: str, percent: int, reason: str) -> None:
    assert why_called_back("WG-2611-AAAAA1", importance, percent) == reason


def test_the_draw_of_a_reference_never_changes() -> None:
    drawn = [why_called_back(f"WG-2611-{number}", "ordinary", 30) for number in range(1000)]
    assert drawn == [why_called_back(f"WG-2611-{number}", "ordinary", 30) for number in range(1000)]
    assert 250 < sum(bool(reason) for reason in drawn) < 350


def test_an_answer_is_kept_with_its_three_scores(performed: Complaint, alice: User) -> None:
    answer = Answer(handling=5, result=4, product=2, is_solved=True, comment="谢谢")
    complaint = record_call_back(performed, answer, by=alice)
    call = complaint.call_backs.get(state=CallBackState.DONE)
    assert (call.handling, call.result, call.product, call.is_solved) == (5, 4, 2, True)
    assert complaint.satisfaction == 5
    assert AuditEntry.objects.filter(chain=complaint.audit_chain, event="call_back").count() == 1


def test_the_owner_cannot_call_back(performed: Complaint, wang: User) -> None:
    before = performed.version
    with pytest.raises(NotAllowed):
        record_call_back(performed, Answer(handling=5), by=wang)
    performed.refresh_from_db()
    assert (performed.version, performed.satisfaction, CallBack.objects.count()) == (before, None, 0)


def test_not_before_the_remedy_is_performed(handled: Complaint, alice: User) -> None:
    with pytest.raises(Refused, match="跟进"):
        record_call_back(handled, Answer(handling=5), by=alice)
    assert not CallBack.objects.exists()


def test_scores_run_from_one_to_five(performed: Complaint, alice: User) -> None:
    with pytest.raises(Refused):
        record_call_back(performed, Answer(handling=6), by=alice)
    assert not CallBack.objects.exists()


def test_a_low_score_starts_a_second_call_back_and_rings_a_supervisor(
    performed: Complaint, alice: User, carol: User
) -> None:
    complaint = record_call_back(performed, Answer(handling=1, comment="没解决"), by=alice)
    assert [call.state for call in complaint.call_backs.order_by("number")] == ["done", "due"]
    assert not StageOutput.objects.filter(complaint=complaint, stage=Stage.CALL_BACK).exists()
    assert Notice.objects.filter(user_key=str(carol.pk), kind="customer").exists()
    complaint = record_call_back(complaint, Answer(handling=3), by=carol)
    assert StageOutput.objects.filter(complaint=complaint, stage=Stage.CALL_BACK).count() == 1


def test_an_ordinary_complaint_not_drawn_passes_by_rule(performed: Complaint) -> None:
    type(performed.standard).objects.update(call_back_percent=0)
    empty_shelves()
    performed.refresh_from_db()
    assert prepare_call_back(performed) is None
    performed.refresh_from_db()
    assert performed.call_back_due is False
    output = StageOutput.objects.get(complaint=performed, stage=Stage.CALL_BACK)
    assert (output.passed_by_rule, output.body) == ("not_drawn", {"percent": 0})
    assert output.not_done_because == "一般投诉，未抽中回访"


def test_the_job_draws_once(performed: Complaint) -> None:
    type(performed.standard).objects.update(call_back_percent=100)
    empty_shelves()
    assert run_draw_call_backs() == 1
    assert run_draw_call_backs() == 0
    assert CallBack.objects.filter(complaint=performed).count() == 1


def _clocks(complaint: Complaint) -> list[tuple[datetime, str]]:
    rows = complaint.clocks.filter(rule="company.stage.call_back").order_by("id")
    return [(clock.started_at, clock.state) for clock in rows]


def test_the_clock_counts_from_the_remedy_and_only_where_one_is_drawn(handled: Complaint, wang: User) -> None:
    assert _clocks(handled) == []
    type(handled.standard).objects.update(call_back_percent=100)
    empty_shelves()
    done = now() + timedelta(days=20)
    with moved_to(done):
        for remedy in handled.remedies.all():
            perform_remedy(remedy, by=wang, done_on=timezone.localdate(done), proof="工单已由车主签字")
    with moved_to(done + timedelta(minutes=2)):
        run_draw_call_backs()
    assert _clocks(handled) == [(done, "running")]
    assert handled.clocks.get(rule="company.stage.call_back").due_at > done + timedelta(days=7)


def test_a_second_call_back_has_its_own_time(performed: Complaint, alice: User) -> None:
    type(performed.standard).objects.update(call_back_percent=100)
    empty_shelves()
    run_draw_call_backs()
    later = now() + timedelta(days=2)
    with moved_to(later):
        record_call_back(performed, Answer(handling=1, comment="没解决"), by=alice)
    assert [state for _start, state in _clocks(performed)] == ["met", "running"]
    assert _clocks(performed)[1][0] == later


def test_a_reopened_complaint_is_asked_anew(closed: Complaint, carol: User) -> None:
    complaint = reopen_complaint(closed, by=carol, reason="同样的响声又来了")
    assert (complaint.round, complaint.satisfaction, complaint.call_back_due) == (2, None, None)
    assert prepare_call_back(complaint) is None
    assert CallBack.objects.filter(complaint=complaint, round=2).count() == 0


def _try(complaint: Complaint, by: User, *moments: datetime) -> None:
    for moment in moments:
        with moved_to(moment):
            note_attempt(complaint, by=by, result="no_answer")


def test_three_attempts_on_two_days_close_with_notice(performed: Complaint, alice: User, carol: User) -> None:
    day = now().replace(hour=2, minute=0) + timedelta(days=4)
    _try(performed, alice, day, day + timedelta(hours=5), day + timedelta(days=1, hours=10))
    with moved_to(day + timedelta(days=2)):
        complaint = close_unreachable(performed, by=carol)
    assert (complaint.status, complaint.ended_as) == (Status.CLOSED_WITH_NOTICE, "unasked")
    assert not complaint.call_backs.filter(state="due").exists()


def test_two_attempts_are_not_enough(performed: Complaint, alice: User, carol: User) -> None:
    day = now().replace(hour=2, minute=0) + timedelta(days=4)
    _try(performed, alice, day, day + timedelta(hours=5))
    with pytest.raises(Refused, match="三次"):
        close_unreachable(performed, by=carol)
    performed.refresh_from_db()
    assert performed.status == Status.HANDLED
