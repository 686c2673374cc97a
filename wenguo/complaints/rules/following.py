"""What follows from the life cycle's table: which steps start where, what they lack, where they lead."""

from collections.abc import Collection

from wenguo.complaints.choices import ENDED_STATUSES, OPEN_STATUSES, Status, Step
from wenguo.complaints.rules.lifecycle import LIFE_CYCLE, Row
from wenguo.process.choices import Importance, Stage

ENDED = frozenset(ENDED_STATUSES)

# A reopened complaint that got past these is worked out anew from the remedy on.
_EARLY = (Stage.ACCEPT, Stage.VALIDITY, Stage.CLASSIFY, Stage.IMPORTANCE, Stage.REVIEW, Stage.ASSIGN, Stage.CAUSE)


# The step that leads on from a stage: the one primary button. Upper rooms refine it (desk.queries.next_step).
MAIN_STEP: dict[tuple[Stage, Status], Step] = {
    (Stage.ACCEPT, Status.OPEN): Step.ACCEPT,
    (Stage.VALIDITY, Status.OPEN): Step.JUDGE_VALID,
    (Stage.CLASSIFY, Status.OPEN): Step.CLASSIFY,
    (Stage.IMPORTANCE, Status.OPEN): Step.SET_IMPORTANCE,
    (Stage.REVIEW, Status.OPEN): Step.RECORD_REVIEW,
    (Stage.ASSIGN, Status.OPEN): Step.ASSIGN,
    (Stage.CAUSE, Status.OPEN): Step.FINISH_CAUSE,
    (Stage.RESOLVE, Status.OPEN): Step.DECIDE,
    (Stage.FEED_BACK, Status.OPEN): Step.SEND_REPLY,
    (Stage.FEED_BACK, Status.SECOND_REVIEW): Step.FINAL_OPINION,
    (Stage.CALL_BACK, Status.HANDLED): Step.CALL_BACK,
    (Stage.IMPROVE, Status.CLOSED): Step.MARK,
    (Stage.IMPROVE, Status.CLOSED_WITH_NOTICE): Step.MARK,
    (Stage.IMPROVE, Status.NOT_ACCEPTED): Step.MARK,
    (Stage.SUPERVISE, Status.CLOSED): Step.INSPECT,
}


def steps_from(stage: str, status: str) -> list[Row]:
    """The rows that start at this stage and status, in the order of the table."""
    return [row for row in LIFE_CYCLE if stage in row.stages and status in row.statuses]


def missing_outputs(row: Row, done: Collection[str]) -> list[Stage]:
    """Stages whose output the step needs and which have none."""
    return [stage for stage in row.needs if stage not in done]


def needs_review(importance: str, is_disputed: bool) -> bool:
    """Stage 6 is for major, complex and disputed complaints; the others pass it by this rule."""
    return is_disputed or importance in (Importance.MAJOR, Importance.COMPLEX)


def stage_after(row: Row, *, importance: str, is_disputed: bool, reopened_from: str = "") -> Stage | None:
    """The stage a step leads to; two steps depend on the complaint."""
    if row.step is Step.SET_IMPORTANCE and needs_review(importance, is_disputed):
        return Stage.REVIEW
    if row.step is Step.REOPEN and row.to_stage is None:
        return Stage(reopened_from) if reopened_from in _EARLY else Stage.RESOLVE
    return row.to_stage


def stage_once_weighed(stage: Stage, *, is_review_due: bool) -> Stage:
    """Weighed anew: through review where one is due and nobody works on it yet; later it stays where it is."""
    if stage not in (Stage.REVIEW, Stage.ASSIGN):
        return stage
    return Stage.REVIEW if is_review_due else Stage.ASSIGN


def is_open(status: str) -> bool:
    return status in OPEN_STATUSES
