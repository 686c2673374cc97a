"""Stage 7 for machines: `router` under /complaints, `routing` under /routing-rules."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Body, Field, Router, Schema
from pydantic import AwareDatetime

from wenguo.accounts.access import caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import Unit, User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.dispatch.access import check_may_route, get_assisting_for
from wenguo.dispatch.actions import (
    Part,
    answer_part,
    arbitrate,
    ask_unit,
    assign_complaint,
    hand_over,
    import_rules,
    receive_part,
    return_dispatch,
    take_on,
)
from wenguo.dispatch.models import Assignment, AssistingUnit
from wenguo.dispatch.queries import assignments_of, assisting_of, exported_rules, state_sentence, suggest_route
from wenguo.lib.errors import Refused
from wenguo.lib.standing import Standing, standing
from wenguo.ui.found import found

router = Router(tags=["dispatch"])
routing = Router(tags=["routing"])


class PartIn(Schema):
    unit: str
    part: str
    due_at: AwareDatetime | None = None


class AssignIn(Schema):
    """Units by code, people by user name."""

    lead_unit: str
    owner: str = ""
    assisting: list[PartIn] = []
    note: str = ""
    version: int | None = None


class NoteIn(Schema):
    note: str = ""
    version: int | None = None


class ReasonIn(Schema):
    reason: str
    version: int | None = None


class ArbitrateIn(Schema):
    is_upheld: bool
    reason: str
    lead_unit: str = ""
    owner: str = ""
    version: int | None = None


class HandOverIn(Schema):
    owner: str
    reason: str
    version: int | None = None


class AskUnitIn(PartIn):
    version: int | None = None


class AnswerIn(Schema):
    answer: str


class AssignmentOut(Schema):
    lead_unit: str = Field(alias="lead_unit.code")
    owner: str | None = Field(None, alias="owner.username")
    assigned_at: datetime
    assigned_by: str = Field(alias="assigned_by.username")
    due_at: datetime | None
    taken_on_at: datetime | None
    returned_at: datetime | None
    return_reason: str
    arbitration: str
    is_upheld: bool | None
    is_current: bool
    state: str

    @staticmethod
    def resolve_state(row: Assignment) -> str:
        return state_sentence(row)


class AssistingOut(Schema):
    id: int
    unit: str = Field(alias="unit.code")
    part: str
    due_at: datetime | None
    received_at: datetime | None
    answered_at: datetime | None
    answer: str


class DispatchOut(Schema):
    assignments: list[AssignmentOut]
    assisting: list[AssistingOut]


class SuggestionOut(Schema):
    rule: int | None
    lead_unit: str | None
    owner: str | None
    assisting_units: list[str]
    reason: str


class Count(Schema):
    rules: int


def caller(request: HttpRequest, scope: Scope = Scope.COMPLAINTS_WRITE) -> User:
    return caller_for(request.auth, scope)  # type: ignore[attr-defined]


def asked(request: HttpRequest, reference: str, scope: Scope = Scope.COMPLAINTS_WRITE) -> tuple[User, Complaint]:
    """Who calls, and the complaint they may see; an action reads the whole row by itself."""
    user = caller(request, scope)
    return user, found(get_complaint_for, user, reference, lightly=scope == Scope.COMPLAINTS_WRITE)


def unit_of(code: str, name: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused(_("There is no unit “%(code)s”.") % {"code": code}, field=name)
    return unit


def person_of(username: str, name: str) -> User:
    person = User.objects.filter(username=username).select_related("unit").first()
    if person is None:
        raise Refused(_("There is nobody with the user name “%(name)s”.") % {"name": username}, field=name)
    return person


@router.get("/{reference}/dispatch", response=DispatchOut, summary="Who handles it", operation_id="complaint_dispatch")
def dispatch(request: HttpRequest, reference: str) -> dict[str, Any]:
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return {"assignments": assignments_of(complaint), "assisting": assisting_of(complaint)}


@router.get(
    "/{reference}/route", response=SuggestionOut, summary="What the rules suggest", operation_id="complaint_route"
)
def route(request: HttpRequest, reference: str) -> SuggestionOut:
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    suggestion = suggest_route(complaint)
    if suggestion is None:
        return SuggestionOut(
            rule=None, lead_unit=None, owner=None, assisting_units=[], reason=_("No routing rule fits.")
        )
    return SuggestionOut(
        rule=suggestion.rule.pk,
        lead_unit=suggestion.lead_unit.code,
        owner=suggestion.owner.username if suggestion.owner else None,
        assisting_units=[unit.code for unit in suggestion.assisting_units],
        reason=suggestion.reason,
    )


@router.post("/{reference}/assign", response=Standing, summary="Assign", operation_id="complaint_assign")
def assign(request: HttpRequest, reference: str, body: AssignIn) -> Standing:
    user, complaint = asked(request, reference)
    parts = [Part(unit_of(one.unit, "assisting"), one.part, one.due_at) for one in body.assisting]
    assign_complaint(
        complaint,
        by=user,
        lead_unit=unit_of(body.lead_unit, "lead_unit"),
        owner=person_of(body.owner, "owner") if body.owner else None,
        assisting=parts,
        note=body.note,
        version=body.version,
    )
    return standing(complaint)


@router.post("/{reference}/take_on", response=Standing, summary="Take on", operation_id="complaint_take_on")
def take_on_(request: HttpRequest, reference: str, body: NoteIn) -> Standing:
    user, complaint = asked(request, reference)
    take_on(complaint, by=user, note=body.note, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/return_dispatch",
    response=Standing,
    summary="Return the dispatch",
    operation_id="complaint_return_dispatch",
)
def return_(request: HttpRequest, reference: str, body: ReasonIn) -> Standing:
    user, complaint = asked(request, reference)
    return_dispatch(complaint, by=user, reason=body.reason, version=body.version)
    return standing(complaint)


@router.post("/{reference}/arbitrate", response=Standing, summary="Decide a return", operation_id="complaint_arbitrate")
def arbitrate_(request: HttpRequest, reference: str, body: ArbitrateIn) -> Standing:
    user, complaint = asked(request, reference)
    arbitrate(
        complaint,
        by=user,
        is_upheld=body.is_upheld,
        reason=body.reason,
        lead_unit=unit_of(body.lead_unit, "lead_unit") if body.lead_unit else None,
        owner=person_of(body.owner, "owner") if body.owner else None,
        version=body.version,
    )
    return standing(complaint)


@router.post("/{reference}/hand_over", response=Standing, summary="Hand over", operation_id="complaint_hand_over")
def hand_over_(request: HttpRequest, reference: str, body: HandOverIn) -> Standing:
    user, complaint = asked(request, reference)
    owner = person_of(body.owner, "owner")
    hand_over(complaint, by=user, owner=owner, reason=body.reason, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/assisting", response=AssistingOut, summary="Ask a unit to assist", operation_id="complaint_ask_unit"
)
def ask_unit_(request: HttpRequest, reference: str, body: AskUnitIn) -> AssistingUnit:
    user, complaint = asked(request, reference)
    unit = unit_of(body.unit, "unit")
    return ask_unit(complaint, by=user, unit=unit, part=body.part, due_at=body.due_at, version=body.version)


@router.post(
    "/{reference}/assisting/{pk}/receive",
    response=AssistingOut,
    summary="Receive a part",
    operation_id="complaint_receive_part",
)
def receive_part_(request: HttpRequest, reference: str, pk: int) -> AssistingUnit:
    user = caller(request)
    return receive_part(found(get_assisting_for, user, reference, pk), by=user)


@router.post(
    "/{reference}/assisting/{pk}/answer",
    response=AssistingOut,
    summary="Answer a part",
    operation_id="complaint_answer_part",
)
def answer_part_(request: HttpRequest, reference: str, pk: int, body: AnswerIn) -> AssistingUnit:
    user = caller(request)
    return answer_part(found(get_assisting_for, user, reference, pk), by=user, answer=body.answer)


@routing.get("", response=dict[str, Any], summary="All routing rules as one file", operation_id="routing_rules")
def routing_rules(request: HttpRequest) -> dict[str, Any]:
    check_may_route(caller(request, Scope.COMPLAINTS_READ))
    return exported_rules()


@routing.put("", response=Count, summary="Replace all routing rules", operation_id="routing_rules_replace")
def routing_rules_replace(request: HttpRequest, body: Body[dict[str, Any]]) -> Count:
    return Count(rules=import_rules(body, by=caller(request)))
