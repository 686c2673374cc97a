"""Options, signatures, the decision, the remedy performed, handled; and the first contact route."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from wenguo.accounts.choices import Scope
from wenguo.complaints.models import Attachment
from wenguo.investigation.actions import KnownCause
from wenguo.lib.errors import Refused
from wenguo.lib.standing import Standing, standing
from wenguo.resolution.access import get_approval_for, get_proposal_for, get_remedy_for
from wenguo.resolution.actions import (
    approve_proposal,
    change_proposal,
    decide_remedy,
    drop_proposal,
    finish_satisfied,
    mark_handled,
    perform_remedy,
    propose,
    reject_proposal,
    resolve_at_first_contact,
)
from wenguo.resolution.api.shapes import (
    DecideIn,
    FinishIn,
    KnownIn,
    NoteIn,
    PerformIn,
    ProposalIn,
    ProposalOut,
    ReasonIn,
    RemedyOut,
    ResolutionOut,
    ResolvedOut,
    SignIn,
    asked,
    caller,
    cause_node,
)
from wenguo.resolution.models import Proposal, Remedy
from wenguo.resolution.queries import proposals_of, remedies_of, replies_of, reply_in_hand
from wenguo.ui.found import found

router = Router()


@router.get(
    "/{reference}/resolution",
    response=ResolutionOut,
    summary="Options, remedies, replies",
    operation_id="complaint_resolution",
)
def resolution(request: HttpRequest, reference: str) -> dict[str, Any]:
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return {
        "round": complaint.round,
        "proposals": proposals_of(complaint),
        "remedies": remedies_of(complaint),
        "replies": replies_of(complaint),
    }


@router.post("/{reference}/proposals", response=ProposalOut, summary="Add an option", operation_id="complaint_propose")
def add(request: HttpRequest, reference: str, body: ProposalIn) -> Proposal:
    user, complaint = asked(request, reference)
    return propose(complaint, body.as_offer(), by=user)


@router.put(
    "/{reference}/proposals/{pk}",
    response=ProposalOut,
    summary="Change an option",
    operation_id="complaint_change_proposal",
)
def change(request: HttpRequest, reference: str, pk: int, body: ProposalIn) -> Proposal:
    user = caller(request)
    return change_proposal(found(get_proposal_for, user, reference, pk), body.as_offer(), by=user)


@router.post(
    "/{reference}/proposals/{pk}/drop",
    response=ProposalOut,
    summary="Drop an option",
    operation_id="complaint_drop_proposal",
)
def drop(request: HttpRequest, reference: str, pk: int, body: ReasonIn) -> Proposal:
    user = caller(request)
    return drop_proposal(found(get_proposal_for, user, reference, pk), by=user, reason=body.reason)


@router.post(
    "/{reference}/decide",
    response=Standing,
    summary="Decide the remedy",
    description="Where the amount needs signatures they are asked for and the stage stays; decide again once signed.",
    operation_id="complaint_decide",
)
def decide(request: HttpRequest, reference: str, body: DecideIn) -> Standing:
    user, complaint = asked(request, reference)
    proposal = Proposal.objects.filter(complaint=complaint, pk=body.proposal).first()
    if proposal is None:
        raise Refused(_("Choose an option of this round."), field="proposal")
    decide_remedy(complaint, proposal, by=user, note=body.note, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/approvals/{pk}",
    response=ProposalOut,
    summary="Sign an option, or do not",
    operation_id="complaint_sign",
)
def sign(request: HttpRequest, reference: str, pk: int, body: SignIn) -> Proposal:
    user = caller(request)
    approval = found(get_approval_for, user, reference, pk)
    verb = approve_proposal if body.is_signed else reject_proposal
    return verb(approval, by=user, note=body.note)


@router.post(
    "/{reference}/perform", response=RemedyOut, summary="Record a remedy as performed", operation_id="complaint_perform"
)
def perform(request: HttpRequest, reference: str, body: PerformIn) -> Remedy:
    user, complaint = asked(request, reference)
    remedy = found(get_remedy_for, user, reference, body.remedy)
    proof_file = Attachment.objects.filter(complaint=complaint, pk=body.proof_file).first() if body.proof_file else None
    if body.proof_file and proof_file is None:
        raise Refused(_("Choose something that belongs to this complaint."), field="proof_file")
    return perform_remedy(
        remedy, by=user, done_on=body.done_on, proof=body.proof, proof_file=proof_file, version=body.version
    )


@router.post("/{reference}/handle", response=Standing, summary="Mark as handled", operation_id="complaint_handle")
def handle(request: HttpRequest, reference: str, body: NoteIn) -> Standing:
    user, complaint = asked(request, reference)
    mark_handled(complaint, by=user, note=body.note, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/finish",
    response=Standing,
    summary="Accepted, handled and closed in one talk",
    operation_id="complaint_finish",
)
def finish(request: HttpRequest, reference: str, body: FinishIn) -> Standing:
    """Ordinary complaints only; each of the three steps is checked and recorded as if taken alone."""
    user, complaint = asked(request, reference)
    finish_satisfied(complaint, by=user, **body.dict())
    return standing(complaint)


@router.post(
    "/{reference}/resolve",
    response=ResolvedOut,
    summary="Known cause and remedy in one step",
    operation_id="complaint_resolve",
)
def resolve(request: HttpRequest, reference: str, body: KnownIn) -> ResolvedOut:
    user, complaint = asked(request, reference)
    known = KnownCause(
        allegation=body.allegation,
        finding=body.finding,
        reasoning=body.reasoning,
        node=cause_node(body.cause) if body.cause else None,
        statement=body.statement,
        containment=body.containment,
    )
    offer = body.remedy.as_offer()
    resolve_at_first_contact(
        complaint,
        known,
        offer,
        by=user,
        reply=body.reply,
        note=body.note,
        takes_on=body.take_on,
        to_review=body.to_review,
        version=body.version,
    )
    drafted = reply_in_hand(complaint) if body.reply.strip() else None
    return ResolvedOut(**standing(complaint).dict(), reply=drafted.pk if drafted else None)
