"""Customers for machines. Contact points are masked; `reveal` shows them whole and is recorded."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from wenguo.accounts.access import caller_for, check_permission
from wenguo.accounts.choices import Permission, Scope
from wenguo.accounts.models import Unit, User
from wenguo.customers import actions, queries
from wenguo.customers.access import get_customer_for
from wenguo.customers.api.schemas import (
    ConsentIn,
    CustomerChange,
    CustomerIn,
    CustomerList,
    CustomerOut,
    HoldingIn,
    InteractionIn,
    InteractionOut,
    MergeIn,
    Paging,
    PointIn,
    PointOut,
    ReasonIn,
)
from wenguo.customers.models import ContactPoint, Customer, Interaction
from wenguo.lib.errors import Refused
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode

router = Router(tags=["customers"])


def reader(request: HttpRequest) -> User:
    return caller_for(request.auth, Scope.CUSTOMERS_READ)  # type: ignore[attr-defined]


def writer(request: HttpRequest) -> User:
    return caller_for(request.auth, Scope.CUSTOMERS_WRITE)  # type: ignore[attr-defined]


def found_for(user: User, pk: int) -> Customer:
    try:
        return get_customer_for(user, pk)
    except Customer.DoesNotExist as gone:
        raise Http404 from gone


def shown(customer: Customer, user: User) -> dict[str, Any]:
    page = queries.customer_page(customer, user)
    fields = ("version", "kind", "value_tier", "is_vulnerable", "language", "note")
    return {
        "id": customer.pk,
        "name": page.name,
        **{field: getattr(customer, field) for field in fields},
        "contact_points": [point.__dict__ | {"id": point.pk} for point in page.points],
        "holdings": [holding.__dict__ | {"id": holding.pk} for holding in page.holdings],
        "consents": [
            {
                "purpose": row.purpose,
                "is_given": row.newest and row.newest.is_given,
                "at": row.newest and row.newest.at,
            }
            for row in page.consents
        ],
    }


def shown_interaction(row: Interaction) -> dict[str, Any]:
    fields = ("direction", "at", "summary", "about")
    return {"id": row.pk, "channel": row.channel.code, **{field: getattr(row, field) for field in fields}}


@router.get("", response=CustomerList, summary="Find customers", operation_id="list_customers")
def list_customers(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    page = queries.find_customers(paging.q, reader(request), cursor=paging.cursor, size=paging.limit)
    items = [row.__dict__ | {"id": row.pk} for row in page.rows]
    return {"items": items, "next": page.next_cursor, "previous": page.previous_cursor}


@router.post("", response={201: CustomerOut}, summary="Find or record a customer", operation_id="create_customer")
def create_customer(request: HttpRequest, body: CustomerIn) -> Any:
    user = writer(request)
    check_permission(user, Permission.CUSTOMERS)  # the answer shows who was found
    return Status(201, shown(actions.find_or_create_customer(by=user, **body.dict()), user))


@router.get("/{pk}", response=CustomerOut, summary="Read a customer", operation_id="read_customer")
def read_customer(request: HttpRequest, pk: int) -> dict[str, Any]:
    user = reader(request)
    return shown(found_for(user, pk), user)


@router.patch("/{pk}", response=CustomerOut, summary="Change a customer", operation_id="change_customer")
def change_customer(request: HttpRequest, pk: int, body: CustomerChange) -> dict[str, Any]:
    user = writer(request)
    return shown(actions.change_customer(found_for(user, pk), by=user, **body.dict()), user)


@router.post(
    "/{pk}/contact-points", response={201: CustomerOut}, summary="Add a contact point", operation_id="add_contact_point"
)
def add_contact_point(request: HttpRequest, pk: int, body: PointIn) -> Any:
    user = writer(request)
    customer = found_for(user, pk)
    actions.add_contact_point(customer, by=user, **body.dict())
    return Status(201, shown(found_for(user, pk), user))


@router.delete(
    "/{pk}/contact-points/{point}",
    response={204: None},
    summary="Remove a contact point",
    operation_id="remove_contact_point",
)
def remove_contact_point(request: HttpRequest, pk: int, point: int) -> Any:
    user = writer(request)
    row = ContactPoint.objects.filter(customer=found_for(user, pk), pk=point).select_related("customer").first()
    if row is None:
        raise Http404
    actions.remove_contact_point(row, by=user)
    return Status(204, None)


@router.post("/{pk}/holdings", response={201: CustomerOut}, summary="Add a product", operation_id="add_holding")
def add_holding(request: HttpRequest, pk: int, body: HoldingIn) -> Any:
    user = writer(request)
    given = body.dict() | {
        "product": _node(TreeKind.PRODUCT, body.product) if body.product else None,
        "dealer": _unit(body.dealer) if body.dealer else None,
    }
    actions.add_holding(found_for(user, pk), by=user, **given)
    return Status(201, shown(found_for(user, pk), user))


@router.post("/{pk}/consents", response={201: CustomerOut}, summary="Record consent", operation_id="record_consent")
def record_consent(request: HttpRequest, pk: int, body: ConsentIn) -> Any:
    user = writer(request)
    actions.record_consent(found_for(user, pk), by=user, **body.dict())
    return Status(201, shown(found_for(user, pk), user))


@router.get(
    "/{pk}/interactions",
    response=list[InteractionOut],
    summary="The contact log, newest first, at most 50",
    operation_id="list_interactions",
)
def list_interactions(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    rows = queries.interactions_of(found_for(reader(request), pk))[: queries.LATEST_INTERACTIONS]
    return [shown_interaction(row) for row in rows]


@router.post(
    "/{pk}/interactions", response={201: InteractionOut}, summary="Record a contact", operation_id="log_interaction"
)
def log_interaction(request: HttpRequest, pk: int, body: InteractionIn) -> Any:
    user = writer(request)
    given = body.dict() | {"channel": _node(TreeKind.CHANNEL, body.channel)}
    return Status(201, shown_interaction(actions.log_interaction(found_for(user, pk), by=user, **given)))


@router.post(
    "/{pk}/reveal",
    response=list[PointOut],
    summary="Show contact points whole; recorded with the reason",
    operation_id="reveal_customer",
)
def reveal_customer(request: HttpRequest, pk: int, body: ReasonIn) -> list[dict[str, Any]]:
    user = reader(request)
    points = actions.reveal_customer(found_for(user, pk), by=user, reason=body.reason)
    fields = ("id", "kind", "label", "value", "is_primary")
    return [
        {**{field: getattr(one, field) for field in fields}, "is_verified": one.verified_at is not None}
        for one in points
    ]


@router.post("/{pk}/merge", response=CustomerOut, summary="Merge into another customer", operation_id="merge_customer")
def merge_customer(request: HttpRequest, pk: int, body: MergeIn) -> dict[str, Any]:
    user = writer(request)
    target = found_for(user, body.target)
    return shown(actions.merge_customers(found_for(user, pk), target, by=user, reason=body.reason), user)


def _node(tree: TreeKind, code: str) -> TaxonomyNode:
    found = TaxonomyNode.objects.of(tree).filter(code=code).first()
    if found is None:
        raise Refused(_("There is no node with the code %(code)s.") % {"code": code}, field=tree.value)
    return found


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused(_("There is no unit with the code %(code)s.") % {"code": code}, field="dealer")
    return found
