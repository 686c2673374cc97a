"""Stage 8 for machines, under /complaints. Nodes by code, allegations by their position."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from wenguo.accounts.access import caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import Unit, User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Attachment, Complaint
from wenguo.investigation.access import get_attribution_for
from wenguo.investigation.actions import (
    add_allegation,
    add_cause,
    add_evidence,
    appeal_fault,
    attribute_fault,
    decide_appeal,
    decide_finding,
    finish_cause,
    record_containment,
)
from wenguo.investigation.choices import CauseKind
from wenguo.investigation.models import Allegation, Cause, Containment, Evidence, FaultAttribution
from wenguo.investigation.queries import allegations_of, attributions_of, causes_of, containments_of, evidence_of
from wenguo.lib.errors import Refused
from wenguo.lib.standing import Standing, standing
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node as node_of
from wenguo.ui.found import found

router = Router(tags=["investigation"])


class AllegationIn(Schema):
    text: str


class FindingIn(Schema):
    finding: str
    reasoning: str


class CauseIn(Schema):
    node: str
    whys: list[str]
    statement: str = ""
    kind: str = CauseKind.ROOT.value
    is_controllable: bool = True
    allegation: int | None = None


class EvidenceIn(Schema):
    description: str
    origin: str = ""
    attachment: int | None = None
    allegation: int | None = None


class ContainmentIn(Schema):
    action: str
    is_needed: bool = True


class FaultIn(Schema):
    unit: str
    verdict: str
    reasoning: str


class AppealIn(Schema):
    appeal: str


class DecideAppealIn(Schema):
    is_upheld: bool
    reasoning: str


class FinishIn(Schema):
    note: str = ""
    version: int | None = None


class AllegationOut(Schema):
    position: int
    text: str
    finding: str
    reasoning: str
    decided_at: datetime | None


class CauseOut(Schema):
    id: int
    kind: str
    node: str = Field(alias="node.code")
    whys: list[str]
    statement: str
    is_controllable: bool
    allegation: int | None = Field(None, alias="allegation.position")


class EvidenceOut(Schema):
    id: int
    description: str
    origin: str
    sha256: str
    attachment: int | None = Field(None, alias="attachment_id")
    added_at: datetime


class ContainmentOut(Schema):
    action: str
    is_needed: bool
    at: datetime


class FaultOut(Schema):
    id: int
    unit: str = Field(alias="unit.code")
    verdict: str
    reasoning: str
    appealed_at: datetime | None
    appeal: str
    appeal_upheld: bool | None


class InvestigationOut(Schema):
    is_upheld: bool | None
    allegations: list[AllegationOut]
    causes: list[CauseOut]
    evidence: list[EvidenceOut]
    containments: list[ContainmentOut]
    attributions: list[FaultOut]


def asked(request: HttpRequest, reference: str, scope: Scope = Scope.COMPLAINTS_WRITE) -> tuple[User, Complaint]:
    user = caller_for(request.auth, scope)  # type: ignore[attr-defined]
    return user, found(get_complaint_for, user, reference, lightly=scope == Scope.COMPLAINTS_WRITE)


def cause_node(code: str) -> TaxonomyNode:
    node = node_of(TreeKind.CAUSE, code)
    if node is None:
        raise Refused(_("There is no cause “%(code)s”.") % {"code": code}, field="node")
    return node


def allegation_at(complaint: Complaint, position: int) -> Allegation:
    row = Allegation.objects.filter(complaint=complaint, position=position).select_related("complaint").first()
    if row is None:
        raise Refused(_("There is no allegation %(n)d.") % {"n": position}, field="allegation")
    return row


@router.get(
    "/{reference}/investigation",
    response=InvestigationOut,
    summary="Findings, causes, evidence",
    operation_id="complaint_investigation",
)
def investigation(request: HttpRequest, reference: str) -> dict[str, Any]:
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return {
        "is_upheld": complaint.is_upheld,
        "allegations": allegations_of(complaint),
        "causes": causes_of(complaint),
        "evidence": evidence_of(complaint),
        "containments": containments_of(complaint),
        "attributions": attributions_of(complaint),
    }


@router.post(
    "/{reference}/allegations",
    response=AllegationOut,
    summary="Add an allegation",
    operation_id="complaint_add_allegation",
)
def allegation(request: HttpRequest, reference: str, body: AllegationIn) -> Allegation:
    user, complaint = asked(request, reference)
    return add_allegation(complaint, by=user, text=body.text)


@router.post(
    "/{reference}/allegations/{position}/finding",
    response=AllegationOut,
    summary="Decide a finding",
    operation_id="complaint_decide_finding",
)
def finding(request: HttpRequest, reference: str, position: int, body: FindingIn) -> Allegation:
    user, complaint = asked(request, reference)
    row = allegation_at(complaint, position)
    return decide_finding(row, by=user, finding=body.finding, reasoning=body.reasoning)


@router.post("/{reference}/causes", response=CauseOut, summary="Add a cause", operation_id="complaint_add_cause")
def cause(request: HttpRequest, reference: str, body: CauseIn) -> Cause:
    user, complaint = asked(request, reference)
    return add_cause(
        complaint,
        by=user,
        node=cause_node(body.node),
        whys=body.whys,
        statement=body.statement,
        kind=body.kind,
        is_controllable=body.is_controllable,
        allegation=allegation_at(complaint, body.allegation) if body.allegation else None,
    )


@router.post(
    "/{reference}/evidence", response=EvidenceOut, summary="Add evidence", operation_id="complaint_add_evidence"
)
def evidence(request: HttpRequest, reference: str, body: EvidenceIn) -> Evidence:
    user, complaint = asked(request, reference)
    attachment = Attachment.objects.filter(complaint=complaint, pk=body.attachment).first() if body.attachment else None
    if body.attachment and attachment is None:
        raise Refused(_("Choose something that belongs to this complaint."), field="attachment")
    return add_evidence(
        complaint,
        by=user,
        description=body.description,
        origin=body.origin,
        attachment=attachment,
        allegation=allegation_at(complaint, body.allegation) if body.allegation else None,
    )


@router.post(
    "/{reference}/containment",
    response=ContainmentOut,
    summary="Record containment",
    operation_id="complaint_record_containment",
)
def containment(request: HttpRequest, reference: str, body: ContainmentIn) -> Containment:
    user, complaint = asked(request, reference)
    return record_containment(complaint, by=user, action=body.action, is_needed=body.is_needed)


@router.post(
    "/{reference}/fault", response=FaultOut, summary="Attribute fault", operation_id="complaint_attribute_fault"
)
def fault(request: HttpRequest, reference: str, body: FaultIn) -> FaultAttribution:
    user, complaint = asked(request, reference)
    unit = Unit.objects.filter(code=body.unit).first()
    if unit is None:
        raise Refused(_("There is no unit “%(code)s”.") % {"code": body.unit}, field="unit")
    return attribute_fault(complaint, by=user, unit=unit, verdict=body.verdict, reasoning=body.reasoning)


@router.post(
    "/{reference}/fault/{pk}/appeal", response=FaultOut, summary="Appeal", operation_id="complaint_appeal_fault"
)
def appeal(request: HttpRequest, reference: str, pk: int, body: AppealIn) -> FaultAttribution:
    user = caller_for(request.auth, Scope.COMPLAINTS_WRITE)  # type: ignore[attr-defined]
    return appeal_fault(found(get_attribution_for, user, reference, pk), by=user, appeal=body.appeal)


@router.post(
    "/{reference}/fault/{pk}/decide",
    response=FaultOut,
    summary="Decide an appeal",
    operation_id="complaint_decide_appeal",
)
def appeal_decide(request: HttpRequest, reference: str, pk: int, body: DecideAppealIn) -> FaultAttribution:
    user = caller_for(request.auth, Scope.COMPLAINTS_WRITE)  # type: ignore[attr-defined]
    row = found(get_attribution_for, user, reference, pk)
    return decide_appeal(row, by=user, is_upheld=body.is_upheld, reasoning=body.reasoning)


@router.post(
    "/{reference}/finish_cause",
    response=Standing,
    summary="Finish the cause analysis",
    operation_id="complaint_finish_cause",
)
def finish(request: HttpRequest, reference: str, body: FinishIn) -> Standing:
    user, complaint = asked(request, reference)
    finish_cause(complaint, by=user, note=body.note, version=body.version)
    return standing(complaint)
