"""The contact log and what customers agreed to. Both only grow."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.customers.access import check_may_change, check_may_contact
from wenguo.customers.actions.guard import checked_text, lock_customer
from wenguo.customers.choices import Direction, Purpose
from wenguo.customers.models import Consent, Customer, Interaction
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode

LONGEST_SUMMARY = 20_000
EARLIEST_YEAR = 1990


@transaction.atomic
def log_interaction(
    customer: Customer | None,
    *,
    by: Actor,
    direction: str,
    channel: TaxonomyNode,
    summary: str = "",
    at: datetime | None = None,
    about: str = "",
    duration_s: int | None = None,
) -> Interaction:
    """One contact in or out. `customer` None: nobody knows yet who it was."""
    if customer is not None:
        customer = lock_customer(customer.merged_into or customer)
    check_may_contact(by)
    moment = now()
    if channel.tree != TreeKind.CHANNEL:
        raise Refused(_("Choose a channel from the channel tree."), field="channel")
    if at and at > moment + timedelta(minutes=5):
        raise Refused(_("The time lies in the future. Check date and time."), field="at")
    if at and at.year < EARLIEST_YEAR:
        raise Refused(_("The date lies too far back. Check the year."), field="at")
    interaction = Interaction.objects.create(
        customer=customer,
        direction=Direction(direction),
        channel=channel,
        at=at or moment,
        by=by if isinstance(by, User) else None,
        summary=checked_text(summary, "summary", LONGEST_SUMMARY),
        about=about[:100],
        duration_s=duration_s,
    )
    if customer is not None:
        body = {"interaction": interaction.pk, "direction": str(direction), "channel": channel.code}
        record(customer, "contact_logged", by=by, body=body)
    return interaction


@transaction.atomic
def record_consent(customer: Customer, *, by: Actor, purpose: str, is_given: bool, source: str) -> Consent:
    """The customer agreed, or withdrew: a new row each time, so that the history stays."""
    customer = lock_customer(customer)
    check_may_change(by)
    if not source.strip():
        raise Refused(_("Say where the customer said so: which call, form or letter."), field="source")
    consent = Consent.objects.create(
        customer=customer,
        purpose=Purpose(purpose),
        is_given=is_given,
        source=checked_text(source, "source", 100),
        at=now(),
        by=by.audit_name[:200],
    )
    event = "consent_given" if is_given else "consent_withdrawn"
    record(customer, event, by=by, body={"purpose": str(purpose)})
    return consent
