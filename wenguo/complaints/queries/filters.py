"""What a list of complaints is narrowed to: a value that is a query string outside and a queryset inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from django.db.models import Q
from django.utils import timezone

from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import OPEN_STATUSES, EndedAs, Source, Status
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.complaints.queries.search import search
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node

LONGEST_TEXT = 200
_CHOICES: dict[str, Sequence[str]] = {
    "status": Status.values,
    "stage": Stage.values,
    "importance": Importance.values,
    "ended_as": EndedAs.values,
    "source": Source.values,
    "satisfaction": ("1", "2", "3", "4", "5"),
}


@dataclass(frozen=True, kw_only=True)
class ComplaintFilter:
    """Empty is no restriction. `owner` is "me", "none" or a user's id; units, products and issues with all below."""

    text: str = ""
    status: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    importance: tuple[str, ...] = ()
    ended_as: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    satisfaction: tuple[str, ...] = ()
    open: bool = False
    urgent: bool = False
    overdue: bool = False
    due_today: bool = False
    waiting: bool = False
    chased: bool = False
    reopened: bool = False
    owner: str = ""
    unit: str = ""
    product: str = ""
    issue: str = ""
    channel: str = ""
    customer: str = ""
    received_from: date | None = None
    received_to: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """From a query string's values; what is unknown or misspelt is left out."""
        known: dict[str, Any] = {}
        for one in fields(cls):
            values = [value.replace("\0", "").strip() for value in query.get(one.name, ())]
            if values := [value for value in values if value]:
                known[one.name] = _read(one.name, one.default, values)
        return cls(**known)

    @classmethod
    def from_string(cls, text: str) -> Self:
        return cls.from_query(parse_qs(text.lstrip("?")))

    def to_query(self) -> dict[str, list[str]]:
        """Only what is set, so that addresses stay short."""
        found: dict[str, list[str]] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value == one.default:
                continue
            found[one.name] = list(value) if isinstance(value, tuple) else ["1" if value is True else str(value)]
        return found

    def to_string(self) -> str:
        return urlencode(self.to_query(), doseq=True)

    def but(self, **changes: Any) -> Self:
        """The same filter with some values changed."""
        return replace(self, **changes)

    @property
    def is_empty(self) -> bool:
        return not self.to_query()


def _read(name: str, default: object, values: list[str]) -> object:
    if name in _CHOICES:
        return tuple(value for value in dict.fromkeys(values) if value in _CHOICES[name])
    if isinstance(default, bool):
        return values[-1] in ("1", "true", "on", "yes")
    if name.startswith("received_"):
        return _day(values[-1])
    return values[-1][:LONGEST_TEXT]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def filtered(user: User, given: ComplaintFilter, moment: datetime) -> ComplaintQuerySet:
    """The complaints this person may see, narrowed down."""
    rows = Complaint.objects.visible_to(user)
    if given.text:
        rows = rows.filter(search(given.text))
    return rows.filter(_choices(given), _flags(given, moment), _belonging(given, user), _received(given))


def _choices(given: ComplaintFilter) -> Q:
    condition = Q()
    for name in _CHOICES:
        if values := getattr(given, name):
            condition &= Q(**{f"{name}__in": values})
    return condition


def _flags(given: ComplaintFilter, moment: datetime) -> Q:
    tomorrow = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    conditions = {
        "open": Q(status__in=OPEN_STATUSES),
        "urgent": Q(is_urgent=True),
        "overdue": Q(next_due_at__lt=moment),
        "due_today": Q(next_due_at__gte=moment, next_due_at__lt=tomorrow),
        "waiting": Q(status=Status.WAITING),
        "chased": Q(chased__gt=0),
        "reopened": Q(reopened__gt=0),
    }
    found = Q()
    for name, condition in conditions.items():
        if getattr(given, name):
            found &= condition
    return found


def _belonging(given: ComplaintFilter, user: User) -> Q:
    found = _owner(given.owner, user)
    if given.unit:
        unit = Unit.objects.filter(pk=_number(given.unit)).first()
        found &= Q(lead_unit__in=Unit.objects.under(unit)) if unit else Q(pk__in=())
    for name, tree in (("product", TreeKind.PRODUCT), ("issue", TreeKind.ISSUE), ("channel", TreeKind.CHANNEL)):
        if code := getattr(given, name):
            top = node(tree, code)
            found &= Q(**{f"{name}__in": TaxonomyNode.objects.under(top)}) if top else Q(pk__in=())
    if given.customer:
        found &= Q(customer=_number(given.customer))
    return found


def _owner(owner: str, user: User) -> Q:
    if owner == "me":
        return Q(owner=user)
    if owner == "none":
        return Q(owner__isnull=True)
    return Q(owner=_number(owner)) if owner else Q()


def _number(text: str) -> int:
    """0, which nothing has, for what is no number of a row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _received(given: ComplaintFilter) -> Q:
    found = Q()
    if given.received_from:
        found &= Q(received_at__gte=_midnight(given.received_from))
    if given.received_to and given.received_to < date.max:
        found &= Q(received_at__lt=_midnight(given.received_to + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
