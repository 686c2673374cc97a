"""One condition of a query, such as `status:open`, as a condition on complaints."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wenguo.accounts.access import can
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import finds_internal
from wenguo.complaints.choices import Status, Visibility
from wenguo.complaints.models import Attachment, Link, StageOutput, Task
from wenguo.complaints.queries import naming
from wenguo.complaints.queries.search import NOTHING, Reader, direct, matching, of_customers, text_of
from wenguo.complaints.queries.synonyms import synonyms
from wenguo.complaints.rules.fields import Kind
from wenguo.complaints.rules.language import FROM_FORM, Condition, Mistake, Value, misfit
from wenguo.complaints.rules.periods import period, span
from wenguo.customers.rules import wanted_tokens
from wenguo.lib.names import same_sound_tokens
from wenguo.lib.refs import parse_reference
from wenguo.process.choices import Stage

_COLUMNS = {"received": "received_at", "due": "next_due_at", "changed": "changed_at", "ended": "ended_at"}
_FILES, _TASKS, _LINKS, _CUSTOMERS = "file", "task", "link", "customer"
_HAS = {
    **dict.fromkeys(("file", "附件", "文件"), _FILES),
    **dict.fromkeys(("task", "任务", "待办"), _TASKS),
    **dict.fromkeys(("link", "关联"), _LINKS),
    **dict.fromkeys(("customer", "客户"), _CUSTOMERS),
}


@dataclass
class Asker:
    """Who asks, when, and whose words they may find. Conditions are understood once."""

    user: User
    moment: datetime
    remarks: list[str] = field(default_factory=list)
    known: dict[Condition, Q] = field(default_factory=dict)

    @cached_property
    def reader(self) -> Reader:
        return Reader(finds_internal(self.user), synonyms())


def condition_of(given: Condition, asker: Asker) -> Q:
    """Refuses what the field does not know, with its place in the query; an address with such a value finds nothing."""
    if given not in asker.known:
        try:
            asker.known[given] = _CONDITIONS[given.field.kind](given, asker)
        except Mistake:
            if given.at != FROM_FORM:
                raise
            asker.known[given] = NOTHING
    return asker.known[given]


def _choice(given: Condition, asker: Asker) -> Q:
    chosen = naming.chosen(given.field, given.values)
    found = Q(**{f"{given.field.name}__in": chosen})
    return found | _followed_up() if given.field.name == "stage" and Stage.FOLLOW_UP in chosen else found


def _followed_up() -> Q:
    """Stage 10 runs beside 11 and 12, so no row stands at it: decided, and the remedy not performed yet."""
    outputs = StageOutput.objects.filter(complaint=OuterRef("pk"), round=OuterRef("round"))
    waits = Exists(outputs.filter(stage=Stage.RESOLVE)) & ~Exists(outputs.filter(stage=Stage.FOLLOW_UP))
    beside = Q(stage__in=(Stage.FEED_BACK, Stage.CALL_BACK), status__in=(Status.OPEN, Status.HANDLED))
    return beside & Q(waits)


def _tree(given: Condition, asker: Asker) -> Q:
    found = {key for value in given.values for key in naming.nodes(given.field, value)}
    return Q(**{f"{given.field.name}__in": sorted(found)})


def _unit(given: Condition, asker: Asker) -> Q:
    return Q(lead_unit__in=sorted({key for value in given.values for key in naming.units(given.field, value)}))


def _person(given: Condition, asker: Asker) -> Q:
    found = NOTHING
    for value in given.values:
        if value.text.lower() in naming.ME:
            found |= Q(owner=asker.user)
        elif value.text.lower() in naming.NOBODY:
            found |= Q(owner__isnull=True)
        else:
            found |= Q(owner__in=naming.people(given.field, value))
    return found


def _customer(given: Condition, asker: Asker) -> Q:
    """By number for everybody, by name for those who look after customers. A name misspelt may still sound right."""
    found = NOTHING
    for value in given.values:
        if number := naming.row_number(value.text):
            found |= Q(customer=number)
        elif can(asker.user, Permission.CUSTOMERS):
            found |= _named(value, asker)
        else:
            found |= direct(value.text)
    return found


def _named(value: Value, asker: Asker) -> Q:
    exact = of_customers(wanted_tokens(value.text))
    sounds = same_sound_tokens(value.text) if exact == NOTHING else []
    found = of_customers(sounds)
    if sounds and found != NOTHING:
        asker.remarks.append(value.text)
    return exact | found


def _day(given: Condition, asker: Asker) -> Q:
    found, column = NOTHING, _COLUMNS[given.field.name]
    for value in given.values:
        days = period(value.text, timezone.localdate(asker.moment))
        if days is None:
            misfit(given.field, value)
        one = Q(**{f"{column}__isnull": False})
        if days.first:
            one &= Q(**{f"{column}__gte": _midnight(days.first)})
        if days.last and days.last < date.max:
            one &= Q(**{f"{column}__lt": _midnight(days.last + timedelta(days=1))})
        found |= one
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _number(given: Condition, asker: Asker) -> Q:
    found = NOTHING
    for value in given.values:
        numbers = span(value.text)
        if numbers is None:
            misfit(given.field, value)
        one = Q(**{f"{given.field.name}__isnull": False})
        if numbers.least is not None:
            one &= Q(**{f"{given.field.name}__gte": numbers.least})
        if numbers.most is not None:
            one &= Q(**{f"{given.field.name}__lte": numbers.most})
        found |= one
    return found


def _yes(given: Condition, asker: Asker) -> Q:
    meant = {
        "overdue": Q(next_due_at__lt=asker.moment),
        "urgent": Q(is_urgent=True),
        "waiting": Q(status=Status.WAITING),
        "chased": Q(chased__gt=0),
        "reopened": Q(reopened__gt=0),
        "safety": Q(is_safety=True),
        "vulnerable": Q(is_vulnerable=True),
        "disputed": Q(is_disputed=True),
        "anonymous": Q(is_anonymous=True),
    }[given.field.name]
    found = NOTHING
    for value in given.values:
        found |= meant if naming.is_yes(given.field, value) else ~meant
    return found


def _has(given: Condition, asker: Asker) -> Q:
    files = Attachment.objects.filter(complaint=OuterRef("pk"))
    if not asker.reader.finds_internal:
        files = files.filter(visibility=Visibility.PUBLIC)
    meant = {
        _FILES: Q(Exists(files)),
        _TASKS: Q(Exists(Task.objects.filter(complaint=OuterRef("pk"), done_at=None))),
        _LINKS: Q(Exists(Link.objects.filter(complaint=OuterRef("pk"))))
        | Q(Exists(Link.objects.filter(other=OuterRef("pk")))),
        _CUSTOMERS: Q(customer__isnull=False),
    }
    found = NOTHING
    for value in given.values:
        if value.text.lower() not in _HAS:
            misfit(given.field, value, naming.closest(value.text, _HAS))
        found |= meant[_HAS[value.text.lower()]]
    return found


def _plain_text(given: Condition, asker: Asker) -> Q:
    found = NOTHING
    for value in given.values:
        if given.field.name == "reference":
            reference = parse_reference(value.text)
            found |= Q(reference=reference) if reference else Q(reference__startswith=value.text.upper())
        elif text := text_of(value.text, asker.reader):
            found |= Q(pk__in=matching(text), order_reference__icontains=value.text)
    return found


_CONDITIONS: dict[Kind, Callable[[Condition, Asker], Q]] = {
    Kind.CHOICE: _choice,
    Kind.TREE: _tree,
    Kind.UNIT: _unit,
    Kind.PERSON: _person,
    Kind.CUSTOMER: _customer,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.YES: _yes,
    Kind.HAS: _has,
    Kind.TEXT: _plain_text,
}
