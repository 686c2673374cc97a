"""Clocks on a complaint: start, stop, pause, resume, recalculate. Called inside the actions, under their lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wenguo.complaints.actions.counting import (
    COUNTED,
    PAUSING,
    RUNNING,
    close_pause,
    count,
    end_clock,
    may_pause,
    stop_event,
    tell,
    warning_after,
)
from wenguo.complaints.choices import ClockEventKind, ClockState, PauseReason, Step
from wenguo.complaints.models import Clock, Complaint, clocks_of
from wenguo.complaints.rules import (
    ACK,
    CLOCKS_STOPPED_BY,
    EVENTS_AT_RECEIPT,
    STOP_EVENTS,
    URGENT_FIRST,
    URGENT_SOLVED,
    WHOLE,
    stage_clock,
)
from wenguo.lib.actors import Actor
from wenguo.lib.now import now
from wenguo.lib.together import insert, is_held, update
from wenguo.process.choices import DutyHolder, LimitUnit, Roll, Stage
from wenguo.process.models import ClockRule
from wenguo.process.queries import clock_rules_for, stage_rule, standard_calendar
from wenguo.process.rules import Facts


@dataclass(frozen=True)
class Terms:
    """What a clock promises, frozen when it starts."""

    rule: str
    name_zh: str
    name_en: str
    limit: int
    unit: str
    stage: str = ""
    duty_holder: str = DutyHolder.COMPANY
    roll: str = Roll.NONE
    first_day_excluded: bool = True
    version: int = 1


def start_clock(complaint: Complaint, terms: Terms, *, by: Actor, at: datetime | None = None) -> Clock:
    """Starts one clock at `at` (business now when not given) and explains its due date."""
    started = at or now()
    clock = Clock(
        complaint=complaint,
        rule=terms.rule,
        rule_version=terms.version,
        name_zh=terms.name_zh,
        name_en=terms.name_en,
        stage=terms.stage,
        duty_holder=terms.duty_holder,
        limit=terms.limit,
        unit=terms.unit,
        roll=terms.roll,
        first_day_excluded=terms.first_day_excluded,
        started_at=started,
    )
    count(clock)
    if is_held(complaint):
        clocks_of(complaint).append(clock)
    insert(clock)
    tell(clock, ClockEventKind.STARTED, by, started)
    return clock


def running(complaint: Complaint) -> list[Clock]:
    """Clocks that are not stopped for good, paused ones included."""
    return [clock for clock in clocks_of(complaint) if clock.state in RUNNING]


def has_clock(complaint: Complaint, rule: str) -> bool:
    """Running or long over."""
    return any(clock.rule == rule for clock in clocks_of(complaint))


def start_stage_clock(complaint: Complaint, stage: Stage, *, by: Actor, at: datetime | None = None) -> Clock | None:
    """The clock of the stage just entered, by the complaint's own version of the standard; from `at`, where given.

    A limit counted from receipt holds for the first time only: a remedy worked out anew gets its time anew.
    """
    rule = stage_rule(complaint.standard, stage)
    limit = rule.limit(complaint.importance) if rule else None
    if rule is None or limit is None:
        return None
    terms = Terms(stage_clock(stage), rule.name_zh, rule.name_en, limit, rule.limit_unit, stage)
    from_receipt = rule.limit_from_receipt and not has_clock(complaint, terms.rule)
    return start_clock(complaint, terms, by=by, at=complaint.received_at if from_receipt else at)


def start_receipt_clocks(complaint: Complaint, facts: Facts, *, by: Actor) -> None:
    """What starts with receipt: acknowledgement, the whole complaint, urgent ones, and what the law adds.

    `facts` are what clock rules ask (`process.queries.clock_rules_for`).
    """
    stage = stage_rule(complaint.standard, Stage.ACCEPT)
    if stage and (limit := stage.limit(complaint.importance)):
        terms = Terms(ACK, "受理告知", "Acknowledgement", limit, stage.limit_unit, Stage.ACCEPT)
        start_clock(complaint, terms, by=by, at=complaint.received_at)
    start_whole_clock(complaint, by=by, at=complaint.received_at)
    if complaint.is_urgent:
        start_urgent_clocks(complaint, by=by)
    received_on = complaint.received_at.astimezone(standard_calendar(complaint.standard).zone).date()
    for rule in clock_rules_for(facts, received_on):
        if rule.start_event in EVENTS_AT_RECEIPT:
            start_rule_clock(complaint, rule, by=by, at=complaint.received_at)


def start_whole_clock(complaint: Complaint, *, by: Actor, at: datetime) -> Clock:
    """The promise of the whole complaint: receipt to handled; on reopening it starts anew."""
    standard = complaint.standard
    limit = standard.whole_limit(complaint.importance)
    terms = Terms(WHOLE, "整件投诉办结", "Whole complaint", limit, LimitUnit.WORKING_DAY)
    clock = start_clock(complaint, terms, by=by, at=at)
    complaint.promised_at = clock.due_at
    return clock


def start_urgent_clocks(complaint: Complaint, *, by: Actor) -> None:
    """Urgent: first answer and a solution or interim measure, in clock hours from receipt. Once only."""
    if has_clock(complaint, URGENT_FIRST):
        return
    standard = complaint.standard
    first = Terms(
        URGENT_FIRST, "紧急首次答复", "Urgent: first answer", standard.urgent_first_answer_hours, LimitUnit.HOUR
    )
    solved = Terms(
        URGENT_SOLVED, "紧急解决或临时措施", "Urgent: solved or contained", standard.urgent_solved_hours, LimitUnit.HOUR
    )
    for terms in (first, solved):
        start_clock(complaint, terms, by=by, at=complaint.received_at)


def start_rule_clock(complaint: Complaint, rule: ClockRule, *, by: Actor, at: datetime | None = None) -> Clock:
    """A statutory promise out of the clock rules, its version frozen."""
    terms = Terms(
        rule.code,
        rule.name_zh,
        rule.name_en,
        rule.limit,
        rule.unit,
        "",
        rule.duty_holder,
        rule.roll,
        rule.first_day_excluded,
        rule.version,
    )
    return start_clock(complaint, terms, by=by, at=at)


def stop_clocks(complaint: Complaint, rules: Iterable[str], *, by: Actor, at: datetime | None = None) -> None:
    """The promise was kept or missed: decided by the moment it stops."""
    codes = set(rules)
    for clock in running(complaint):
        if clock.rule in codes:
            end_clock(clock, by, at or now(), ClockState.MET)


def stop_clocks_of_step(complaint: Complaint, step: Step, *, by: Actor) -> None:
    """What a step of the life cycle fulfils: our own promises by their code, those of the law by their stop event."""
    codes, events = CLOCKS_STOPPED_BY.get(step, ()), STOP_EVENTS.get(step, frozenset())
    if not codes and not events:
        return
    for clock in running(complaint):
        if clock.rule in codes or (events and stop_event(clock) in events):
            end_clock(clock, by, now(), ClockState.MET)


def run_on(complaint: Complaint, step: Step, *, since: datetime, by: Actor) -> None:
    """A step was taken back within moments: the clocks it stopped run on as if it had never been."""
    codes, events = CLOCKS_STOPPED_BY.get(step, ()), STOP_EVENTS.get(step, frozenset())
    ended = [clock for clock in clocks_of(complaint) if clock.state in (ClockState.MET, ClockState.MISSED)]
    for clock in ended:
        if clock.stopped_at is None or clock.stopped_at < since:
            continue
        if clock.rule in codes or (events and stop_event(clock) in events):
            clock.state, clock.stopped_at, clock.warn_at = ClockState.RUNNING, None, warning_after(clock)
            update(clock, ["state", "stopped_at", "warn_at"])
            tell(clock, ClockEventKind.RESUMED, by, now())


def cancel_clocks(complaint: Complaint, *, by: Actor, keep: Iterable[str] = ()) -> None:
    """The complaint ended: what still runs no longer counts, except what was missed already."""
    kept = set(keep)
    for clock in running(complaint):
        if clock.rule not in kept:
            end_clock(clock, by, now(), ClockState.CANCELLED)


def pause_clocks(complaint: Complaint, reason: PauseReason, *, by: Actor, note: str = "") -> int:
    """Stops our own running clocks for a reason; how many were stopped. Other people's duties run on, and so does
    what the law does not let us stop for this reason."""
    moment = now()
    ours = [clock for clock in clocks_of(complaint) if clock.state == ClockState.RUNNING]
    stopped = [clock for clock in ours if clock.duty_holder == DutyHolder.COMPANY and may_pause(clock, reason)]
    for clock in stopped:
        clock.state, clock.paused_at = ClockState.PAUSED, moment
        update(clock, ["state", "paused_at"])
        tell(clock, ClockEventKind.PAUSED, by, moment, pause_reason=reason, note=note)
    return len(stopped)


def resume_clocks(complaint: Complaint, *, by: Actor) -> int:
    """Goes on counting; the time between never brings a due date nearer."""
    moment = now()
    paused = [clock for clock in clocks_of(complaint) if clock.state == ClockState.PAUSED]
    for clock in paused:
        close_pause(clock, moment)
        clock.state = ClockState.RUNNING
        update(clock, ["state", *PAUSING])
        tell(clock, ClockEventKind.RESUMED, by, moment)
    return len(paused)


def recalculate_whole(complaint: Complaint, *, by: Actor) -> None:
    """Importance changed: the whole-complaint promise follows the standard, and says so."""
    limit = complaint.standard.whole_limit(complaint.importance)
    for clock in running(complaint):
        if clock.rule != WHOLE or clock.limit == limit:
            continue
        note = f"{clock.limit} → {limit}"
        clock.limit = limit
        count(clock)
        update(clock, ["limit", *COUNTED])
        complaint.promised_at = clock.due_at
        tell(clock, ClockEventKind.RECALCULATED, by, now(), note=note)


def count_from_receipt(complaint: Complaint, *, by: Actor) -> None:
    """The receipt turned out to be earlier (merged): what counts from it is counted anew."""
    for clock in running(complaint):
        if clock.rule not in (ACK, WHOLE, URGENT_FIRST, URGENT_SOLVED):
            continue
        clock.started_at = complaint.received_at
        count(clock)
        update(clock, ["started_at", *COUNTED])
        tell(clock, ClockEventKind.RECALCULATED, by, now())
        if clock.rule == WHOLE:
            complaint.promised_at = clock.due_at


def lengthen(clock: Clock, add: int, *, by: Actor, note: str) -> None:
    """More time, in the clock's own unit; the reason is kept."""
    clock.extended_by += add
    count(clock)
    update(clock, ["extended_by", *COUNTED])
    tell(clock, ClockEventKind.EXTENDED, by, now(), note=f"+{add} · {note}")


def warn(clock: Clock, percent: int, *, by: Actor) -> None:
    """Notes that somebody was told this share of the time is used up, and when to look again."""
    clock.warned_percent = percent
    clock.warn_at = warning_after(clock)
    update(clock, ["warned_percent", "warn_at"])
    tell(clock, ClockEventKind.WARNED, by, now(), note=f"{percent} %")


def recalculate_next_due(complaint: Complaint) -> None:
    """Sets `next_due_at` (not saved) to the earliest of our own running promises."""
    ours = [clock for clock in clocks_of(complaint) if clock.duty_holder != DutyHolder.AGENCY]
    due = [clock.due_at for clock in ours if clock.state == ClockState.RUNNING]
    complaint.next_due_at = min(due, default=None)
