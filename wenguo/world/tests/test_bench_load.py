"""`wenguo bench load` writes what the actions write: compared row by row with the lives the actions told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import proven
from wenguo.complaints.actions.search import write_documents
from wenguo.complaints.models import ClockEvent, Complaint, SearchDocument
from wenguo.complaints.queries import complaint_of_token, tracking_token
from wenguo.customers.models import BlindToken, ContactPoint, Customer
from wenguo.customers.queries import find_customers
from wenguo.followup.models import Attempt
from wenguo.lib.now import moved_to
from wenguo.outbox.models import Notice, OutboundMessage
from wenguo.resolution.models import Approval
from wenguo.world.bench import load
from wenguo.world.bench.plan import LifeTemplate
from wenguo.world.bench.templates import Cell, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
COUNT = 200
# what belongs to a complaint, where it is not told by a foreign key named so
_OF: dict[Model, Callable[[Complaint], models.Q]] = {
    AuditEntry: lambda one: models.Q(chain=one.audit_chain),
    ClockEvent: lambda one: models.Q(clock__complaint=one),
    Notice: lambda one: models.Q(about=one.audit_chain) | models.Q(text__contains=one.reference),
    OutboundMessage: lambda one: models.Q(about=one.audit_chain),
    Attempt: lambda one: models.Q(call_back__complaint=one),
    Approval: lambda one: models.Q(proposal__complaint=one),
    Complaint: lambda one: models.Q(pk=one.pk),
}


@pytest.fixture
def loaded() -> Iterator[load.Load]:
    """A loaded database, and the plan it was loaded by, with the rows of each life as the actions wrote them."""
    with moved_to(NOW):
        plan = load.Load.of(COUNT, *load.prepare(dealers=3, ended=6, stopped=8))
        figures = load.fill(plan, 1, lambda _line: None)
        assert Complaint.objects.count() == COUNT
        assert figures["rows"] > COUNT * 20
        yield plan


def test_a_loaded_database_is_as_if_written_by_the_actions(loaded: load.Load) -> None:
    _each_complaint_has_the_rows_of_its_life(loaded)
    _every_chain_holds()
    _words_are_found()
    _customers_are_found()
    _receipts_open()
    _sequences_go_on()
    with pytest.raises(CommandError, match="empty"):
        call_command("bench", "load", "--complaints", "10")


def _each_complaint_has_the_rows_of_its_life(loaded: load.Load) -> None:
    seen = set()
    for number, planned in enumerate(loaded.plan):
        reference = loaded.casting.copy(number, planned).places["reference"]
        complaint = Complaint.objects.get(reference=reference)
        life = loaded.casting.lives[planned.life]
        _has_the_rows_of(complaint, life)
        seen.add((complaint.stage, complaint.status))
    assert len(seen) >= 6


def _has_the_rows_of(complaint: Complaint, life: LifeTemplate) -> None:
    for model, rows in life.template.tables.items():
        if not _tells_of_complaint(model):
            continue
        of = _OF[model](complaint) if model in _OF else models.Q(complaint=complaint)
        found = list(model._base_manager.filter(of).order_by("pk"))
        expected = [row for row in rows if model is not AuditEntry or not _of_customer(row, life)]
        assert len(found) == len(expected), (complaint.reference, model)
        for made, told in zip(found, expected, strict=True):
            empty = {cell.field.attname for cell in told if cell.slot is None and cell.constant in (None, "")}
            assert {one for one in empty if getattr(made, one) not in (None, "")} == set()
            assert {c.field.attname for c in told if getattr(made, c.field.attname) in (None, "")} == empty


def _tells_of_complaint(model: Model) -> bool:
    return model in _OF or any(one.name == "complaint" for one in model._meta.fields)


def _of_customer(row: list[Cell], life: LifeTemplate) -> bool:
    slot = next(cell.slot for cell in row if cell.field.name == "chain")
    return slot is not None and str(life.template.slots[slot].value).startswith("customer:")


def _every_chain_holds() -> None:
    assert AuditEntry.objects.count() > COUNT * 20
    assert proven().broken == []


def _words_are_found() -> None:
    """The tokens are those the actions write, but for numbers of days named in texts."""
    documents = dict(SearchDocument.objects.values_list("complaint", "tokens"))
    write_documents(list(documents))
    for key, tokens in SearchDocument.objects.values_list("complaint", "tokens"):
        different = set(tokens.split()) ^ set(documents[key].split())
        assert {one for one in different if not one.lstrip("ªi").isdigit()} == set()


def _customers_are_found() -> None:
    customer = Customer.objects.order_by("-pk")[0]
    phone = ContactPoint.objects.get(customer=customer, kind="phone").value
    assert customer.pk in [row.pk for row in find_customers(phone, User.objects.get(username="alice")).rows]
    tokens = set(BlindToken.objects.filter(customer=customer).values_list("kind", "token"))
    assert len(tokens) > 5


def _receipts_open() -> None:
    complaint = Complaint.objects.order_by("pk")[7]
    assert complaint_of_token(tracking_token(complaint)) == complaint


def _sequences_go_on() -> None:
    newest = Complaint.objects.order_by("-pk")[0]
    copy = Complaint.objects.get(pk=newest.pk)
    copy.pk, copy.reference = None, "WG-2611-000000"
    copy.save()
    assert copy.pk == newest.pk + 1
