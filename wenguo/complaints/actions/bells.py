"""Ringing colleagues: one line behind the bell, in the language of whoever hears it."""

from collections.abc import Callable, Iterable

from django.utils import translation

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.accounts.queries import acting_for
from wenguo.complaints.models import Complaint
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.outbox.actions import ring

MOST_LEADS = 3


def people_in_charge(complaint: Complaint) -> list[User]:
    """The owner, or whoever took it in while there is none; the deputy while absent."""
    person = complaint.owner or complaint.first_owner
    if person is None:
        return []
    acting = acting_for(person, now())
    return [acting] if acting.is_active else []


def leads_of(complaint: Complaint) -> list[User]:
    """Who leads the unit that has it now: nearest first, a few only."""
    unit = complaint.lead_unit or complaint.receiving_unit
    return people_with(Permission.BULK, unit)[:MOST_LEADS] if unit else []


def ring_people(complaint: Complaint, people: Iterable[User], kind: str, text: Callable[[], str]) -> None:
    """Rings each person once. `text` is called in each one's language."""
    for person in {person.pk: person for person in people}.values():
        with translation.override(person.language):
            line = f"{complaint.reference} {text()}"
        address = path("complaint", reference=complaint.reference)
        ring(person.pk, kind, line, path=address, about=complaint.audit_chain)
