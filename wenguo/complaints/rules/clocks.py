"""Which clocks there are, which steps stop them, when somebody is warned."""

from datetime import datetime

from wenguo.complaints.choices import Step
from wenguo.process.choices import Stage

ACK, WHOLE, URGENT_FIRST, URGENT_SOLVED = (
    "company.ack",
    "company.whole",
    "company.urgent.first",
    "company.urgent.solved",
)


def stage_clock(stage: Stage) -> str:
    """The code of a stage's own clock."""
    return f"company.stage.{stage.value}"


# Validity, classification and importance share one limit; a reply is due, not its acceptance.
CLOCKS_STOPPED_BY: dict[Step, tuple[str, ...]] = {
    Step.ACCEPT: (ACK,),
    Step.SET_IMPORTANCE: (stage_clock(Stage.VALIDITY),),
    Step.RECORD_REVIEW: (stage_clock(Stage.REVIEW),),
    Step.TAKE_ON: (stage_clock(Stage.ASSIGN),),
    Step.FINISH_CAUSE: (stage_clock(Stage.CAUSE),),
    Step.DECIDE: (stage_clock(Stage.RESOLVE),),
    Step.SEND_REPLY: (stage_clock(Stage.FEED_BACK), URGENT_FIRST),
    Step.HANDLE: (WHOLE, URGENT_SOLVED, URGENT_FIRST),
    Step.CALL_BACK: (stage_clock(Stage.CALL_BACK),),
    Step.FINAL_OPINION: (WHOLE, URGENT_SOLVED, URGENT_FIRST),
}

# Clock rules of the law: what happens to us with the complaint's receipt, and what our steps fulfil.
EVENTS_AT_RECEIPT = frozenset({"receipt", "awareness", "request", "discovery", "possible_defect_known"})
_ANSWERED = frozenset({"answered", "answered_with_reasons", "response", "final_response", "decided_and_told"})
STOP_EVENTS: dict[Step, frozenset[str]] = {
    Step.ACCEPT: frozenset({"acknowledged"}),
    Step.SEND_REPLY: _ANSWERED,
    Step.FINAL_OPINION: _ANSWERED,
    Step.DECLINE: frozenset({"decided_and_told"}),
}

# Their clocks start on entering. The call-back's starts when one is drawn: it is counted from the remedy (followup).
STAGES_WITH_CLOCK = frozenset({Stage.VALIDITY, Stage.REVIEW, Stage.ASSIGN, Stage.CAUSE, Stage.RESOLVE, Stage.FEED_BACK})

# Percent of the time used up at which somebody is told; 100 is missed.
WARN_AT = (75, 90, 100)


def warning_moment(started: datetime, due: datetime, percent: int) -> datetime:
    """When this share of the time between start and due date is used up."""
    return started + (due - started) * (percent / 100)


def next_warning(started: datetime, due: datetime, told: int) -> datetime | None:
    """The moment of the next warning after the last one told (percent; 0 = none yet); None when missed was told."""
    later = [percent for percent in WARN_AT if percent > told]
    return warning_moment(started, due, later[0]) if later else None


def percent_reached(started: datetime, due: datetime, moment: datetime) -> int:
    """The highest warning reached at this moment; 0 before the first."""
    reached = [percent for percent in WARN_AT if moment >= warning_moment(started, due, percent)]
    return reached[-1] if reached else 0
