"""Options: at least two are weighed, each with a date and an amount."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.access import check_proposes
from wenguo.resolution.actions.noting import check_no_strings, note_done
from wenguo.resolution.choices import PaymentKind, ProposalState
from wenguo.resolution.models import Proposal

MAX_AMOUNT = Decimal("9999999999")
CHANGEABLE = (ProposalState.DRAFT, ProposalState.REJECTED)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an option offers; the same for the page, the API and the first contact route."""

    title: str
    remedy: TaxonomyNode
    promised_on: date
    description: str = ""
    payment: str = PaymentKind.NONE
    amount: Decimal = Decimal(0)
    is_below_law: bool = False


@written_together()
def propose(complaint: Complaint, offer: Offer, *, by: User) -> Proposal:
    """Adds an option of this round. One below what the law gives may be noted, never chosen."""
    complaint = lock_complaint(complaint)
    check_proposes(by, complaint)
    return write_proposal(complaint, offer, by)


def write_proposal(complaint: Complaint, offer: Offer, by: User) -> Proposal:
    """Under the caller's lock."""
    _check_offer(offer)
    proposal = Proposal(complaint=complaint, round=complaint.round, created_at=now(), created_by=by)
    _fill(proposal, offer)
    note_done(complaint, "proposed", _said(proposal), by=by, body=_facts(proposal))
    return proposal


@written_together()
def change_proposal(proposal: Proposal, offer: Offer, *, by: User) -> Proposal:
    """Better terms for an option nobody has signed yet."""
    complaint = lock_complaint(proposal.complaint)
    check_proposes(by, complaint)
    proposal = Proposal.objects.get(pk=proposal.pk)
    if proposal.state not in CHANGEABLE:
        raise Refused(_("This option is being signed or was decided. Add another one instead."))
    _check_offer(offer)
    proposal.state = ProposalState.DRAFT
    proposal.approvals.all().delete()
    _fill(proposal, offer)
    note_done(complaint, "proposal_changed", _said(proposal), by=by, body=_facts(proposal))
    return proposal


@written_together()
def drop_proposal(proposal: Proposal, *, by: User, reason: str = "") -> Proposal:
    """Not this one; a signature asked for it is not needed any more."""
    complaint = lock_complaint(proposal.complaint)
    check_proposes(by, complaint)
    proposal = Proposal.objects.get(pk=proposal.pk)
    if proposal.state in (ProposalState.CHOSEN, ProposalState.DROPPED):
        raise Refused(_("This option was decided already."))
    proposal.state = ProposalState.DROPPED
    proposal.save()
    said = _("Option dropped: %(title)s. %(reason)s") % {"title": proposal.title, "reason": reason.strip()}
    note_done(complaint, "proposal_dropped", said, by=by, body={"proposal": proposal.pk})
    return proposal


def _check_offer(offer: Offer) -> None:
    if not offer.title.strip():
        raise Refused(_("Give the option a short name."), field="title")
    if offer.remedy.tree != TreeKind.REMEDY:
        raise Refused(_("Choose a remedy from its tree."), field="remedy")
    if offer.payment not in PaymentKind.values:
        raise Refused(_("Choose the kind of payment."), field="payment")
    if not 0 <= offer.amount <= MAX_AMOUNT or offer.amount != offer.amount.quantize(Decimal("0.01")):
        raise Refused(_("The amount must not be negative and has at most two decimals."), field="amount")
    if bool(offer.amount) != (offer.payment != PaymentKind.NONE):
        raise Refused(_("Amount and kind of payment belong together: give both, or neither."), field="amount")
    check_date(offer.promised_on)
    check_no_strings(f"{offer.title}\n{offer.description}", "description")


def check_date(promised_on: date) -> None:
    today = timezone.localdate(now())
    if promised_on < today:
        raise Refused(_("The promised date lies in the past. Choose today or a later day."), field="promised_on")
    if promised_on.year > today.year + 5:
        raise Refused(_("The promised date is more than five years away. Check the year."), field="promised_on")


def _fill(proposal: Proposal, offer: Offer) -> None:
    proposal.title, proposal.description = offer.title.strip()[:200], offer.description.strip()
    proposal.remedy, proposal.payment, proposal.amount = offer.remedy, offer.payment, offer.amount
    proposal.promised_on, proposal.is_below_law = offer.promised_on, offer.is_below_law
    proposal.save()


def _facts(proposal: Proposal) -> dict[str, object]:
    return {
        "proposal": proposal.pk,
        "remedy": proposal.remedy.code,
        "payment": proposal.payment,
        "amount": str(proposal.amount),
        "promised_on": proposal.promised_on.isoformat(),
        "is_below_law": proposal.is_below_law,
    }


def _said(proposal: Proposal) -> str:
    money = f" · ¥{proposal.amount}" if proposal.amount else ""
    below = " · " + _("below what the law gives") if proposal.is_below_law else ""
    head = _("Option: %(title)s") % {"title": proposal.title}
    return f"{head}{money} · {proposal.promised_on.isoformat()}{below}"
