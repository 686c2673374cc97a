"""Options, signatures, remedies and replies, as pages and actions need them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.accounts.rules import roles_with
from wenguo.complaints.choices import Status, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import is_grave
from wenguo.lib.now import now
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import OutboundMessage
from wenguo.process.choices import Stage
from wenguo.process.models import AuthorityLimit
from wenguo.process.queries import authority_matrix
from wenguo.resolution.choices import ProposalState, ReplyKind, ReplyState
from wenguo.resolution.models import Approval, Proposal, Remedy, Reply
from wenguo.resolution.rules import Limit, Signatures, signatures_for

UNSENT = (ReplyState.DRAFT, ReplyState.IN_REVIEW, ReplyState.SENT_BACK, ReplyState.APPROVED)
TOLD = (ReplyState.SENT, ReplyState.ACCEPTED, ReplyState.REFUSED)


def proposals_of(complaint: Complaint) -> list[Proposal]:
    """Newest round first, with their signatures."""
    rows = complaint.proposals.select_related("remedy", "created_by").prefetch_related("approvals__decided_by")
    return list(rows.order_by("-round", "id"))


def remedies_of(complaint: Complaint) -> list[Remedy]:
    return list(complaint.remedies.select_related("proposal", "done_by", "proof_file").order_by("id"))


def open_remedies(complaint: Complaint) -> QuerySet[Remedy]:
    """Promised in this round and not done yet."""
    return complaint.remedies.filter(proposal__round=complaint.round, done_on__isnull=True).order_by("id")


def replies_of(complaint: Complaint) -> list[Reply]:
    rows = complaint.replies.select_related("complaint", "drafted_by", "reviewed_by", "sent_by")
    return list(rows.order_by("-id"))


def reply_in_hand(complaint: Complaint, kind: str = ReplyKind.REPLY) -> Reply | None:
    """The reply (or final opinion) of this round that is not sent yet."""
    rows = complaint.replies.select_related("drafted_by", "reviewed_by")
    return rows.filter(round=complaint.round, kind=kind, state__in=UNSENT).order_by("-id").first()


def told_reply(complaint: Complaint) -> Reply | None:
    """The reply of this round that the complainant has."""
    rows = complaint.replies.filter(round=complaint.round, kind=ReplyKind.REPLY, state__in=TOLD)
    return rows.order_by("-id").first()


def last_letter(complaint: Complaint) -> Reply | None:
    """What a decision letter prints: the newest reply or final opinion, sent or approved."""
    rows = complaint.replies.select_related("drafted_by", "sent_by", "complaint__lead_unit")
    return rows.filter(state__in=(*TOLD, ReplyState.APPROVED)).order_by("-id").first()


def main_step(complaint: Complaint) -> Step | None:
    """What comes next while the complainant is being answered; None at other stages."""
    if complaint.stage != Stage.FEED_BACK:
        return None
    if complaint.status == Status.SECOND_REVIEW:
        return Step.FINAL_OPINION
    told = told_reply(complaint)
    if told is None:
        return Step.SEND_REPLY
    return Step.HANDLE if told.state == ReplyState.ACCEPTED else Step.ACCEPT_REPLY


def may_resolve_at_once(complaint: Complaint) -> bool:
    """The first contact route is for ordinary complaints where nothing presses."""
    presses = complaint.is_safety or complaint.is_urgent
    return complaint.stage == Stage.CAUSE and not presses and not is_grave(complaint.importance)


def limits() -> list[Limit]:
    """The authority matrix as the rules read it."""
    approving = set(roles_with(Permission.APPROVE))
    return [Limit(row.role, row.max_amount, row.needs_second, row.role in approving) for row in authority_matrix()]


def signatures_needed(amount: Decimal, roles: Collection[str]) -> Signatures | None:
    """Who has to sign for this amount where somebody of these roles decides; None: nobody may."""
    return signatures_for(amount, limits(), roles)


# --- queues -----------------------------------------------------------------------------------------------------


def approvals_waiting(user: User) -> QuerySet[Approval]:
    """Signatures this person could give: visible, within their limit, not their own proposal; oldest first."""
    roles = [role for verbs, _path, role in grants_of(user).rows if Permission.APPROVE in verbs]
    limit = max(AuthorityLimit.objects.filter(role__in=roles).values_list("max_amount", flat=True), default=None)
    rows = Approval.objects.filter(decision="", proposal__state=ProposalState.AWAITING)
    if limit is None:
        return rows.none()
    visible = Complaint.objects.visible_to(user, Permission.APPROVE).exclude(owner=user)
    signed = Approval.objects.filter(proposal=OuterRef("proposal"), decided_by=user)
    return (
        rows.filter(Exists(visible.filter(pk=OuterRef("proposal__complaint"))), proposal__amount__lte=limit)
        .exclude(proposal__created_by=user)
        .exclude(Exists(signed))
        .select_related(
            "proposal__complaint__lead_unit", "proposal__complaint__owner", "proposal__remedy", "proposal__created_by"
        )
    )


def replies_to_review(user: User) -> QuerySet[Reply]:
    """Replies that wait for other eyes; longest waiting first."""
    visible = Complaint.objects.visible_to(user, Permission.REVIEW_REPLY).open()
    rows = Reply.objects.filter(state=ReplyState.IN_REVIEW).exclude(drafted_by=user)
    rows = rows.filter(Exists(visible.filter(pk=OuterRef("complaint"))))
    return rows.select_related("complaint__lead_unit", "drafted_by").order_by("drafted_at", "id")


def undo_until(reply: Reply) -> datetime | None:
    """Until when a sent reply may still be taken back; None where it may not."""
    if reply.state != ReplyState.SENT or not reply.message_id:
        return None
    held = OutboundMessage.objects.filter(message_id=reply.message_id, state=MessageState.HELD, not_before__gt=now())
    return held.values_list("not_before", flat=True).first()


def guided_steps() -> list[str]:
    """The six steps of talking with an upset person, as a reply follows them too."""
    return [
        _("Listen: show that you read what happened"),
        _("Apologise for the experience, and thank"),
        _("Read back what is asked for"),
        _("Take charge: what is done, by when, by whom"),
        _("Invite advice"),
        _("Say when you will follow up"),
    ]
