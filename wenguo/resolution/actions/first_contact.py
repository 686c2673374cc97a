"""The first contact route: cause, remedy and a drafted reply in one step, each leaving its own rows."""

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import guard_step
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import take_on
from wenguo.investigation.actions import KnownCause, state_known_cause
from wenguo.lib.errors import Refused
from wenguo.lib.together import written_together
from wenguo.resolution.actions.decide import choose, needed_for
from wenguo.resolution.actions.proposals import Offer, write_proposal
from wenguo.resolution.actions.replies import draft_reply, submit_for_review
from wenguo.resolution.queries import may_resolve_at_once


@written_together()
def resolve_at_first_contact(
    complaint: Complaint,
    known: KnownCause,
    offer: Offer,
    *,
    by: User,
    reply: str = "",
    note: str = "",
    takes_on: bool = False,
    to_review: bool = False,
    version: int | None = None,
) -> Complaint:
    """The cause is known and the remedy agreed with the complainant at once, within the handler's own authority.

    Ordinary complaints only. What the complainant agreed to needs no second option; everything else stays as it is:
    the reply is still reviewed and sent, the complainant still answers it. `takes_on` accepts the dispatch first,
    `to_review` gives the drafted reply to review at once: each is its own step, in one request.
    """
    if takes_on:
        complaint, version = take_on(complaint, by=by, version=version), None
    if not may_resolve_at_once(complaint):
        raise Refused(_("A major, complex, urgent or safety complaint goes the long way: cause first, then options."))
    state_known_cause(complaint, known, by=by, note=note, version=version)
    complaint, row = guard_step(complaint, Step.DECIDE, by=by)
    proposal = write_proposal(complaint, offer, by)
    if proposal.is_below_law:
        raise Refused(_("This option is below what the law gives, so it is never offered. Choose another one."))
    if needed_for(proposal, by).count:
        raise Refused(
            _("¥%(amount)s needs a signature. Finish the cause analysis and decide among options.")
            % {"amount": proposal.amount},
            field="amount",
        )
    choose(complaint, row, proposal, by=by, note=note, route="first_contact")
    if reply.strip():
        drafted = draft_reply(complaint, by=by, body=reply)
        if to_review:
            submit_for_review(drafted, by=by)
    return complaint
