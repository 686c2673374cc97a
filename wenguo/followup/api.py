"""Follow-up and call-back for machines."""

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from wenguo.accounts.access import Caller, caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import close_unreachable, note_attempt, promise_notice, record_call_back, tell_progress
from wenguo.followup.actions.call_back import Answer
from wenguo.ui.found import found

router = Router(tags=["follow-up"])


class CallBackIn(Schema):
    """Scores of 1–5, kept apart."""

    handling: int
    result: int | None = None
    product: int | None = None
    is_solved: bool | None = None
    comment: str = ""
    version: int | None = None


class AttemptIn(Schema):
    result: str
    note: str = ""


class TextIn(Schema):
    text: str


class PromiseIn(Schema):
    promised_for: AwareDatetime
    about: str = ""


class VersionIn(Schema):
    version: int | None = None


class StateOut(Schema):
    """Where the complaint stands after the step."""

    reference: str
    stage: str
    status: str
    version: int
    satisfaction: int | None


def _caller(request: HttpRequest) -> User:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller_for(caller, Scope.COMPLAINTS_WRITE)


def _found(request: HttpRequest, reference: str) -> tuple[User, Complaint]:
    user = _caller(request)
    return user, found(get_complaint_for, user, reference)


@router.post("/{reference}/call_back", response=StateOut, operation_id="record_call_back", summary="Record a call-back")
def call_back(request: HttpRequest, reference: str, given: CallBackIn) -> Complaint:
    user, complaint = _found(request, reference)
    answer = Answer(**given.dict(exclude={"version"}))
    return record_call_back(complaint, answer, by=user, version=given.version)


@router.post("/{reference}/call_attempts", response=StateOut, operation_id="note_attempt", summary="Note a failed call")
def attempt(request: HttpRequest, reference: str, given: AttemptIn) -> Complaint:
    user, complaint = _found(request, reference)
    note_attempt(complaint, by=user, result=given.result, note=given.note)
    return found(get_complaint_for, user, reference)


@router.post(
    "/{reference}/close_with_notice",
    response=StateOut,
    operation_id="close_with_notice",
    summary="Close after three failed attempts",
)
def unreachable(request: HttpRequest, reference: str, given: VersionIn) -> Complaint:
    user, complaint = _found(request, reference)
    return close_unreachable(complaint, by=user, version=given.version)


@router.post("/{reference}/progress", response=StateOut, operation_id="tell_progress", summary="Tell how it stands")
def progress(request: HttpRequest, reference: str, given: TextIn) -> Complaint:
    user, complaint = _found(request, reference)
    return tell_progress(complaint, by=user, text=given.text)


@router.post(
    "/{reference}/promised_notices", response=StateOut, operation_id="promise_notice", summary="Promise a notice"
)
def promise(request: HttpRequest, reference: str, given: PromiseIn) -> Complaint:
    user, complaint = _found(request, reference)
    promise_notice(complaint, by=user, promised_for=given.promised_for, about=given.about)
    return found(get_complaint_for, user, reference)
