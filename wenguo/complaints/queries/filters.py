"""What a list of complaints is narrowed to: a value that is a query string outside and a queryset inside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from wenguo.complaints.choices import EndedAs, Source, Status
from wenguo.complaints.rules.fields import FIELDS_BY_NAME
from wenguo.complaints.rules.language import FROM_FORM, And, Condition, Node, Value, Word
from wenguo.complaints.rules.language import LONGEST as LONGEST_TEXT
from wenguo.complaints.rules.language import parse as parse_query
from wenguo.process.choices import Importance, Stage

_YES = "yes"
# A reference or a phone number with blanks in it is one word
_IS_NUMBER = re.compile(r"\s*(?:\+?[\d\s()\-–]{7,25}|[wW][gG][\s\-–]?\d{4}[\s\-–]\w{6})\s*")
# What the form calls otherwise than the language
_SAID: dict[str, tuple[str, tuple[str, ...]]] = {
    "open": ("status", ("open",)),
    "due_today": ("due", ("today",)),
}
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

    def tree(self) -> Node:
        """The form's fields and the text in the query language as one tree; a mistake in the text is raised."""
        parts = tuple(_conditions(self))
        typed = Word(self.text.strip(), 0) if _IS_NUMBER.fullmatch(self.text) else parse_query(self.text)
        if not parts:
            return typed
        return And((*(typed.parts if isinstance(typed, And) else (typed,)), *parts))

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


def _conditions(given: ComplaintFilter) -> Iterator[Node]:
    """The form's fields, said in the query language."""
    for one in fields(given):
        value = getattr(given, one.name)
        if value == one.default or one.name in ("text", "received_from", "received_to"):
            continue
        name, texts = _SAID.get(one.name, (one.name, None))
        given_values = value if isinstance(value, tuple) else (_YES if value is True else str(value),)
        yield _said(name, texts or tuple(_value_said(one.name, text) for text in given_values))
    if given.received_from or given.received_to:
        days = f"{given.received_from or ''}..{given.received_to or ''}"
        yield _said("received", (days,))


def _said(name: str, values: tuple[str, ...]) -> Condition:
    return Condition(FIELDS_BY_NAME[name], tuple(Value(text, FROM_FORM) for text in values), FROM_FORM)


def _value_said(name: str, text: str) -> str:
    """In the address a row is a plain number, and “open” is one status; the language says “#12” and “in_progress”."""
    if name in ("owner", "unit", "customer") and text.isascii() and text.isdigit():
        return f"#{text}"
    return "in_progress" if (name, text) == ("status", Status.OPEN) else text
