"""What a step or an entry is given. Units by code, people by user name, places in trees by code."""

from ninja import Schema
from pydantic import AwareDatetime


class VersionIn(Schema):
    version: int | None = None


class NoteIn(VersionIn):
    note: str = ""


class ScoresIn(Schema):
    """The four scores (1–5) and the flags."""

    severity: int
    safety: int
    complexity: int
    impact: int
    is_urgent: bool = False
    is_vulnerable: bool = False
    is_disputed: bool = False


class AssessmentIn(ScoresIn):
    """Classes and scores known at first contact."""

    issue: str
    product: str = ""
    apparent_demand: str = ""
    hidden_need: str = ""


class AcceptIn(NoteIn):
    assessment: AssessmentIn | None = None


class JudgeIn(NoteIn):
    checks: list[str] = []


class DeclineIn(VersionIn):
    reason: str
    explanation: str


class AskIn(VersionIn):
    question: str


class ClassifyIn(VersionIn):
    issue: str
    product: str = ""
    apparent_demand: str = ""
    hidden_need: str = ""


class ImportanceIn(ScoresIn, VersionIn):
    override: str = ""
    justification: str = ""


class ReasonIn(VersionIn):
    reason: str


class ReweighIn(ScoresIn, ReasonIn):
    """Why the importance set before changes, and to what."""

    override: str = ""


class ReviewIn(VersionIn):
    decision: str
    minutes: str
    present: list[str]


class WithdrawIn(VersionIn):
    words: str
    through: str = ""


class CloseIn(NoteIn):
    survey: int | None = None


class MergeIn(NoteIn):
    target: str


class LinkIn(Schema):
    other: str
    kind: str = "related"


class TextIn(Schema):
    text: str


class WordsIn(Schema):
    words: str = ""
    through: str = ""


class CallIn(Schema):
    summary: str
    direction: str = "out"
    minutes: int = 0
    at: AwareDatetime | None = None
    channel: str = ""


class TaskIn(Schema):
    title: str
    assignee: str
    due_at: AwareDatetime | None = None


class AssigneeIn(Schema):
    assignee: str


class StopClockIn(VersionIn):
    reason: str
    note: str


class ExtendIn(VersionIn):
    add: int
    reason: str


class SkipIn(VersionIn):
    stage: str
    justification: str
