"""The end of a complaint and a new beginning; merging and linking."""

from django.http import HttpRequest
from ninja import Status

from wenguo.complaints.access import get_complaint_for, get_link_for
from wenguo.complaints.actions import (
    close_complaint,
    link_complaints,
    merge_complaints,
    reopen_complaint,
    skip_stage,
    unlink_complaints,
    withdraw_complaint,
)
from wenguo.complaints.api.asked import asked, caller, one_of, router, step
from wenguo.complaints.api.given import CloseIn, LinkIn, MergeIn, ReasonIn, SkipIn, WithdrawIn
from wenguo.complaints.choices import LinkKind
from wenguo.lib.standing import Standing, standing
from wenguo.process.choices import Stage
from wenguo.ui.found import found


@router.post("/{reference}/withdraw", response=Standing, summary="Withdraw", operation_id="complaint_withdraw")
def withdraw(request: HttpRequest, reference: str, body: WithdrawIn) -> Standing:
    return step(request, reference, withdraw_complaint, **body.dict())


@router.post("/{reference}/reopen", response=Standing, summary="Reopen", operation_id="complaint_reopen")
def reopen(request: HttpRequest, reference: str, body: ReasonIn) -> Standing:
    return step(request, reference, reopen_complaint, **body.dict())


@router.post("/{reference}/close", response=Standing, summary="Close", operation_id="complaint_close")
def close(request: HttpRequest, reference: str, body: CloseIn) -> Standing:
    return step(request, reference, close_complaint, **body.dict())


@router.post("/{reference}/skip_stage", response=Standing, summary="Skip a stage", operation_id="complaint_skip_stage")
def skip(request: HttpRequest, reference: str, body: SkipIn) -> Standing:
    user, complaint = asked(request, reference)
    skip_stage(complaint, by=user, **{**body.dict(), "stage": one_of(Stage, body.stage, "stage")})
    return standing(complaint)


@router.post("/{reference}/merge", response=Standing, summary="Merge into another", operation_id="complaint_merge")
def merge(request: HttpRequest, reference: str, body: MergeIn) -> Standing:
    user, complaint = asked(request, reference)
    target = found(get_complaint_for, user, body.target)
    merge_complaints(complaint, by=user, target=target, note=body.note, version=body.version)
    return standing(complaint)


@router.post("/{reference}/links", response={201: int}, summary="Link", operation_id="complaint_link")
def link(request: HttpRequest, reference: str, body: LinkIn) -> Status[int]:
    user, complaint = asked(request, reference)
    other = found(get_complaint_for, user, body.other)
    return Status(201, link_complaints(complaint, other=other, kind=one_of(LinkKind, body.kind, "kind"), by=user).pk)


@router.delete("/{reference}/links/{pk}", response={204: None}, summary="Unlink", operation_id="complaint_unlink")
def unlink(request: HttpRequest, reference: str, pk: int) -> Status[None]:
    user = caller(request)
    unlink_complaints(found(get_link_for, user, reference, pk), by=user)
    return Status(204, None)
