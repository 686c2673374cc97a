"""How a clock counts: due date, explanation, next warning; pausing and ending; its events."""

from datetime import datetime
from typing import cast

from wenguo.complaints.choices import ClockEventKind, ClockState, PauseReason
from wenguo.complaints.models import Clock, ClockEvent
from wenguo.complaints.rules import next_warning, percent_reached
from wenguo.lib.actors import Actor
from wenguo.lib.now import now
from wenguo.lib.together import insert, update
from wenguo.lib.worktime import Roll as RollName
from wenguo.lib.worktime import Unit, WorkCalendar, due_date
from wenguo.process.choices import DutyHolder, LimitUnit, Roll
from wenguo.process.models import ClockRule
from wenguo.process.queries import clock_rule, rule_calendar, standard_calendar

RUNNING = (ClockState.RUNNING, ClockState.PAUSED)
COUNTED = ("due_at", "is_provisional", "why", "warned_percent", "warn_at")  # what `count` works out
PAUSING = ("pauses", "paused_at", *COUNTED)
OURS = "company."


def count(clock: Clock) -> None:
    """Works the due date out anew, with its explanation and the next warning (not saved)."""
    pauses = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in clock.pauses]
    due = due_date(
        _calendar_of(clock),
        clock.started_at,
        clock.limit + clock.extended_by,
        cast(Unit, LimitUnit(clock.unit).value),
        clock.first_day_excluded,
        cast(RollName, Roll(clock.roll).value),
        pauses,
    )
    clock.due_at, clock.is_provisional, clock.why = due.due_at, due.provisional, due.as_json()
    clock.warned_percent = min(clock.warned_percent, percent_reached(clock.started_at, clock.due_at, now()))
    clock.warn_at = warning_after(clock)


def warning_after(clock: Clock) -> datetime | None:
    """An agency's duty is shown only: nobody here is warned of it."""
    if clock.duty_holder == DutyHolder.AGENCY:
        return None
    return next_warning(clock.started_at, clock.due_at, clock.warned_percent)


def rule_of(clock: Clock) -> ClockRule | None:
    """The clock rule of the law a clock was frozen to; None for our own promises."""
    return None if clock.rule.startswith(OURS) else clock_rule(clock.rule, clock.rule_version)


def _calendar_of(clock: Clock) -> WorkCalendar:
    rule, standard = rule_of(clock), clock.complaint.standard
    return rule_calendar(rule, standard) if rule else standard_calendar(standard)


def stop_event(clock: Clock) -> str:
    rule = rule_of(clock)
    return rule.stop_event if rule and clock.duty_holder == DutyHolder.COMPANY else ""


def may_pause(clock: Clock, reason: PauseReason) -> bool:
    rule = rule_of(clock)
    return rule is None or reason in rule.pause_reasons


def end_clock(clock: Clock, by: Actor, moment: datetime, in_time: ClockState) -> None:
    was_paused = close_pause(clock, moment)
    clock.stopped_at = moment
    clock.state = in_time if moment <= clock.due_at else ClockState.MISSED
    clock.warn_at = None
    update(clock, ["state", "stopped_at", "warn_at", *(PAUSING if was_paused else ())])
    tell(clock, ClockEventKind.STOPPED, by, moment, note=clock.state)


def close_pause(clock: Clock, moment: datetime) -> bool:
    """False where it was not paused."""
    if clock.paused_at is None:
        return False
    clock.pauses = [*clock.pauses, [clock.paused_at.isoformat(), moment.isoformat()]]
    clock.paused_at = None
    count(clock)
    return True


def tell(
    clock: Clock, kind: ClockEventKind, by: Actor, at: datetime, *, pause_reason: str = "", note: str = ""
) -> None:
    event = ClockEvent(clock=clock, kind=kind, at=at, by=by.audit_name, pause_reason=pause_reason, note=note[:300])
    insert(event)
