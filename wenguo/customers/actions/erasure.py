"""Asking for an erasure and deciding about it. The worker counts and erases, in a room above all (`world.forget`)."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions.guard import checked_text, lock_customer
from wenguo.customers.choices import ErasureGround, ErasureState
from wenguo.customers.models import Customer, Erasure
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now


@transaction.atomic
def ask_for_erasure(customer: Customer, *, by: Actor, ground: str, is_confirmed: bool = False) -> Erasure:
    """The worker shall count what would go; nothing is erased before somebody has seen the count and confirmed.

    `is_confirmed` is for the command, whose caller has confirmed already and carries it out at once.
    """
    check_may_erase(by)
    customer = lock_customer(customer)
    person = by if isinstance(by, User) else None
    if ground not in ErasureGround.values:
        raise Refused(_("Choose why the data shall go."), field="ground")
    state = ErasureState.CONFIRMED if is_confirmed else ErasureState.CHECKING
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(
                customer=customer, ground=ground, state=state, asked_at=now(), asked_by=person
            )
    except IntegrityError as twice:
        raise Refused(_("An erasure of this customer is under way already.")) from twice
    record(customer, "erasure_asked", by=by, body={"erasure": erasure.pk, "ground": ground})
    return erasure


@transaction.atomic
def confirm_erasure(erasure: Erasure, *, by: User) -> Erasure:
    """Now it may be done: the worker erases for good."""
    check_may_erase(by)
    customer = lock_customer(erasure.customer)
    erasure = _locked(erasure, ErasureState.READY)
    erasure.state, erasure.confirmed_by = ErasureState.CONFIRMED, by
    erasure.save(update_fields=["state", "confirmed_by"])
    record(customer, "erasure_confirmed", by=by, body={"erasure": erasure.pk})
    return erasure


@transaction.atomic
def drop_erasure(erasure: Erasure, *, by: User) -> Erasure:
    """Not now, after all."""
    check_may_erase(by)
    customer = lock_customer(erasure.customer)
    erasure = _locked(erasure, ErasureState.READY)
    end_erasure(erasure, ErasureState.DROPPED)
    record(customer, "erasure_dropped", by=by, body={"erasure": erasure.pk})
    return erasure


@transaction.atomic
def hold_data(customer: Customer, *, by: User, reason: str) -> Customer:
    """A lawsuit or an authority needs the data: nothing of this customer can be erased until the hold is lifted."""
    check_may_erase(by)
    customer = lock_customer(customer)
    customer.held_reason = checked_text(reason, "reason", 300)
    if not customer.held_reason:
        raise Refused(_("Say what the data are needed for, for example the number of the lawsuit."), field="reason")
    customer.save(update_fields=["held_reason"])
    record(customer, "data_held", by=by)
    return customer


@transaction.atomic
def lift_hold(customer: Customer, *, by: User) -> Customer:
    """What the data were needed for is over."""
    check_may_erase(by)
    customer = lock_customer(customer)
    if not customer.held_reason:
        raise Refused(_("The data are not held."))
    customer.held_reason = ""
    customer.save(update_fields=["held_reason"])
    record(customer, "data_hold_lifted", by=by)
    return customer


def note_count(erasure: Erasure, gone: Mapping[str, int], refusals: Sequence[str]) -> None:
    """What the worker found: what would go, or why nothing may."""
    erasure.gone, erasure.refusals = dict(gone), list(refusals)
    erasure.state = ErasureState.REFUSED if refusals else ErasureState.READY
    erasure.ended_at = now() if refusals else None
    erasure.save(update_fields=["gone", "refusals", "state", "ended_at"])


def end_erasure(erasure: Erasure, state: ErasureState, **facts: object) -> None:
    """Done, refused or dropped; `facts` are further fields of the row."""
    for field, value in {"state": state, "ended_at": now(), **facts}.items():
        setattr(erasure, field, value)
    erasure.save(update_fields=["state", "ended_at", *facts])


def _locked(erasure: Erasure, state: ErasureState) -> Erasure:
    locked = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if locked.state != state:
        said = _("This is not possible now: the erasure is “%(state)s”.")
        raise Refused(said % {"state": locked.get_state_display()})
    return locked
