"""Signatures by the authority matrix: the smallest role that covers the amount, two people where it says so."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import ring_about
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.outbox.choices import NoticeKind
from wenguo.resolution.access import check_approves, check_proposes, largest_amount
from wenguo.resolution.actions.noting import note_done
from wenguo.resolution.choices import Decision, ProposalState
from wenguo.resolution.models import Approval, Proposal
from wenguo.resolution.rules import Signatures


def ask_signatures(complaint: Complaint, proposal: Proposal, needed: Signatures, *, by: User) -> None:
    """Under the caller's lock: the option waits, those who may sign hear of it."""
    people = _signers(complaint, proposal)
    if len(people) < needed.count:
        raise Refused(
            _("¥%(amount)s needs %(n)d signature(s) of %(role)s, and there are not enough people who may sign. "
              "Ask management to name somebody in the authority matrix, or choose a smaller amount.")
            % {"amount": proposal.amount, "n": needed.count, "role": Role(needed.role).label},
            field="proposal",
        )  # fmt: skip
    proposal.state = ProposalState.AWAITING
    proposal.save()
    proposal.approvals.all().delete()
    moment = now()
    Approval.objects.bulk_create(
        Approval(proposal=proposal, role=needed.role, asked_at=moment) for _number in range(needed.count)
    )
    amount = proposal.amount
    ring_about(
        complaint, people, NoticeKind.APPROVAL, lambda: _("¥%(amount)s waits for your signature.") % {"amount": amount}
    )
    said = _("Signature asked: %(title)s · ¥%(amount)s · %(role)s") % {
        "title": proposal.title,
        "amount": amount,
        "role": Role(needed.role).label,
    }
    body = {"proposal": proposal.pk, "amount": str(amount), "role": needed.role, "count": needed.count}
    note_done(complaint, "approval_asked", said, by=by, body=body)


@written_together()
def approve_proposal(approval: Approval, *, by: User, note: str = "") -> Proposal:
    """One signature. With the last one the owner may decide."""
    complaint, approval = _locked(approval)
    check_approves(by, approval)
    _sign(approval, Decision.APPROVED, by, note)
    proposal = approval.proposal
    left = proposal.approvals.filter(decision="").count()
    if not left:
        proposal.state = ProposalState.APPROVED
        proposal.save()
        _tell_owner(complaint, proposal, by, is_approved=True)
    said = _("Signed: %(title)s · ¥%(amount)s. %(note)s")
    _note(complaint, proposal, "approved", said, note, by, left)
    return proposal


@written_together()
def reject_proposal(approval: Approval, *, by: User, note: str) -> Proposal:
    """Not signed, with the reason; the owner changes the option or takes another."""
    complaint, approval = _locked(approval)
    check_approves(by, approval)
    if not note.strip():
        raise Refused(_("Say why you do not sign."), field="note")
    _sign(approval, Decision.REJECTED, by, note)
    proposal = approval.proposal
    proposal.state = ProposalState.REJECTED
    proposal.save()
    _tell_owner(complaint, proposal, by, is_approved=False)
    _note(complaint, proposal, "rejected", _("Not signed: %(title)s · ¥%(amount)s. %(note)s"), note, by, 0)
    return proposal


def check_may_ask(complaint: Complaint, proposal: Proposal, by: User) -> None:
    check_proposes(by, complaint)
    if proposal.state == ProposalState.AWAITING:
        raise Refused(_("The option waits for a signature. Decide once it is signed."))


def _locked(approval: Approval) -> tuple[Complaint, Approval]:
    complaint = lock_complaint(approval.proposal.complaint)
    fresh = Approval.objects.select_related("proposal__created_by").get(pk=approval.pk)
    fresh.proposal.complaint = complaint
    return complaint, fresh


def _signers(complaint: Complaint, proposal: Proposal) -> list[User]:
    """Everybody who could give a signature on this option."""
    units = [involved.unit for involved in complaint.involvements.select_related("unit")]
    people = {person.pk: person for unit in units for person in people_with(Permission.APPROVE, unit)}
    excluded = {proposal.created_by_id, complaint.owner_id, complaint.respondent_user_id}
    return [
        person
        for person in people.values()
        if person.pk not in excluded and (largest_amount(person, complaint) or -1) >= proposal.amount
    ]


def _sign(approval: Approval, decision: Decision, by: User, note: str) -> None:
    approval.decision, approval.note = decision, note.strip()[:300]
    approval.decided_at, approval.decided_by = now(), by
    approval.save()


def _tell_owner(complaint: Complaint, proposal: Proposal, by: User, *, is_approved: bool) -> None:
    people = [person for person in (complaint.owner, proposal.created_by) if person]
    title = proposal.title
    ring_about(
        complaint,
        people,
        NoticeKind.APPROVAL,
        lambda: (
            (_("Signed: %(title)s. You may decide now.") if is_approved else _("Not signed: %(title)s."))
            % {"title": title}
        ),
        but=by,
    )


def _note(complaint: Complaint, proposal: Proposal, event: str, said: str, note: str, by: User, left: int) -> None:
    words = said % {"title": proposal.title, "amount": proposal.amount, "note": note.strip()}
    body = {"proposal": proposal.pk, "amount": str(proposal.amount), "left": left}
    note_done(complaint, f"proposal_{event}", words.strip(), by=by, body=body)
