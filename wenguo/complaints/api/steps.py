"""Stages 2 to 6."""

from django.http import HttpRequest

from wenguo.complaints.actions import (
    FirstAssessment,
    accept_at_first_contact,
    accept_complaint,
    ask_for_more,
    classify_complaint,
    decline_complaint,
    judge_valid,
    receive_more,
    record_review,
    reweigh_complaint,
    set_importance,
)
from wenguo.complaints.api.asked import asked, node_of, node_or_none, person_of, router, step
from wenguo.complaints.api.given import (
    AcceptIn,
    AskIn,
    ClassifyIn,
    DeclineIn,
    ImportanceIn,
    JudgeIn,
    NoteIn,
    ReviewIn,
    ReweighIn,
)
from wenguo.lib.standing import Standing, standing
from wenguo.process.choices import TreeKind


@router.post("/{reference}/accept", response=Standing, summary="Accept", operation_id="complaint_accept")
def accept(request: HttpRequest, reference: str, body: AcceptIn) -> Standing:
    """With an assessment it takes the first-contact route: valid, classified and weighed in the same request."""
    user, complaint = asked(request, reference)
    if body.assessment is None:
        accept_complaint(complaint, by=user, note=body.note, version=body.version)
        return standing(complaint)
    known = body.assessment.dict(exclude={"issue", "product"})
    assessment = FirstAssessment(
        issue=node_of(TreeKind.ISSUE, body.assessment.issue, "assessment.issue"),
        product=node_or_none(TreeKind.PRODUCT, body.assessment.product, "assessment.product"),
        **known,
    )
    accept_at_first_contact(complaint, assessment, by=user, note=body.note, version=body.version)
    return standing(complaint)


@router.post("/{reference}/judge_valid", response=Standing, summary="Judge valid", operation_id="complaint_judge_valid")
def judge(request: HttpRequest, reference: str, body: JudgeIn) -> Standing:
    return step(request, reference, judge_valid, **body.dict())


@router.post("/{reference}/decline", response=Standing, summary="Decline", operation_id="complaint_decline")
def decline(request: HttpRequest, reference: str, body: DeclineIn) -> Standing:
    user, complaint = asked(request, reference)
    reason = node_of(TreeKind.DECLINE_REASON, body.reason, "reason")
    decline_complaint(complaint, by=user, reason=reason, explanation=body.explanation, version=body.version)
    return standing(complaint)


@router.post("/{reference}/ask_more", response=Standing, summary="Ask for more", operation_id="complaint_ask_more")
def ask_more(request: HttpRequest, reference: str, body: AskIn) -> Standing:
    return step(request, reference, ask_for_more, **body.dict())


@router.post(
    "/{reference}/receive_more",
    response=Standing,
    summary="Go on with what came in",
    operation_id="complaint_receive_more",
)
def more_received(request: HttpRequest, reference: str, body: NoteIn) -> Standing:
    return step(request, reference, receive_more, **body.dict())


@router.post("/{reference}/classify", response=Standing, summary="Classify", operation_id="complaint_classify")
def classify(request: HttpRequest, reference: str, body: ClassifyIn) -> Standing:
    user, complaint = asked(request, reference)
    classify_complaint(
        complaint,
        by=user,
        issue=node_of(TreeKind.ISSUE, body.issue, "issue"),
        product=node_or_none(TreeKind.PRODUCT, body.product, "product"),
        apparent_demand=body.apparent_demand,
        hidden_need=body.hidden_need,
        version=body.version,
    )
    return standing(complaint)


@router.post(
    "/{reference}/set_importance",
    response=Standing,
    summary="Set importance",
    operation_id="complaint_set_importance",
)
def weigh(request: HttpRequest, reference: str, body: ImportanceIn) -> Standing:
    return step(request, reference, set_importance, **body.dict())


@router.post(
    "/{reference}/reweigh",
    response=Standing,
    summary="Change the importance",
    operation_id="complaint_reweigh",
)
def reweigh(request: HttpRequest, reference: str, body: ReweighIn) -> Standing:
    return step(request, reference, reweigh_complaint, **body.dict())


@router.post(
    "/{reference}/record_review",
    response=Standing,
    summary="Record the review",
    operation_id="complaint_record_review",
)
def review(request: HttpRequest, reference: str, body: ReviewIn) -> Standing:
    user, complaint = asked(request, reference)
    present = [person_of(username, "present") for username in body.present]
    record_review(
        complaint, by=user, decision=body.decision, minutes=body.minutes, present=present, version=body.version
    )
    return standing(complaint)
