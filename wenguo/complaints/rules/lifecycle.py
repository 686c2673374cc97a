"""The life cycle as one table."""

from dataclasses import dataclass, field

from wenguo.accounts.choices import Permission as P  # noqa: N817 - one letter keeps the table readable
from wenguo.complaints.choices import Status, Step, Who
from wenguo.process.choices import Stage, StageGroup

_O = (Status.OPEN,)
_ANY_OPEN = (Status.OPEN, Status.WAITING, Status.SECOND_REVIEW)
_ENDED = (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.DECLINED)
_EVERY = tuple(Stage)
_WORKING = (Stage.CAUSE, Stage.RESOLVE, Stage.FOLLOW_UP, Stage.FEED_BACK)


@dataclass(frozen=True)
class Row:
    """One line of the life cycle.

    `output` is the stage whose output row the step leaves; `needs` are stages whose outputs must be there;
    `notice` is the kind of message the complainant gets; `to_stage` None means the stage stays.
    """

    step: Step
    stages: tuple[Stage, ...]
    statuses: tuple[Status, ...]
    to_stage: Stage | None
    to_status: Status | None
    permission: P
    who: Who = Who.ANYONE
    output: Stage | None = None
    needs: tuple[Stage, ...] = ()
    notice: str = ""
    fills: tuple[str, ...] = field(default=())


LIFE_CYCLE: tuple[Row, ...] = (
    Row(Step.ACCEPT, (Stage.ACCEPT,), _O, Stage.VALIDITY, None, P.TAKE_IN, output=Stage.ACCEPT, notice="accepted"),
    Row(Step.JUDGE_VALID, (Stage.VALIDITY,), _O, Stage.CLASSIFY, None, P.JUDGE, output=Stage.VALIDITY),
    Row(
        Step.DECLINE,
        (Stage.ACCEPT, Stage.VALIDITY),
        (Status.OPEN, Status.WAITING),
        None,
        Status.DECLINED,
        P.DECLINE,
        output=Stage.VALIDITY,
        notice="declined",
        fills=("reason", "explanation"),
    ),
    Row(
        Step.ASK_MORE,
        (Stage.ACCEPT, Stage.VALIDITY, *_WORKING),
        _O,
        None,
        Status.WAITING,
        P.CONTACT,
        notice="more_needed",
        fills=("question",),
    ),
    Row(Step.RECEIVE_MORE, _EVERY, (Status.WAITING,), None, Status.OPEN, P.CONTACT),
    Row(Step.CLASSIFY, (Stage.CLASSIFY,), _O, Stage.IMPORTANCE, None, P.JUDGE, output=Stage.CLASSIFY, fills=("issue",)),
    Row(
        Step.SET_IMPORTANCE,
        (Stage.IMPORTANCE,),
        _O,
        Stage.ASSIGN,
        None,
        P.SET_IMPORTANCE,
        output=Stage.IMPORTANCE,
        fills=("severity", "safety", "complexity", "impact"),
    ),
    Row(
        Step.REWEIGH,
        (Stage.REVIEW, Stage.ASSIGN, *_WORKING),
        _ANY_OPEN,
        None,
        None,
        P.SET_IMPORTANCE,
        Who.NOT_OWNER,
        output=Stage.IMPORTANCE,
        needs=(Stage.IMPORTANCE,),
        fills=("severity", "safety", "complexity", "impact", "reason"),
    ),
    Row(
        Step.RECORD_REVIEW,
        (Stage.REVIEW,),
        _O,
        Stage.ASSIGN,
        None,
        P.REVIEW,
        output=Stage.REVIEW,
        fills=("minutes", "decision"),
    ),
    Row(Step.ASSIGN, (Stage.ASSIGN,), _O, None, None, P.ASSIGN, needs=(Stage.IMPORTANCE,), fills=("lead_unit",)),
    Row(Step.TAKE_ON, (Stage.ASSIGN,), _O, Stage.CAUSE, None, P.HANDLE, output=Stage.ASSIGN, notice="assigned"),
    Row(Step.RETURN_DISPATCH, (Stage.ASSIGN,), _O, None, None, P.HANDLE, fills=("reason",)),
    Row(Step.ARBITRATE, (Stage.ASSIGN,), _O, None, None, P.ARBITRATE, fills=("reason",)),
    Row(Step.HAND_OVER, _WORKING, _ANY_OPEN, None, None, P.ASSIGN, fills=("owner",)),
    Row(
        Step.FINISH_CAUSE,
        (Stage.CAUSE,),
        _O,
        Stage.RESOLVE,
        None,
        P.HANDLE,
        Who.OWNER,
        output=Stage.CAUSE,
        needs=(Stage.ASSIGN,),
        fills=("findings",),
    ),
    Row(
        Step.DECIDE,
        (Stage.RESOLVE,),
        _O,
        Stage.FEED_BACK,
        None,
        P.HANDLE,
        Who.OWNER,
        output=Stage.RESOLVE,
        needs=(Stage.CAUSE,),
        fills=("proposal",),
    ),
    Row(
        Step.SEND_REPLY,
        (Stage.FEED_BACK,),
        _O,
        None,
        None,
        P.HANDLE,
        Who.OWNER,
        needs=(Stage.RESOLVE,),
        notice="reply",
        fills=("reply",),
    ),
    Row(Step.ACCEPT_REPLY, (Stage.FEED_BACK,), _O, None, None, P.CONTACT, output=Stage.FEED_BACK),
    Row(
        Step.REFUSE_REPLY,
        (Stage.FEED_BACK,),
        _O,
        None,
        Status.SECOND_REVIEW,
        P.CONTACT,
        output=Stage.FEED_BACK,
        notice="refusal_received",
        fills=("reason",),
    ),
    Row(
        Step.REWORK,
        (Stage.FEED_BACK,),
        (Status.SECOND_REVIEW,),
        Stage.RESOLVE,
        Status.OPEN,
        P.SECOND_REVIEW,
        Who.NOT_OWNER,
        fills=("reason",),
    ),
    Row(
        Step.FINAL_OPINION,
        (Stage.FEED_BACK,),
        (Status.SECOND_REVIEW,),
        Stage.IMPROVE,
        Status.NOT_ACCEPTED,
        P.SECOND_REVIEW,
        Who.NOT_OWNER,
        notice="final_opinion",
        fills=("opinion",),
    ),
    Row(
        Step.PERFORM,
        (Stage.FEED_BACK, Stage.CALL_BACK),
        (Status.OPEN, Status.HANDLED),
        None,
        None,
        P.HANDLE,
        Who.OWNER,
        output=Stage.FOLLOW_UP,
        needs=(Stage.RESOLVE,),
        fills=("performed",),
    ),
    Row(
        Step.HANDLE,
        (Stage.FEED_BACK,),
        _O,
        Stage.CALL_BACK,
        Status.HANDLED,
        P.HANDLE,
        Who.OWNER,
        needs=(Stage.FEED_BACK,),
    ),
    Row(
        Step.CALL_BACK,
        (Stage.CALL_BACK,),
        (Status.HANDLED,),
        None,
        None,
        P.CALL_BACK,
        Who.NOT_OWNER,
        output=Stage.CALL_BACK,
        needs=(Stage.FOLLOW_UP,),
        fills=("handling",),
    ),
    Row(
        Step.CLOSE,
        (Stage.CALL_BACK,),
        (Status.HANDLED,),
        Stage.IMPROVE,
        Status.CLOSED,
        P.CLOSE,
        Who.NOT_OWNER_IF_GRAVE,
        needs=(Stage.FEED_BACK, Stage.FOLLOW_UP, Stage.CALL_BACK),
        notice="closed",
    ),
    Row(
        Step.CLOSE_WITH_NOTICE,
        (Stage.FEED_BACK, Stage.CALL_BACK),
        (Status.OPEN, Status.WAITING, Status.HANDLED),
        Stage.IMPROVE,
        Status.CLOSED_WITH_NOTICE,
        P.CLOSE,
        Who.NOT_OWNER_IF_GRAVE,
        notice="closed_with_notice",
        fills=("attempts",),
    ),
    Row(
        Step.MARK,
        (Stage.IMPROVE,),
        (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED),
        Stage.SUPERVISE,
        None,
        P.MARK,
        output=Stage.IMPROVE,
        fills=("mark_class", "sentence"),
    ),
    Row(
        Step.INSPECT,
        (Stage.IMPROVE, Stage.SUPERVISE),
        (Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED),
        None,
        None,
        P.INSPECT,
        Who.NOT_OWNER,
        output=Stage.SUPERVISE,
        fills=("verdict",),
    ),
    Row(
        Step.WITHDRAW,
        _EVERY,
        (*_ANY_OPEN, Status.HANDLED),
        None,
        Status.WITHDRAWN,
        P.CONTACT,
        notice="withdrawn",
        fills=("words",),
    ),
    Row(Step.REOPEN, _EVERY, _ENDED, None, Status.OPEN, P.REOPEN, notice="reopened", fills=("reason",)),
    Row(
        Step.MERGE,
        _EVERY,
        (*_ANY_OPEN, Status.HANDLED),
        None,
        Status.MERGED,
        P.MERGE,
        notice="merged",
        fills=("target",),
    ),
)

# A second round works out a new remedy; what was established before it stands.
KEPT_STAGES = frozenset(
    {Stage.ACCEPT, Stage.VALIDITY, Stage.CLASSIFY, Stage.IMPORTANCE, Stage.REVIEW, Stage.ASSIGN, Stage.CAUSE}
)

# What complainants do themselves, once they have proved that the complaint is theirs.
COMPLAINANT_STEPS = frozenset({Step.RECEIVE_MORE, Step.ACCEPT_REPLY, Step.REFUSE_REPLY, Step.WITHDRAW})

# Stages a lead may skip against their rule, with a justification: the step that would have left the output.
SKIPPABLE: dict[Stage, Step] = {
    Stage.REVIEW: Step.RECORD_REVIEW,
    Stage.CAUSE: Step.FINISH_CAUSE,
    Stage.FOLLOW_UP: Step.PERFORM,
    Stage.CALL_BACK: Step.CALL_BACK,
}

ROWS = {row.step: row for row in LIFE_CYCLE}

GROUPS: dict[StageGroup, tuple[Stage, ...]] = {
    StageGroup.TAKE_IN: (Stage.COLLECT, Stage.ACCEPT),
    StageGroup.VERIFY: (Stage.VALIDITY, Stage.CLASSIFY, Stage.IMPORTANCE, Stage.REVIEW),
    StageGroup.DISPATCH: (Stage.ASSIGN,),
    StageGroup.HANDLE: (Stage.CAUSE, Stage.RESOLVE, Stage.FOLLOW_UP),
    StageGroup.REPLY: (Stage.FEED_BACK,),
    StageGroup.CALL_BACK: (Stage.CALL_BACK, Stage.IMPROVE, Stage.SUPERVISE),
}
