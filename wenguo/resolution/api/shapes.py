"""What goes in and out; nodes by code, options, remedies and replies by their number."""

from datetime import date, datetime
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema

from wenguo.accounts.access import caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.investigation.choices import Finding
from wenguo.lib.errors import Refused
from wenguo.lib.standing import Standing
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node as node_of
from wenguo.resolution.actions import Offer
from wenguo.resolution.choices import PaymentKind, ReplyKind
from wenguo.ui.found import found


class ProposalIn(Schema):
    title: str
    remedy: str
    promised_on: date
    description: str = ""
    payment: str = PaymentKind.NONE.value
    amount: Decimal = Decimal(0)
    is_below_law: bool = False

    def as_offer(self) -> Offer:
        given = self.dict()
        return Offer(**{**given, "remedy": remedy_node(self.remedy)})


class DecideIn(Schema):
    proposal: int
    note: str = ""
    version: int | None = None


class SignIn(Schema):
    is_signed: bool
    note: str = ""


class PerformIn(Schema):
    remedy: int
    done_on: date
    proof: str = ""
    proof_file: int | None = None
    version: int | None = None


class NoteIn(Schema):
    note: str = ""
    version: int | None = None


class ReasonIn(Schema):
    reason: str = ""
    version: int | None = None


class ApproveIn(NoteIn):
    """`send`: a lead who approves sends it in the owner's place, in the same request."""

    send: bool = False


class FinishIn(Schema):
    """What the complainant said in the last talk: accepted, and a score of 1–5 for the handling."""

    score: int
    through: str = "phone"
    note: str = ""
    version: int | None = None


class KnownIn(Schema):
    """The first contact route: what is known, and what was agreed.

    `take_on` accepts the dispatch first; `to_review` gives the drafted reply to review at once.
    """

    allegation: str
    reasoning: str
    finding: str = Finding.SUBSTANTIATED.value
    cause: str = ""
    statement: str = ""
    containment: str = ""
    remedy: ProposalIn
    reply: str = ""
    note: str = ""
    take_on: bool = False
    to_review: bool = False
    version: int | None = None


class ReplyIn(Schema):
    body: str
    kind: str = ReplyKind.REPLY.value


class SendIn(Schema):
    reply: int | None = None
    version: int | None = None


class AnswerIn(Schema):
    reason: str = ""
    through: str = "phone"
    version: int | None = None


class ApprovalOut(Schema):
    id: int
    role: str
    decision: str
    note: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str | None = Field(None, alias="decided_by.username")


class ProposalOut(Schema):
    id: int
    round: int
    title: str
    remedy: str = Field(alias="remedy.code")
    description: str
    payment: str
    amount: Decimal
    promised_on: date
    is_below_law: bool
    state: str
    approvals: list[ApprovalOut]


class RemedyOut(Schema):
    id: int
    what: str
    amount: Decimal
    promised_on: date
    done_on: date | None
    proof: str
    proof_file: int | None = Field(None, alias="proof_file_id")


class ReplyOut(Schema):
    id: int
    kind: str
    round: int
    body: str
    state: str
    drafted_by: str = Field(alias="drafted_by.username")
    reviewed_by: str | None = Field(None, alias="reviewed_by.username")
    review_note: str
    sent_at: datetime | None
    answered_at: datetime | None
    answer_reason: str
    answered_through: str


class ResolvedOut(Standing):
    """Where it stands, and the number of the reply that was drafted."""

    reply: int | None


class ResolutionOut(Schema):
    round: int
    proposals: list[ProposalOut]
    remedies: list[RemedyOut]
    replies: list[ReplyOut]


def caller(request: HttpRequest, scope: Scope = Scope.COMPLAINTS_WRITE) -> User:
    return caller_for(request.auth, scope)  # type: ignore[attr-defined]


def asked(request: HttpRequest, reference: str, scope: Scope = Scope.COMPLAINTS_WRITE) -> tuple[User, Complaint]:
    """Who calls, and the complaint they may see; an action reads the whole row by itself."""
    user = caller(request, scope)
    return user, found(get_complaint_for, user, reference, lightly=scope == Scope.COMPLAINTS_WRITE)


def remedy_node(code: str) -> TaxonomyNode:
    return _node(TreeKind.REMEDY, code, "remedy", _("There is no remedy “%(code)s”."))


def cause_node(code: str) -> TaxonomyNode:
    return _node(TreeKind.CAUSE, code, "cause", _("There is no cause “%(code)s”."))


def _node(tree: TreeKind, code: str, name: str, sentence: str) -> TaxonomyNode:
    node = node_of(tree, code)
    if node is None:
        raise Refused(sentence % {"code": code}, field=name)
    return node
