"""Who is this? A contact point typed any way finds its owner; else a customer is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from wenguo.accounts.access import can
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record, record_many
from wenguo.customers.access import check_may_take_in
from wenguo.customers.actions.guard import (
    blind_contact,
    blinded,
    checked_contact,
    checked_language,
    checked_name,
    index_customer,
    touch,
)
from wenguo.customers.choices import ContactKind, CustomerKind
from wenguo.customers.models import BlindToken, ContactPoint, Customer
from wenguo.customers.rules import Known, Token, customer_tokens, may_join
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.locks import hold_words
from wenguo.lib.now import now

LEADING = (ContactKind.PHONE, ContactKind.EMAIL)  # what leads to an owner, in this order


@transaction.atomic
def find_or_create_customer(
    *,
    by: Actor,
    name: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    wechat: str = "",
    kind: str = CustomerKind.PERSON,
    contact_person: str = "",
    language: str = "zh-hans",
) -> Customer:
    """The owner of the phone number or e-mail address, or a new customer.

    Colleagues who keep customers add what is new to the owner found; a stranger's complaint is put to an owner only
    when it brings nothing new (`rules.may_join`), else it gets a customer of its own, and colleagues merge.
    Of two at once with one number, the second waits and finds the first.
    """
    check_may_take_in(by)
    name = checked_name(name)
    contacts = _checked(phone=phone, email=email, address=address, wechat=wechat)
    trusted = isinstance(by, User) and can(by, Permission.CUSTOMERS)
    hold_words(blind_contact(kind, value) for kind, value in contacts if kind in LEADING)
    found = _owner(name, contacts, trusted)
    if found is None:
        person = checked_name(contact_person)
        one = NewCustomer(name, contacts, _kind(kind), checked_language(language), person)
        return new_customers([one], by=by, event="created")[0]
    if trusted:
        _complete(found, name, contacts, by)
    return found


@dataclass(frozen=True)
class NewCustomer:
    """A customer to be made; contacts are normalised (kind, value)."""

    name: str
    contacts: Sequence[Token] = ()
    kind: CustomerKind = CustomerKind.PERSON
    language: str = "zh-hans"
    contact_person: str = ""
    serials: Sequence[str] = field(default=())


def new_customers(given: Sequence[NewCustomer], *, by: Actor, event: str) -> list[Customer]:
    """Makes customers with their contact points, tokens and audit entries, in a few statements for many."""
    moment = now()
    customers = Customer.objects.bulk_create(
        Customer(
            kind=one.kind,
            full_name=one.name,
            contact_person=one.contact_person,
            language=one.language,
            created_at=moment,
        )
        for one in given
    )
    pairs = list(zip(customers, given, strict=True))
    ContactPoint.objects.bulk_create(
        point for customer, one in pairs for point in _points(customer, one.contacts, primary=True)
    )
    BlindToken.objects.bulk_create(
        BlindToken(customer=customer, kind=kind, token=token)
        for customer, one in pairs
        for kind, token in sorted(blinded(customer_tokens([one.name, one.contact_person], one.contacts, one.serials)))
    )
    bodies = [
        (customer, {"kind": one.kind, "contacts": [kind for kind, _value in one.contacts]}) for customer, one in pairs
    ]
    record_many(event, bodies, by=by)
    return customers


def _kind(kind: str) -> CustomerKind:
    if kind not in CustomerKind.values:
        raise Refused(_("Choose person or organisation."), field="kind")
    return CustomerKind(kind)


def _checked(**typed: str) -> list[Token]:
    return [(kind, checked_contact(kind, text, field=kind)) for kind, text in typed.items() if text.strip()]


def _points(customer: Customer, contacts: Iterable[Token], *, primary: bool) -> list[ContactPoint]:
    return [
        ContactPoint(customer=customer, kind=kind, value=value, blind=blind_contact(kind, value), is_primary=primary)
        for kind, value in contacts
    ]


def _owner(name: str, contacts: Sequence[Token], trusted: bool) -> Customer | None:
    """The customer a phone number leads to, else the e-mail address; one with the same name first, then the oldest."""
    for kind in LEADING:
        blinds = [blind_contact(kind, value) for known, value in contacts if known == kind]
        owners = _owners(kind, blinds)
        fitting = [one for one in owners if may_join(_known(one), name, contacts)]
        chosen = fitting or (owners if trusted else [])
        if chosen:
            return chosen[0].merged_into or chosen[0]
    return None


def _owners(kind: str, blinds: Sequence[str]) -> list[Customer]:
    if not blinds:
        return []
    points = ContactPoint.objects.filter(kind=kind, blind__in=blinds)
    rows = Customer.objects.filter(pk__in=points.values("customer")).select_related("merged_into").order_by("pk")
    return list(rows.prefetch_related(Prefetch("contact_points"))[:20])


def _known(customer: Customer) -> Known:
    contacts = frozenset((point.kind, point.value) for point in customer.contact_points.all())
    return Known(customer.pk, customer.full_name, contacts)


def _complete(customer: Customer, name: str, contacts: Sequence[Token], by: Actor) -> None:
    """What a colleague heard and we did not know yet."""
    points = {(point.kind, point.value) for point in customer.contact_points.all()}
    kinds = {kind for kind, _value in points}
    new = [one for one in contacts if one not in points]
    if not new and (not name or customer.full_name):
        return
    for kind, value in new:
        ContactPoint.objects.bulk_create(_points(customer, [(kind, value)], primary=kind not in kinds))
    if name and not customer.full_name:
        customer.full_name = name
        customer.save(update_fields=["full_name"])
    touch(customer)
    index_customer(customer)
    record(customer, "completed", by=by, body={"contacts": [kind for kind, _value in new]})
