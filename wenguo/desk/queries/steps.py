"""Which steps a person sees on a complaint: the primary one, and the rest with the reason where forbidden."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.access import why_not
from wenguo.complaints.choices import Status, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import MAIN_STEP, steps_from
from wenguo.dispatch.models import Assignment
from wenguo.followup.models import CallBack
from wenguo.process.choices import Stage
from wenguo.resolution.choices import ReplyKind, ReplyState
from wenguo.resolution.models import Reply

# The room that serves the form of each step: `<room>:<step>`
ROOM_OF: dict[Step, str] = {
    **dict.fromkeys((Step.ASSIGN, Step.TAKE_ON, Step.RETURN_DISPATCH, Step.ARBITRATE, Step.HAND_OVER), "dispatch"),
    Step.FINISH_CAUSE: "investigation",
    **dict.fromkeys(
        (
            Step.DECIDE,
            Step.SEND_REPLY,
            Step.ACCEPT_REPLY,
            Step.REFUSE_REPLY,
            Step.REWORK,
            Step.FINAL_OPINION,
            Step.PERFORM,
            Step.HANDLE,
        ),
        "resolution",
    ),
    **dict.fromkeys((Step.CALL_BACK, Step.CLOSE_WITH_NOTICE), "followup"),
    **dict.fromkeys((Step.MARK, Step.INSPECT), "supervision"),
}
DANGEROUS = frozenset({Step.DECLINE, Step.WITHDRAW, Step.MERGE, Step.CLOSE_WITH_NOTICE})


@dataclass(frozen=True)
class StepButton:
    """A step as a button: `refusal` empty means it may be taken now."""

    step: Step
    label: str
    url: str
    refusal: str
    is_danger: bool


def step_url(step: Step, reference: str) -> str:
    return reverse(f"{ROOM_OF.get(step, 'complaints')}:{step.value}", kwargs={"reference": reference})


def main_step(complaint: Complaint, outputs: Iterable[str]) -> Step | None:
    """The step that leads on from here, whoever may take it; None where nothing is left to do.

    `outputs` are the stages that left an output in this round.
    """
    stage, status, done = Stage(complaint.stage), Status(complaint.status), set(outputs)
    if stage is Stage.ASSIGN and status is Status.OPEN:
        return _dispatch_step(complaint)
    if stage is Stage.FEED_BACK and status is Status.OPEN:
        return _reply_step(complaint)
    if stage is Stage.CALL_BACK and status is Status.HANDLED:
        return _closing_step(complaint, done)
    if status is Status.WAITING:
        return Step.RECEIVE_MORE
    return MAIN_STEP.get((stage, status))


def buttons(user: User, complaint: Complaint, main: Step | None) -> tuple[StepButton | None, list[StepButton]]:
    """The primary button and the others of the table at this stage, forbidden ones with their reason."""
    rows = [row.step for row in steps_from(complaint.stage, complaint.status)]
    made = {step: _button(user, complaint, step) for step in rows}
    primary = made.pop(main, None) if main else None
    return primary, list(made.values())


def _button(user: User, complaint: Complaint, step: Step) -> StepButton:
    return StepButton(
        step,
        str(step.label),
        step_url(step, complaint.reference),
        why_not(user, complaint, step),
        step in DANGEROUS,
    )


def _dispatch_step(complaint: Complaint) -> Step:
    current = Assignment.objects.filter(complaint=complaint, is_current=True).first()
    if current is None:
        return Step.ASSIGN
    waits_for_decision = current.returned_at is not None and current.arbitrated_at is None
    return Step.ARBITRATE if waits_for_decision else Step.TAKE_ON


def _reply_step(complaint: Complaint) -> Step:
    reply = Reply.objects.filter(complaint=complaint, round=complaint.round, kind=ReplyKind.REPLY).last()
    if reply is None or reply.state not in (ReplyState.SENT, ReplyState.ACCEPTED, ReplyState.REFUSED):
        return Step.SEND_REPLY
    return Step.HANDLE if reply.state == ReplyState.ACCEPTED else Step.ACCEPT_REPLY


def _closing_step(complaint: Complaint, done: set[str]) -> Step:
    if Stage.FOLLOW_UP not in done:
        return Step.PERFORM
    if Stage.CALL_BACK not in done or CallBack.objects.filter(complaint=complaint, state="due").exists():
        return Step.CALL_BACK
    return Step.CLOSE
