"""The table itself, the matrix, the end: pure."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from wenguo.complaints.choices import OPEN_STATUSES, EndedAs, Status, Step
from wenguo.complaints.rules import (
    GROUPS,
    LIFE_CYCLE,
    MAIN_STEP,
    ROWS,
    Row,
    ended_as,
    next_warning,
    percent_reached,
    stage_after,
    steps_from,
    tried_enough,
    weigh,
)
from wenguo.process.choices import Importance, Stage

State = tuple[Stage, Status]


def after(row: Row, state: State) -> Iterator[State]:
    """Where a step leads, for an ordinary and for a major complaint."""
    for importance in (Importance.ORDINARY, Importance.MAJOR):
        stage = stage_after(row, importance=importance, is_disputed=False, reopened_from=state[0])
        yield stage or state[0], row.to_status or state[1]


def reachable() -> set[State]:
    found: set[State] = set()
    waiting: list[State] = [(Stage.ACCEPT, Status.OPEN)]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += [then for row in steps_from(*state) for then in after(row, state)]
    return found


@pytest.mark.parametrize("row", LIFE_CYCLE, ids=lambda row: row.step)
def test_every_row_is_reached(row: Row) -> None:
    assert [state for state in reachable() if state[0] in row.stages and state[1] in row.statuses]


def test_every_status_is_reached_and_every_open_state_leads_on() -> None:
    states = reachable()
    assert {status for _stage, status in states} == set(Status)
    stuck = [state for state in states if state[1] in OPEN_STATUSES and not steps_from(*state)]
    assert stuck == []


def test_every_step_but_submitting_is_one_row() -> None:
    assert set(ROWS) == set(Step) - {Step.SUBMIT}
    assert len(ROWS) == len(LIFE_CYCLE)


@pytest.mark.parametrize(("state", "step"), MAIN_STEP.items())
def test_the_main_step_starts_there(state: State, step: Step) -> None:
    assert step in [row.step for row in steps_from(*state)]


def test_the_six_groups_hold_the_fourteen_stages() -> None:
    assert sorted(stage for stages in GROUPS.values() for stage in stages) == sorted(Stage)


def test_a_refused_reply_is_never_closed_as_closed() -> None:
    """From the second review one gets to `closed` only through another remedy."""
    from_review = [row for row in LIFE_CYCLE if row.statuses == (Status.SECOND_REVIEW,)]
    assert {row.to_status for row in from_review} == {Status.OPEN, Status.NOT_ACCEPTED}


@pytest.mark.parametrize(
    ("scores", "level", "urgent", "reasons"),
    [
        ((1, 1, 1, 1), Importance.ORDINARY, False, ("nothing_grave",)),
        ((3, 3, 3, 3), Importance.ORDINARY, False, ("nothing_grave",)),
        ((4, 1, 1, 1), Importance.MAJOR, False, ("severity",)),
        ((1, 4, 1, 1), Importance.MAJOR, True, ("safety",)),
        ((1, 1, 4, 1), Importance.COMPLEX, False, ("complexity",)),
        ((4, 1, 5, 1), Importance.MAJOR, False, ("severity", "complexity")),
        ((1, 1, 1, 4), Importance.MAJOR, False, ("impact",)),
    ],
)
def test_the_matrix(
    scores: tuple[int, int, int, int], level: Importance, urgent: bool, reasons: tuple[str, ...]
) -> None:
    weighing = weigh(severity=scores[0], safety=scores[1], complexity=scores[2], impact=scores[3])
    assert (weighing.importance, weighing.is_urgent, weighing.reasons) == (level, urgent, reasons)


@pytest.mark.parametrize(
    ("score", "end"),
    [
        (None, EndedAs.UNASKED),
        (1, EndedAs.DISSATISFIED),
        (2, EndedAs.DISSATISFIED),
        (3, EndedAs.NEUTRAL),
        (4, EndedAs.SATISFIED),
        (5, EndedAs.SATISFIED),
    ],
)
def test_what_the_satisfaction_means(score: int | None, end: EndedAs) -> None:
    assert ended_as(score) == end


def at(*moments: str) -> list[datetime]:
    return [datetime.fromisoformat(f"2026-03-{moment}") for moment in moments]


@pytest.mark.parametrize(
    ("attempts", "enough"),
    [
        (at("02T09:00", "02T15:00", "03T19:00"), True),
        (at("02T09:00", "03T15:00"), False),
        (at("02T09:00", "02T15:00", "02T19:00"), False),
        (at("02T09:00", "03T09:30", "04T10:00"), False),
        (at("02T09:00", "02T09:05", "02T09:10", "03T15:00"), False),
    ],
)
def test_three_attempts_in_different_parts_of_two_days(attempts: list[datetime], enough: bool) -> None:
    assert tried_enough(attempts) is enough


def test_warnings_come_at_75_90_and_100_percent() -> None:
    begin, due = at("02T00:00", "12T00:00")
    assert [percent_reached(begin, due, moment) for moment in at("09T11:59", "09T12:00", "11T00:00", "12T00:00")] == [
        0,
        75,
        90,
        100,
    ]
    assert next_warning(begin, due, 75) == at("11T00:00")[0]
    assert next_warning(begin, due, 100) is None
