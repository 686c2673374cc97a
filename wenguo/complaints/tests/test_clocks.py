"""Clocks on a complaint: started, paused, extended, warned, ended."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from wenguo.accounts.models import User
from wenguo.complaints.actions import (
    ask_for_more,
    decline_complaint,
    extend_clock,
    receive_more,
    resume_clock,
    set_importance,
    stop_clock,
)
from wenguo.complaints.choices import ClockEventKind, ClockState
from wenguo.complaints.jobs import run_warn_due
from wenguo.complaints.models import Complaint
from wenguo.complaints.tests.conftest import Take
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.process.models import TaxonomyNode

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


@pytest.fixture
def monday(take: Take) -> Complaint:
    with moved_to(MONDAY):
        return take()


def test_the_whole_complaint_is_promised_in_working_days(monday: Complaint) -> None:
    """Seven working days after Monday 2 March end with Wednesday 11 March, Shanghai."""
    assert monday.clocks.get(rule="company.whole").due_at == datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC)
    assert monday.clocks.get(rule="company.ack").due_at == MONDAY + timedelta(hours=24)


def test_waiting_for_the_complainant_moves_the_promise(monday: Complaint, alice: User) -> None:
    """Stopped over two midnights; the first ends the day that is not counted anyway."""
    before = monday.clocks.get(rule="company.whole").due_at
    with moved_to(MONDAY + timedelta(hours=2)):
        complaint = ask_for_more(monday, by=alice, question="请提供发票")
    assert complaint.next_due_at is None
    assert set(complaint.clocks.values_list("state", flat=True)) == {ClockState.PAUSED}
    with moved_to(MONDAY + timedelta(days=2)):
        complaint = receive_more(complaint, by=alice)
    whole = complaint.clocks.get(rule="company.whole")
    assert (whole.state, whole.due_at) == (ClockState.RUNNING, before + timedelta(days=1))


def test_pausing_and_resuming_at_once_changes_nothing(monday: Complaint, alice: User) -> None:
    before = list(monday.clocks.order_by("id").values_list("due_at", flat=True))
    with moved_to(MONDAY + timedelta(hours=2)):
        stopped = stop_clock(monday, by=alice, reason="appraisal", note="等鉴定")
        resume_clock(stopped, by=alice)
    assert list(monday.clocks.order_by("id").values_list("due_at", flat=True)) == before


def test_a_stopped_clock_says_why(monday: Complaint, alice: User) -> None:
    with pytest.raises(Refused):
        stop_clock(monday, by=alice, reason="appraisal", note=" ")
    stop_clock(monday, by=alice, reason="part", note="等变速箱总成，预计 3 月 9 日到货")
    event = monday.clocks.get(rule="company.whole").events.last()
    assert event is not None
    assert (event.kind, event.pause_reason) == (ClockEventKind.PAUSED, "part")
    with pytest.raises(Refused):
        stop_clock(monday, by=alice, reason="part", note="再停一次")


def test_a_lead_extends_with_a_reason_and_the_complainant_is_told(monday: Complaint, carol: User, alice: User) -> None:
    clock = monday.clocks.get(rule="company.whole")
    with moved_to(MONDAY):
        with pytest.raises(NotAllowed):
            extend_clock(clock, by=alice, add=2, reason="配件需要进口")
        complaint = extend_clock(clock, by=carol, add=2, reason="配件需要进口")
    clock.refresh_from_db()
    assert clock.due_at == datetime(2026, 3, 13, 15, 59, 59, tzinfo=UTC)
    assert complaint.promised_at == clock.due_at
    assert OutboundMessage.objects.filter(kind="promise_moved").count() == 1
    with pytest.raises(Refused):
        extend_clock(clock, by=carol, add=30, reason="再等等")


def test_importance_moves_the_whole_promise(classified: Complaint, alice: User) -> None:
    assert classified.clocks.get(rule="company.whole").limit == 7
    complaint = set_importance(classified, by=alice, severity=5, safety=1, complexity=1, impact=1)
    whole = complaint.clocks.get(rule="company.whole")
    assert (whole.limit, complaint.promised_at) == (10, whole.due_at)


def test_urgent_has_its_own_two_clocks(take: Take) -> None:
    complaint = take(is_safety=True)
    rules = set(complaint.clocks.values_list("rule", flat=True))
    assert {"company.urgent.first", "company.urgent.solved"} <= rules
    assert complaint.next_due_at == complaint.received_at + timedelta(hours=2)


def test_a_referral_brings_the_agency_s_clocks_and_they_stay_out_of_ours(take: Take) -> None:
    regulator = TaxonomyNode.objects.get(tree="channel", code="regulator")
    complaint = take(channel=regulator)
    agency = complaint.clocks.get(rule="cn.samr.121.accept")
    assert (agency.duty_holder, agency.warn_at) == ("agency", None)
    ours = complaint.clocks.exclude(duty_holder="agency")
    assert complaint.next_due_at == min(clock.due_at for clock in ours)


def test_a_clock_of_the_law_starts_with_the_facts_and_stops_by_our_step(
    take: Take, alice: User, not_ours: TaxonomyNode
) -> None:
    complaint = take(facts={"industry": "finance"})
    assert complaint.clocks.get(rule="cn.finance.simple").unit == "calendar_day"
    decline_complaint(complaint, by=alice, reason=not_ours, explanation="不是我们的产品")
    assert complaint.clocks.get(rule="cn.finance.simple").state == ClockState.MET


def test_a_law_that_names_no_waiting_is_not_paused(take: Take, alice: User) -> None:
    complaint = take(facts={"industry": "finance"})
    ask_for_more(complaint, by=alice, question="？")
    assert complaint.clocks.get(rule="cn.finance.simple").state == ClockState.RUNNING
    assert complaint.clocks.get(rule="company.whole").state == ClockState.PAUSED


def test_ending_ends_the_clocks(accepted: Complaint, alice: User, not_ours: TaxonomyNode) -> None:
    complaint = decline_complaint(accepted, by=alice, reason=not_ours, explanation="不是我们的产品")
    states = dict(complaint.clocks.values_list("rule", "state"))
    assert states == {
        "company.ack": ClockState.MET,
        "company.whole": ClockState.CANCELLED,
        "company.stage.validity": ClockState.CANCELLED,
    }
    assert complaint.next_due_at is None


def test_what_was_missed_stays_missed(monday: Complaint, alice: User, not_ours: TaxonomyNode) -> None:
    with moved_to(MONDAY + timedelta(days=30)):
        complaint = decline_complaint(monday, by=alice, reason=not_ours, explanation="不是我们的产品")
    assert complaint.clocks.get(rule="company.whole").state == ClockState.MISSED


def test_warnings_are_rung_once_each(monday: Complaint, alice: User, carol: User) -> None:
    def bells() -> list[str]:
        return [notice.user_key for notice in Notice.objects.order_by("id")]

    with moved_to(MONDAY + timedelta(hours=18)):
        assert run_warn_due() == 1
        assert run_warn_due() == 0
    assert bells() == [str(alice.pk)]
    with moved_to(MONDAY + timedelta(hours=25)):
        assert run_warn_due() == 1
    ack = monday.clocks.get(rule="company.ack")
    assert (ack.warned_percent, ack.warn_at) == (100, None)
    assert str(carol.pk) in bells()
    assert list(ack.events.filter(kind=ClockEventKind.WARNED).values_list("note", flat=True)) == ["75 %", "100 %"]


def test_looking_for_warnings_costs_what_is_due(take: Take, django_assert_num_queries: pytest.FixtureRequest) -> None:
    for _n in range(3):
        take()
    with time_machine.travel(datetime.now(UTC)), django_assert_num_queries(1):  # type: ignore[operator]
        assert run_warn_due() == 0
