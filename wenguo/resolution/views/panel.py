"""The panel of options, signatures, remedies and replies."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenguo.complaints.access import can_step, get_complaint_for
from wenguo.complaints.choices import Status, Step
from wenguo.resolution.access import can_approve, can_draft, can_propose, can_review
from wenguo.resolution.choices import ProposalState, ReplyKind, ReplyState
from wenguo.resolution.models import Proposal, Reply
from wenguo.resolution.queries import may_resolve_at_once, proposals_of, remedies_of, replies_of, undo_until
from wenguo.ui.found import signed_in
from wenguo.ui.steps import opened

PROPOSAL_KIND = {
    ProposalState.DRAFT: "neutral",
    ProposalState.AWAITING: "major",
    ProposalState.APPROVED: "act",
    ProposalState.REJECTED: "urgent",
    ProposalState.CHOSEN: "ok",
    ProposalState.DROPPED: "neutral",
}
REPLY_KIND = {
    ReplyState.DRAFT: "neutral",
    ReplyState.IN_REVIEW: "major",
    ReplyState.SENT_BACK: "urgent",
    ReplyState.APPROVED: "act",
    ReplyState.SENT: "act",
    ReplyState.ACCEPTED: "ok",
    ReplyState.REFUSED: "urgent",
}


@login_required
@require_GET
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    """What may be done is asked per row, of which there are few; the statements stay the same for any history."""
    complaint, user = opened(request, reference, get_complaint_for), signed_in(request)
    in_review = complaint.status == Status.SECOND_REVIEW
    kind = ReplyKind.FINAL_OPINION if in_review else ReplyKind.REPLY
    replies = replies_of(complaint)

    def shown(proposal: Proposal) -> dict[str, object]:
        waiting = [one for one in proposal.approvals.all() if not one.decision]
        for one in waiting:
            one.proposal = proposal
        proposal.complaint = complaint
        return {
            "row": proposal,
            "kind": PROPOSAL_KIND[ProposalState(proposal.state)],
            "waiting": waiting,
            "signed": [one for one in proposal.approvals.all() if one.decision],
            "to_sign": waiting[0] if waiting and can_approve(user, waiting[0]) else None,
            "is_current": proposal.round == complaint.round,
        }

    def told(reply: Reply) -> dict[str, object]:
        reply.complaint = complaint
        reviewable = reply.state == ReplyState.IN_REVIEW and can_review(user, reply)
        until = undo_until(reply) if reply.sent_by_id == user.pk else None
        return {"row": reply, "kind": REPLY_KIND[ReplyState(reply.state)], "reviewable": reviewable, "until": until}

    context = {
        "complaint": complaint,
        "proposals": [shown(row) for row in proposals_of(complaint)],
        "remedies": remedies_of(complaint),
        "replies": [told(row) for row in replies],
        "proposes": can_propose(user, complaint),
        "at_once": may_resolve_at_once(complaint) and can_step(user, complaint, Step.FINISH_CAUSE),
        "drafts": can_draft(user, complaint, kind),
        "has_letter": any(row.state not in (ReplyState.DRAFT, ReplyState.IN_REVIEW) for row in replies),
    }
    return render(request, "resolution/_panel.html", context)
