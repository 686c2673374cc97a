"""Deciding the remedy: one option of at least two, signed where the amount asks for it."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from wenguo.accounts.access import grants_of
from wenguo.accounts.models import User
from wenguo.complaints.actions.clocks import Terms, start_clock
from wenguo.complaints.actions.guard import advance, guard_step
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import Row
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import update, written_together
from wenguo.process.choices import LimitUnit, Stage
from wenguo.resolution.actions.approvals import ask_signatures, check_may_ask
from wenguo.resolution.actions.proposals import check_date
from wenguo.resolution.choices import ProposalState
from wenguo.resolution.models import Proposal, Remedy
from wenguo.resolution.queries import signatures_needed
from wenguo.resolution.rules import MIN_OPTIONS, PROMISE, Signatures, is_words_only


@written_together()
def decide_remedy(
    complaint: Complaint, proposal: Proposal, *, by: User, note: str = "", version: int | None = None
) -> Proposal:
    """Chooses an option. Where its amount needs signatures they are asked for first, and the complaint stays;
    once they are there the same verb decides. `state` of what comes back tells which of the two happened."""
    complaint, row = guard_step(complaint, Step.DECIDE, by=by, version=version)
    proposal = _choosable(complaint, proposal)
    if complaint.proposals.filter(round=complaint.round, is_below_law=False).count() < MIN_OPTIONS:
        raise Refused(_("Weigh at least two options before deciding. Add another one."), field="proposal")
    needed = needed_for(proposal, by)
    if needed.count and proposal.state != ProposalState.APPROVED:
        check_may_ask(complaint, proposal, by)
        ask_signatures(complaint, proposal, needed, by=by)
        return proposal
    choose(complaint, row, proposal, by=by, note=note)
    return proposal


def needed_for(proposal: Proposal, by: User) -> Signatures:
    """Who signs for this option; refused where nobody's authority covers it."""
    needed = signatures_needed(proposal.amount, grants_of(by).roles)
    if needed is None:
        raise Refused(
            _("Nobody's authority covers ¥%(amount)s. Choose a smaller amount, or ask management to raise a limit "
              "in the authority matrix.")
            % {"amount": proposal.amount},
            field="proposal",
        )  # fmt: skip
    return needed


def choose(
    complaint: Complaint, row: Row, proposal: Proposal, *, by: User, note: str = "", route: str = "options"
) -> None:
    """Takes the step under the caller's lock: the option chosen, the others dropped, the remedy promised."""
    options = dict(complaint.proposals.filter(round=complaint.round).values_list("pk", "state"))
    others = [key for key, state in options.items() if key != proposal.pk and state != ProposalState.REJECTED]
    if others:
        complaint.proposals.filter(pk__in=others).update(state=ProposalState.DROPPED)
    proposal.state = ProposalState.CHOSEN
    update(proposal, ["state"])
    if not is_words_only(proposal.remedy.path, proposal.amount):
        _promise(complaint, proposal, by)
    output = {
        "proposal": proposal.pk,
        "remedy": proposal.remedy.code,
        "payment": proposal.payment,
        "amount": str(proposal.amount),
        "promised_on": proposal.promised_on.isoformat(),
        "options": len(options),
        "route": route,
    }
    said = "\n".join(part for part in (proposal.title, note.strip()) if part)
    advance(complaint, row, by=by, output=output, note=said)


def _choosable(complaint: Complaint, proposal: Proposal) -> Proposal:
    fresh = complaint.proposals.select_related("remedy").filter(pk=proposal.pk, round=complaint.round).first()
    if fresh is None:
        raise Refused(_("Choose an option of this round."), field="proposal")
    if fresh.is_below_law:
        raise Refused(
            _("This option is below what the law gives, so it is never offered. Choose another one."), field="proposal"
        )
    if fresh.state in (ProposalState.REJECTED, ProposalState.DROPPED):
        raise Refused(_("This option was rejected or dropped. Choose another one."), field="proposal")
    check_date(fresh.promised_on)
    return fresh


def _promise(complaint: Complaint, proposal: Proposal, by: User) -> None:
    """The remedy and its own clock: the last day promised, whole."""
    Remedy.objects.create(
        complaint=complaint,
        proposal=proposal,
        what=proposal.title,
        amount=proposal.amount,
        promised_on=proposal.promised_on,
    )
    days = (proposal.promised_on - _today(complaint)).days
    terms = Terms(PROMISE, "承诺兑现", "Promise kept", max(days, 0), LimitUnit.CALENDAR_DAY, Stage.FOLLOW_UP)
    start_clock(complaint, terms, by=by)


def _today(complaint: Complaint) -> date:
    """Today where the standard's calendar counts."""
    return now().astimezone(ZoneInfo(complaint.standard.calendar.time_zone)).date()
