"""Replies: drafted, reviewed, sent, answered; the second review."""

from django.http import HttpRequest
from ninja import Router

from wenguo.lib.standing import Standing, standing
from wenguo.resolution.access import get_reply_for
from wenguo.resolution.actions import (
    approve_and_send,
    approve_reply,
    draft_reply,
    record_answer,
    rework,
    send_back,
    send_final_opinion,
    send_reply,
    submit_for_review,
    undo_reply,
)
from wenguo.resolution.api.shapes import AnswerIn, ApproveIn, NoteIn, ReasonIn, ReplyIn, ReplyOut, SendIn, asked, caller
from wenguo.resolution.models import Reply
from wenguo.ui.found import found

router = Router()


def reply_of(request: HttpRequest, reference: str, pk: int) -> Reply:
    reply: Reply = found(get_reply_for, caller(request), reference, pk)
    return reply


@router.post("/{reference}/replies", response=ReplyOut, summary="Draft a reply", operation_id="complaint_draft_reply")
def draft(request: HttpRequest, reference: str, body: ReplyIn) -> Reply:
    user, complaint = asked(request, reference)
    return draft_reply(complaint, by=user, body=body.body, kind=body.kind)


@router.post(
    "/{reference}/replies/{pk}/submit",
    response=ReplyOut,
    summary="Give a reply to review",
    operation_id="complaint_submit_reply",
)
def submit(request: HttpRequest, reference: str, pk: int) -> Reply:
    return submit_for_review(reply_of(request, reference, pk), by=caller(request))


@router.post(
    "/{reference}/replies/{pk}/approve",
    response=ReplyOut,
    summary="Approve a reply",
    operation_id="complaint_approve_reply",
)
def approve(request: HttpRequest, reference: str, pk: int, body: ApproveIn) -> Reply:
    act = approve_and_send if body.send else approve_reply
    return act(reply_of(request, reference, pk), by=caller(request), note=body.note)


@router.post(
    "/{reference}/replies/{pk}/send_back",
    response=ReplyOut,
    summary="Send a reply back",
    operation_id="complaint_send_back_reply",
)
def back(request: HttpRequest, reference: str, pk: int, body: NoteIn) -> Reply:
    return send_back(reply_of(request, reference, pk), by=caller(request), note=body.note)


@router.post(
    "/{reference}/replies/{pk}/undo",
    response=ReplyOut,
    summary="Take a reply back",
    operation_id="complaint_undo_reply",
)
def undo(request: HttpRequest, reference: str, pk: int) -> Reply:
    return undo_reply(reply_of(request, reference, pk), by=caller(request))


@router.post(
    "/{reference}/send_reply", response=Standing, summary="Send the reply", operation_id="complaint_send_reply"
)
def send(request: HttpRequest, reference: str, body: SendIn) -> Standing:
    user, complaint = asked(request, reference)
    reply = reply_of(request, reference, body.reply) if body.reply else None
    send_reply(complaint, by=user, reply=reply, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/accept_reply", response=Standing, summary="Reply accepted", operation_id="complaint_accept_reply"
)
def accept(request: HttpRequest, reference: str, body: AnswerIn) -> Standing:
    user, complaint = asked(request, reference)
    record_answer(complaint, by=user, accepted=True, reason=body.reason, through=body.through, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/refuse_reply", response=Standing, summary="Reply refused", operation_id="complaint_refuse_reply"
)
def refuse(request: HttpRequest, reference: str, body: AnswerIn) -> Standing:
    user, complaint = asked(request, reference)
    record_answer(complaint, by=user, accepted=False, reason=body.reason, through=body.through, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/rework", response=Standing, summary="Work out another remedy", operation_id="complaint_rework"
)
def rework_(request: HttpRequest, reference: str, body: ReasonIn) -> Standing:
    user, complaint = asked(request, reference)
    rework(complaint, by=user, reason=body.reason, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/final_opinion",
    response=Standing,
    summary="Send the final opinion",
    operation_id="complaint_final_opinion",
)
def final_opinion(request: HttpRequest, reference: str, body: SendIn) -> Standing:
    user, complaint = asked(request, reference)
    reply = reply_of(request, reference, body.reply) if body.reply else None
    send_final_opinion(complaint, by=user, reply=reply, version=body.version)
    return standing(complaint)
