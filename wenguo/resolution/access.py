"""Who proposes, signs, reviews and answers. `check_…` raises a sentence the user may read."""

from decimal import Decimal

from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import can_on, check_open, check_permission_on, get_complaint_for
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage
from wenguo.process.models import AuthorityLimit
from wenguo.resolution.choices import ProposalState, ReplyKind
from wenguo.resolution.models import Approval, Proposal, Remedy, Reply

PROPOSING = (Stage.CAUSE, Stage.RESOLVE)
DRAFTING = (Stage.CAUSE, Stage.RESOLVE, Stage.FOLLOW_UP, Stage.FEED_BACK)


def check_proposes(user: User, complaint: Complaint) -> None:
    """Options are worked out from the cause analysis on, until one is decided."""
    check_open(complaint)
    check_permission_on(user, complaint, Permission.HANDLE)
    if complaint.stage not in PROPOSING or complaint.status != Status.OPEN:
        raise Refused(_("Options are worked out between the cause analysis and the decision."))


def can_propose(user: User, complaint: Complaint) -> bool:
    try:
        check_proposes(user, complaint)
    except (NotAllowed, Refused):
        return False
    return True


def check_drafts(user: User, complaint: Complaint, kind: str) -> None:
    """Replies are drafted by those who handle, the final opinion by the second review, never by the owner."""
    check_open(complaint)
    if kind == ReplyKind.FINAL_OPINION:
        check_permission_on(user, complaint, Permission.SECOND_REVIEW)
        if complaint.owner_id == user.pk:
            raise NotAllowed(_("The owner of a complaint cannot do this: it needs someone independent."))
        if complaint.status != Status.SECOND_REVIEW:
            raise Refused(_("A final opinion is written in the second review, after a refused reply."))
        return
    check_permission_on(user, complaint, Permission.HANDLE)
    if complaint.stage not in DRAFTING or complaint.status != Status.OPEN:
        raise Refused(_("A reply is written once the complaint is being handled, and before it is answered."))


def can_draft(user: User, complaint: Complaint, kind: str) -> bool:
    try:
        check_drafts(user, complaint, kind)
    except (NotAllowed, Refused):
        return False
    return True


def check_reviews(user: User, reply: Reply) -> None:
    """Four eyes: whoever drafted it does not review it; a final opinion is not reviewed by the owner either."""
    complaint = reply.complaint
    if reply.kind == ReplyKind.FINAL_OPINION and can_on(user, complaint, Permission.SECOND_REVIEW):
        pass
    else:
        check_permission_on(user, complaint, Permission.REVIEW_REPLY)
    if reply.drafted_by_id == user.pk:
        raise NotAllowed(_("You drafted this yourself, so somebody else reviews it."))
    if reply.kind == ReplyKind.FINAL_OPINION and complaint.owner_id == user.pk:
        raise NotAllowed(_("The owner of a complaint cannot do this: it needs someone independent."))


def can_review(user: User, reply: Reply) -> bool:
    try:
        check_reviews(user, reply)
    except NotAllowed:
        return False
    return True


def largest_amount(user: User, complaint: Complaint) -> Decimal | None:
    """Up to which amount this person may sign for others on this complaint; None: not at all."""
    rows = [(path, role) for verbs, path, role in grants_of(user).rows if Permission.APPROVE in verbs]
    involved = list(complaint.involvements.values_list("unit__path", flat=True))
    roles = {
        role
        for path, role in rows
        if path.count("/") == 2 or any(place.startswith(path) for place in involved)
    }  # fmt: skip
    limits = AuthorityLimit.objects.filter(role__in=roles).values_list("max_amount", flat=True)
    return max(limits, default=None)


def check_approves(user: User, approval: Approval) -> None:
    """Permission, a limit that covers the amount, and four eyes: neither the proposer nor the owner signs."""
    proposal = approval.proposal
    complaint = proposal.complaint
    check_permission_on(user, complaint, Permission.APPROVE)
    if user.pk in (proposal.created_by_id, complaint.owner_id):
        raise NotAllowed(_("You proposed this or own the complaint, so somebody else signs."))
    limit = largest_amount(user, complaint)
    if limit is None or limit < proposal.amount:
        raise NotAllowed(
            _("¥%(amount)s is above your limit. It needs: %(role)s.")
            % {"amount": proposal.amount, "role": approval.get_role_display()}
        )
    if proposal.state != ProposalState.AWAITING or approval.decision:
        raise Refused(_("This does not wait for a signature any more."))
    if proposal.approvals.filter(decided_by=user).exists():
        raise NotAllowed(_("You signed already. The second signature is somebody else's."))


def can_approve(user: User, approval: Approval) -> bool:
    try:
        check_approves(user, approval)
    except (NotAllowed, Refused):
        return False
    return True


def check_sees_approvals(user: User) -> None:
    check_permission(user, Permission.APPROVE)


def get_proposal_for(user: User, reference: str, pk: int) -> Proposal:
    rows = Proposal.objects.select_related("complaint", "remedy")
    return rows.get(complaint=get_complaint_for(user, reference), pk=pk)


def get_approval_for(user: User, reference: str, pk: int) -> Approval:
    rows = Approval.objects.select_related("proposal__complaint__lead_unit", "proposal__remedy", "proposal__created_by")
    return rows.get(proposal__complaint=get_complaint_for(user, reference), pk=pk)


def get_remedy_for(user: User, reference: str, pk: int) -> Remedy:
    return Remedy.objects.select_related("complaint", "proposal").get(
        complaint=get_complaint_for(user, reference), pk=pk
    )


def get_reply_for(user: User, reference: str, pk: int) -> Reply:
    complaint = get_complaint_for(user, reference)
    reply = Reply.objects.select_related("drafted_by", "reviewed_by").get(complaint=complaint, pk=pk)
    reply.complaint = complaint
    return reply
