"""Use, inspection and oversight for machines."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import AwareDatetime

from wenguo.accounts.access import Caller, caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.supervision.actions import inspect_complaint, mark_improvement, order_oversight
from wenguo.ui.found import found

router = Router(tags=["supervision"])


class MarkIn(Schema):
    """Class, one sentence, who (user name)."""

    mark_class: str
    sentence: str
    who: str = ""
    version: int | None = None


class InspectIn(Schema):
    """A finding for every line of the checklist, and the verdict."""

    answers: dict[str, str]
    notes: dict[str, str] = {}
    verdict: str
    version: int | None = None


class OversightIn(Schema):
    text: str
    due_at: AwareDatetime


class StateOut(Schema):
    reference: str
    stage: str
    status: str
    version: int


def _found(request: HttpRequest, reference: str) -> tuple[User, Complaint]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    user = caller_for(caller, Scope.COMPLAINTS_WRITE)
    return user, found(get_complaint_for, user, reference)


@router.post(
    "/{reference}/mark", response=StateOut, operation_id="mark_improvement", summary="Record use and improvement"
)
def mark(request: HttpRequest, reference: str, given: MarkIn) -> Complaint:
    user, complaint = _found(request, reference)
    who = User.objects.filter(username=given.who, is_active=True).first() if given.who else None
    if given.who and who is None:
        raise Refused(_("Nobody with the user name %(name)s works here.") % {"name": given.who}, field="who")
    return mark_improvement(
        complaint, by=user, mark_class=given.mark_class, sentence=given.sentence, who=who, version=given.version
    )


@router.post("/{reference}/inspect", response=StateOut, operation_id="inspect_complaint", summary="Inspect")
def inspect(request: HttpRequest, reference: str, given: InspectIn) -> Complaint:
    user, complaint = _found(request, reference)
    return inspect_complaint(
        complaint, by=user, answers=given.answers, notes=given.notes, verdict=given.verdict, version=given.version
    )


@router.post("/{reference}/oversight", response=StateOut, operation_id="order_oversight", summary="Oversight order")
def oversight(request: HttpRequest, reference: str, given: OversightIn) -> Complaint:
    user, complaint = _found(request, reference)
    order_oversight(complaint, by=user, text=given.text, due_at=given.due_at)
    return found(get_complaint_for, user, reference)
