"""Clocks on a complaint: start, stop, pause, resume, recalculate. Called inside the actions, under their lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wenguo.complaints.choices import ClockEventKind, ClockState, PauseReason
from wenguo.complaints.models import Clock, ClockEvent, Complaint
from wenguo.complaints.rules import ACK, STAGES_WITH_CLOCK, URGENT_FIRST, URGENT_SOLVED, WHOLE, stage_clock
from wenguo.lib.actors import Actor
from wenguo.lib.now import now
from wenguo.lib.worktime import DueDate, due_date
from wenguo.process.choices import DutyHolder, LimitUnit, Roll, Stage
from wenguo.process.models import ClockRule
from wenguo.process.queries import stage_rule, standard_calendar

RUNNING = (ClockState.RUNNING, ClockState.PAUSED)


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
    due = _due(complaint, terms, started)
    clock = Clock.objects.create(
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
        due_at=due.due_at,
        is_provisional=due.provisional,
        why=due.as_json(),
    )
    _tell(clock, ClockEventKind.STARTED, by, started)
    return clock


def start_stage_clock(complaint: Complaint, stage: Stage, *, by: Actor) -> Clock | None:
    """The clock of the stage just entered, by the complaint's own version of the standard."""
    if stage not in STAGES_WITH_CLOCK and stage is not Stage.CALL_BACK:
        return None
    rule = stage_rule(complaint.standard, stage)
    limit = rule.limit(complaint.importance) if rule else None
    if rule is None or limit is None:
        return None
    terms = Terms(stage_clock(stage), rule.name_zh, rule.name_en, limit, rule.limit_unit, stage)
    return start_clock(complaint, terms, by=by, at=complaint.received_at if rule.limit_from_receipt else None)


def start_receipt_clocks(complaint: Complaint, *, by: Actor) -> None:
    """What starts with receipt: acknowledgement and the whole complaint; urgent ones where it is urgent."""
    rule = stage_rule(complaint.standard, Stage.ACCEPT)
    if rule and (limit := rule.limit(complaint.importance)):
        terms = Terms(ACK, "受理告知", "Acknowledgement", limit, rule.limit_unit, Stage.ACCEPT)
        start_clock(complaint, terms, by=by, at=complaint.received_at)
    start_clock(complaint, _whole(complaint), by=by, at=complaint.received_at)
    if complaint.is_urgent:
        start_urgent_clocks(complaint, by=by)


def start_urgent_clocks(complaint: Complaint, *, by: Actor) -> None:
    """Urgent: first answer and a solution or interim measure, in clock hours from receipt. Once only."""
    if complaint.clocks.filter(rule=URGENT_FIRST).exists():
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
    moment = at or now()
    for clock in complaint.clocks.filter(rule__in=list(rules), state__in=RUNNING):
        _close_pause(clock, moment)
        clock.stopped_at = moment
        clock.state = ClockState.MET if moment <= clock.due_at else ClockState.MISSED
        clock.save()
        _tell(clock, ClockEventKind.STOPPED, by, moment, note=clock.state)


def cancel_clocks(complaint: Complaint, *, by: Actor, keep: Iterable[str] = ()) -> None:
    """The complaint ended: what still runs no longer counts, except what was missed already."""
    moment = now()
    for clock in complaint.clocks.filter(state__in=RUNNING).exclude(rule__in=list(keep)):
        _close_pause(clock, moment)
        clock.stopped_at = moment
        clock.state = ClockState.CANCELLED if moment <= clock.due_at else ClockState.MISSED
        clock.save()
        _tell(clock, ClockEventKind.STOPPED, by, moment, note=clock.state)


def pause_clocks(complaint: Complaint, reason: PauseReason, *, by: Actor, note: str = "") -> int:
    """Stops our own running clocks for a reason; how many were stopped. Other people's duties run on."""
    moment = now()
    running = list(complaint.clocks.filter(state=ClockState.RUNNING, duty_holder=DutyHolder.COMPANY))
    for clock in running:
        clock.state, clock.paused_at = ClockState.PAUSED, moment
        clock.save(update_fields=["state", "paused_at"])
        _tell(clock, ClockEventKind.PAUSED, by, moment, pause_reason=reason, note=note)
    return len(running)


def resume_clocks(complaint: Complaint, *, by: Actor) -> int:
    """Goes on counting; the time between never brings a due date nearer."""
    moment = now()
    paused = list(complaint.clocks.filter(state=ClockState.PAUSED))
    for clock in paused:
        _close_pause(clock, moment)
        clock.state = ClockState.RUNNING
        clock.save()
        _tell(clock, ClockEventKind.RESUMED, by, moment)
    return len(paused)


def recalculate_whole(complaint: Complaint, *, by: Actor) -> None:
    """Importance changed: the whole-complaint promise follows the standard, and says so."""
    for clock in complaint.clocks.filter(rule=WHOLE, state__in=RUNNING):
        limit = complaint.standard.whole_limit(complaint.importance)
        if clock.limit == limit:
            continue
        note = f"{clock.limit} → {limit}"
        clock.limit = limit
        due = _due_of(clock)
        clock.due_at, clock.is_provisional, clock.why = due.due_at, due.provisional, due.as_json()
        clock.save()
        _tell(clock, ClockEventKind.RECALCULATED, by, now(), note=note)


def recalculate_next_due(complaint: Complaint) -> None:
    """Sets `next_due_at` (not saved) to the earliest of our own running promises."""
    ours = complaint.clocks.filter(state=ClockState.RUNNING).exclude(duty_holder=DutyHolder.AGENCY)
    complaint.next_due_at = ours.order_by("due_at").values_list("due_at", flat=True).first()


def _whole(complaint: Complaint) -> Terms:
    limit = complaint.standard.whole_limit(complaint.importance)
    return Terms(WHOLE, "整件投诉办结", "Whole complaint", limit, LimitUnit.WORKING_DAY)


def _due(complaint: Complaint, terms: Terms, started: datetime) -> DueDate:
    calendar = standard_calendar(complaint.standard)
    return due_date(calendar, started, terms.limit, terms.unit, terms.first_day_excluded, terms.roll)


def _due_of(clock: Clock) -> DueDate:
    calendar = standard_calendar(clock.complaint.standard)
    pauses = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in clock.pauses]
    return due_date(calendar, clock.started_at, clock.limit, clock.unit, clock.first_day_excluded, clock.roll, pauses)


def _close_pause(clock: Clock, moment: datetime) -> None:
    if clock.paused_at is None:
        return
    clock.pauses = [*clock.pauses, [clock.paused_at.isoformat(), moment.isoformat()]]
    clock.paused_at = None
    due = _due_of(clock)
    clock.due_at, clock.is_provisional, clock.why = due.due_at, due.provisional, due.as_json()


def _tell(
    clock: Clock, kind: ClockEventKind, by: Actor, at: datetime, *, pause_reason: str = "", note: str = ""
) -> None:
    ClockEvent.objects.create(
        clock=clock, kind=kind, at=at, by=by.audit_name, pause_reason=pause_reason, note=note[:300]
    )
