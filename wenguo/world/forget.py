"""Forgetting a person: every room's `forget` in order, in one transaction, or a sentence why not (ADR-0015)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.audit.actions import forget_reads
from wenguo.complaints import actions as complaints
from wenguo.complaints.actions.files import file_path
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import reasons_to_keep
from wenguo.customers import actions as customers
from wenguo.customers.actions import Tally
from wenguo.customers.choices import Erased, ErasureState
from wenguo.customers.models import Customer, Erasure
from wenguo.customers.queries import family, reasons_to_hold, traces
from wenguo.customers.rules import speaks_of
from wenguo.desk import actions as desk
from wenguo.dispatch import actions as dispatch
from wenguo.followup import actions as followup
from wenguo.intake import actions as intake
from wenguo.investigation import actions as investigation
from wenguo.lib.actors import SYSTEM, Actor
from wenguo.outbox import actions as outbox
from wenguo.outbox.queries import being_sent
from wenguo.portal import actions as portal
from wenguo.resolution import actions as resolution
from wenguo.supervision import actions as supervision

# upper rooms first: they find what is theirs by what lower rooms still know
ROOMS: list[Callable[..., Tally]] = [
    desk.forget,
    portal.forget,
    supervision.forget,
    intake.forget,
    followup.forget,
    resolution.forget,
    investigation.forget,
    dispatch.forget,
    complaints.forget,
]


@dataclass
class Forgotten:
    """How much of what went, and the contents of files that nobody needs any more; or why nothing went."""

    gone: Tally = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@transaction.atomic
def forget(customer: Customer, *, by: Actor, ground: str) -> Forgotten:
    """All or nothing. The contents of files are named, not removed: that cannot be taken back (`remove_files`)."""
    locked = Customer.objects.select_for_update().get(pk=customer.pk)
    refusals = _refusals(locked, ground)
    if refusals:
        return Forgotten(refusals=refusals)
    contents = complaints.contents_of(locked) | portal.contents_held(locked)
    gone: Tally = {}
    for room in [*_beside(locked), *ROOMS]:
        gone |= room(locked, by=by)
    gone |= customers.forget(locked, by=by, why={"ground": ground, "gone": _something(gone)})
    return Forgotten(_something(gone), sorted(contents - _needed(contents)))


def foresee(customer: Customer, *, by: Actor, ground: str) -> Forgotten:
    """What `forget` would do: it is done, and taken back."""
    with transaction.atomic():
        forgotten = forget(customer, by=by, ground=ground)
        transaction.set_rollback(True)
    return forgotten


def carry_out(erasure: Erasure, *, by: Actor = SYSTEM) -> Forgotten:
    """Erases for a confirmed request: rows and result in one transaction, then files, which a killed worker resumes."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
        if erasure.state != ErasureState.CONFIRMED:
            return Forgotten(gone=erasure.gone)  # another worker was faster
        done = forget(erasure.customer, by=erasure.confirmed_by or by, ground=erasure.ground)
        if done.refusals:
            customers.end_erasure(erasure, ErasureState.REFUSED, refusals=done.refusals)
        else:
            customers.end_erasure(erasure, ErasureState.DONE, gone=done.gone, files=done.files)
    remove_files(erasure)
    return done


def remove_files(erasure: Erasure) -> None:
    """The contents named by an erasure, unless some other complaint has brought the same file meanwhile."""
    for content in sorted(set(erasure.files) - _needed(set(erasure.files))):
        default_storage.delete(file_path(content))
    erasure.files = []
    erasure.save(update_fields=["files"])


def _refusals(customer: Customer, ground: str) -> list[str]:
    if customer.merged_into_id is not None:
        return [_("This customer was merged into another one. Work on that one.")]
    if customer.forgotten_at is not None:
        return [_("This customer's data were erased already.")]
    sending = [_("A message to this customer is being sent this moment. Try again in a minute.")]
    return [
        *reasons_to_hold(customer),
        *reasons_to_keep(customer, ground),
        *portal.reasons_to_wait(customer),
        *(sending if being_sent(_chains(customer)) else []),
    ]


def _beside(customer: Customer) -> list[Callable[..., Tally]]:
    """Rooms that know no customers are told by chains and words. Before the others: they need what is erased there."""
    chains, references = _chains(customer), set(_references(customer))
    numbers, names = traces(customer), traces(customer, with_names=True)

    def speaks(text: str) -> bool:
        return speaks_of(text, numbers) or any(reference in text for reference in references)

    def messages(_customer: Customer, *, by: Actor) -> Tally:
        return {Erased.MESSAGES: outbox.forget(chains, speaks)}

    def reads(_customer: Customer, *, by: Actor) -> Tally:
        return {Erased.READS: forget_reads(chains, lambda text: speaks_of(text, names))}

    return [messages, reads]


def _chains(customer: Customer) -> set[str]:
    """The audit's names of the person and of everything they complained of."""
    people = {f"customer:{key}" for key in family(customer)}
    return people | {f"complaint:{reference}" for reference in _references(customer)}


def _references(customer: Customer) -> list[str]:
    return list(Complaint.objects.filter(customer__in=family(customer)).values_list("reference", flat=True))


def _needed(contents: set[str]) -> set[str]:
    return complaints.in_use(contents) | portal.held_contents(contents)


def _something(gone: Tally) -> Tally:
    """JSON keeps plain words; what was not there is not listed."""
    return {str(what): count for what, count in gone.items() if count}
