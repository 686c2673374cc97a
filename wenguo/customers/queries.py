"""Finding customers by what was typed, and what their page shows. Merged customers are read as one family."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.customers.access import name_for
from wenguo.customers.choices import ContactKind, Purpose, ValueTier
from wenguo.customers.models import BlindToken, Consent, ContactPoint, Customer, Erasure, Holding, Interaction
from wenguo.customers.rules import Token, mask_contact, mask_serial, traces_of, wanted_tokens
from wenguo.lib.fields import blind
from wenguo.lib.pages import Order, Page, keyset_page

ORDER: Order = (("created_at", "desc"), ("id", "desc"))
LATEST_INTERACTIONS = 50


@dataclass(frozen=True)
class CustomerRow:
    """One line of a list, as this user may see it."""

    pk: int
    name: str
    kind: str
    is_key: bool
    is_vulnerable: bool
    phone: str
    email: str
    owns: str
    customer: Customer


@dataclass(frozen=True)
class PointShown:
    pk: int
    kind: str
    kind_label: str
    label: str
    value: str
    is_primary: bool
    is_preferred: bool  # primary among several of its kind
    is_verified: bool
    is_own: bool  # False: of a customer merged into this one, changed there no more


@dataclass(frozen=True)
class HoldingShown:
    pk: int
    name: str
    serial: str
    bought_on: date | None
    dealer: str
    mileage_km: int | None


@dataclass(frozen=True)
class ConsentShown:
    """The decision that holds for a purpose, and the ones before it; `newest` None: never asked."""

    purpose: Purpose
    newest: Consent | None
    history: list[Consent] = field(default_factory=list)


@dataclass(frozen=True)
class CustomerPage:
    """Everything this room knows of a customer, masked for this user."""

    customer: Customer
    name: str
    contact_person: str
    points: list[PointShown]
    holdings: list[HoldingShown]
    consents: list[ConsentShown]
    interactions: list[Interaction]


def family(customer: Customer) -> list[int]:
    """The customer and those merged into them: whose rows are to be read."""
    return [customer.pk, *Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)]


def traces(customer: Customer, *, with_names: bool = False) -> frozenset[str]:
    """By what a text can be told to speak of this customer (`rules.speaks_of`); names alone may be somebody else's."""
    keys = family(customer)
    rows = Customer.objects.filter(pk__in=keys) if with_names else Customer.objects.none()
    points = ContactPoint.objects.filter(customer__in=keys).exclude(kind=ContactKind.ADDRESS)
    serials = [row.serial for row in Holding.objects.filter(customer__in=keys)]
    names = [name for row in rows for name in (row.full_name, row.contact_person)]
    return traces_of(names, [(point.kind, point.value) for point in points], serials)


def reasons_to_hold(customer: Customer) -> list[str]:
    """Why nothing of this customer may be erased now, as far as this room knows; sentences that say what to do."""
    held = Customer.objects.filter(pk__in=family(customer)).exclude(held_reason="")
    said = _("The data are held (%(reason)s). Lift the hold first, when what they are needed for is over.")
    return [said % {"reason": row.held_reason} for row in held]


def erasures_of(customer: Customer) -> QuerySet[Erasure]:
    """What was asked about erasing this customer, newest first."""
    rows = Erasure.objects.filter(customer__in=family(customer))
    return rows.select_related("asked_by", "confirmed_by").order_by("-pk")


def find_customers(text: str, user: User, *, cursor: str | None = None, size: int = 50) -> Page[CustomerRow]:
    """Customers by a number typed any way, its last four digits, e-mail, VIN, id number, or a name.

    Of a name single characters, pinyin and initials will do. Without text the newest; what cannot be looked
    up finds nobody.
    """
    check_permission(user, Permission.CUSTOMERS)
    rows = Customer.objects.filter(merged_into=None)
    if text.strip():
        rows = rows.filter(_matching(wanted_tokens(text)))
    page = keyset_page(rows.prefetch_related(*_for_rows()), ORDER, cursor, size)
    return Page([row_of(customer, user) for customer in page.rows], page.next_cursor, page.previous_cursor)


def row_of(customer: Customer, user: User) -> CustomerRow:
    """The customer as one line; `contact_points` and `holdings__product` should be prefetched."""
    points = sorted(customer.contact_points.all(), key=lambda one: (not one.is_primary, one.pk))
    shown = {
        kind: next((mask_contact(kind, one.value) for one in points if one.kind == kind), "") for kind in ContactKind
    }
    return CustomerRow(
        pk=customer.pk,
        name=name_for(user, customer),
        kind=customer.kind,
        is_key=customer.value_tier == ValueTier.KEY,
        is_vulnerable=customer.is_vulnerable,
        phone=shown[ContactKind.PHONE],
        email=shown[ContactKind.EMAIL],
        owns="、".join(_holding_name(one) for one in customer.holdings.all()),
        customer=customer,
    )


def customer_row(pk: int, user: User) -> CustomerRow:
    return row_of(Customer.objects.prefetch_related(*_for_rows()).get(pk=pk), user)


def customer_page(customer: Customer, user: User) -> CustomerPage:
    """All parts of the customer's page. Complaints are counted by the rooms above."""
    keys = family(customer)
    points = list(ContactPoint.objects.filter(customer__in=keys).order_by("kind", "-is_primary", "pk"))
    several = Counter(point.kind for point in points)
    holdings = (
        Holding.objects.filter(customer__in=keys).select_related("product", "dealer").order_by("-bought_on", "-pk")
    )
    return CustomerPage(
        customer=customer,
        name=name_for(user, customer),
        contact_person=customer.contact_person and name_for(user, Customer(full_name=customer.contact_person)),
        points=[_point(one, customer, several[one.kind] > 1) for one in points],
        holdings=[_holding(one) for one in holdings],
        consents=consents_of(customer),
        interactions=list(interactions_of(customer)[:LATEST_INTERACTIONS]),
    )


def interactions_of(customer: Customer) -> QuerySet[Interaction]:
    """The contact log of the family, newest first."""
    rows = Interaction.objects.filter(customer__in=family(customer))
    return rows.select_related("channel", "by").order_by("-at", "-pk")


def consents_of(customer: Customer) -> list[ConsentShown]:
    """What holds per purpose: the newest decision of the family."""
    rows = list(Consent.objects.filter(customer__in=family(customer)).order_by("-at", "-pk"))
    shown = []
    for purpose in Purpose:
        decisions = [row for row in rows if row.purpose == purpose]
        shown.append(ConsentShown(purpose, decisions[0] if decisions else None, decisions[1:]))
    return shown


def has_consent(customer: Customer, purpose: Purpose) -> bool:
    """The newest decision about this purpose; nobody asked means no."""
    newest = Consent.objects.filter(customer__in=family(customer), purpose=purpose).order_by("-at", "-pk").first()
    return newest is not None and newest.is_given


def _for_rows() -> "tuple[str | Prefetch[str], ...]":
    return ("contact_points", Prefetch("holdings", Holding.objects.select_related("product")))


def _matching(alternatives: list[frozenset[Token]]) -> Q:
    """All tokens of one alternative; a merged customer's tokens count for the one it was merged into."""
    found = Q(pk__in=[])
    for wanted in alternatives:
        every = Q()
        for kind, value in sorted(wanted):
            owners = BlindToken.objects.filter(token=blind(kind, value))
            every &= Q(pk__in=owners.values_list(Coalesce(F("customer__merged_into"), F("customer"))))
        found |= every
    return found


def _point(point: ContactPoint, customer: Customer, one_of_several: bool) -> PointShown:
    return PointShown(
        pk=point.pk,
        kind=point.kind,
        kind_label=point.get_kind_display(),
        label=point.label,
        value=mask_contact(point.kind, point.value),
        is_primary=point.is_primary,
        is_preferred=point.is_primary and one_of_several,
        is_verified=point.verified_at is not None,
        is_own=point.customer_id == customer.pk,
    )


def _holding(holding: Holding) -> HoldingShown:
    return HoldingShown(
        pk=holding.pk,
        name=_holding_name(holding),
        serial=mask_serial(holding.serial),
        bought_on=holding.bought_on,
        dealer=holding.dealer.name if holding.dealer else "",
        mileage_km=holding.mileage_km,
    )


def _holding_name(holding: Holding) -> str:
    named = holding.product.name if holding.product else ""
    known = (holding.product.name_zh, holding.product.name_en) if holding.product else ()
    described = "" if holding.description in known else holding.description
    return " ".join(part for part in (named, described) if part) or mask_serial(holding.serial)
