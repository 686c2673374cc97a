"""Which steps a person sees on a complaint: the primary one, and the rest with the reason where forbidden."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import check_lead, check_permission_on, check_works_on, why_not
from wenguo.complaints.choices import Status, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import MAIN_STEP, SKIPPABLE, steps_from
from wenguo.dispatch.models import Assignment
from wenguo.followup.models import CallBack
from wenguo.lib.errors import NotAllowed, Refused
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
# Keys people expect: whoever hands out work presses the same one, whichever step it is
KEYS = {Step.ASSIGN: "a", Step.HAND_OVER: "a", Step.ARBITRATE: "a"}
DANGEROUS = frozenset({Step.DECLINE, Step.WITHDRAW, Step.MERGE, Step.CLOSE_WITH_NOTICE})


@dataclass(frozen=True)
class StepButton:
    """A step as a button: `refusal` empty means it may be taken now."""

    step: Step
    label: str
    url: str
    refusal: str
    is_danger: bool
    key: str = ""


@dataclass(frozen=True)
class SideStep:
    """Something one may do beside the line, at any stage."""

    label: str
    icon: str
    url: str
    refusal: str


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
        KEYS.get(step, ""),
    )


def side_steps(user: User, complaint: Complaint) -> list[SideStep]:
    """What does not move the complaint on; what makes no sense at this stage is left out."""
    offered: list[tuple[bool, str, str, str, str]] = [
        (
            (complaint.stage, complaint.status) == (Stage.ACCEPT, Status.OPEN),
            _("Accept and judge at first contact"),
            "bolt",
            "first_contact",
            why_not(user, complaint, Step.ACCEPT),
        ),
        (
            complaint.is_open and complaint.stage in SKIPPABLE,
            _("Skip this stage"),
            "arrow-right",
            "skip_stage",
            _refusal(check_lead, user, complaint),
        ),
        (
            complaint.is_open,
            _("Chase"),
            "bell",
            "chase",
            _refusal(check_permission_on, user, complaint, Permission.NOTE),
        ),
        (
            complaint.is_open,
            _("Stop the clock"),
            "pause",
            "stop_clock",
            _refusal(check_works_on, user, complaint),
        ),
        (True, _("Link"), "link", "link", _refusal(check_permission_on, user, complaint, Permission.MERGE)),
    ]
    kwargs = {"reference": complaint.reference}
    return [
        SideStep(label, icon, reverse(f"complaints:{name}", kwargs=kwargs), refusal)
        for makes_sense, label, icon, name, refusal in offered
        if makes_sense
    ]


def _refusal(check: Callable[..., object], *asked: object) -> str:
    try:
        check(*asked)
    except (NotAllowed, Refused) as no:
        return no.sentence
    return ""


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
