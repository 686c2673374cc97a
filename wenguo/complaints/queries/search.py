"""The full-text index asked: which words must occur, as the index of either database understands it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from wenguo.complaints.choices import FileReading
from wenguo.complaints.models import FileText
from wenguo.complaints.rules import marks
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import BlindToken
from wenguo.customers.rules import wanted_tokens
from wenguo.lib.fields import blind
from wenguo.lib.refs import parse_reference
from wenguo.lib.text import query_tokens

NOTHING = Q(pk__in=())
MOST_CUSTOMERS = 1000
# Only what is as good as a name plate leads from a customer's data to complaints; names and last digits do not.
_DIRECT = frozenset({ContactKind.PHONE.value, ContactKind.EMAIL.value, ContactKind.ID_NUMBER.value, "serial"})
_SQLITE = "SELECT rowid FROM complaints_search WHERE complaints_search MATCH %s"
_POSTGRESQL = "SELECT complaint_id FROM complaints_searchdocument WHERE complaints_search_tokens(tokens) @@ %s::tsquery"


@dataclass(frozen=True)
class All:
    """All of these occur, and none of `without`."""

    parts: tuple["Text", ...]
    without: tuple["Text", ...] = ()


@dataclass(frozen=True)
class Any:
    """One of these occurs at least."""

    parts: tuple["Text", ...]


Text: TypeAlias = str | All | Any


@dataclass(frozen=True)
class Reader:
    """Whose words are looked at, and what counts as the same word."""

    finds_internal: bool = True
    synonyms: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def search(text: str, *, finds_internal: bool = False) -> Q:
    """Complaints in which all words occur; a reference, phone number, e-mail address or serial number finds directly.

    Nothing searchable typed (only punctuation) matches nothing. Empty text is no restriction. Plain words: for the
    query language see `queries.meaning`.
    """
    if not text.strip():
        return Q()
    if reference := parse_reference(text):
        return Q(reference=reference)
    words = text_of(text, Reader(finds_internal))
    return direct(text) | (Q(pk__in=matching(words)) if words else NOTHING)


def leads_directly(text: str) -> bool:
    """Could it be somebody's phone number, e-mail address, ID or serial number?"""
    return any(_is_direct(wanted) for wanted in wanted_tokens(text))


def direct(text: str) -> Q:
    """Complaints of the customer who has this phone number, e-mail address, ID or serial number."""
    return of_customers([wanted for wanted in wanted_tokens(text) if _is_direct(wanted)])


def _is_direct(wanted: Iterable[tuple[str, str]]) -> bool:
    return all(kind in _DIRECT for kind, _value in wanted)


def of_customers(alternatives: Iterable[Iterable[tuple[str, str]]]) -> Q:
    """Complaints of customers who have all tokens of one alternative; of the newest MOST_CUSTOMERS of them.

    The customers are read now: asked for inside the statement, every complaint would be held against them.
    """
    owners = {owner for wanted in alternatives for owner in _owners(sorted(wanted))}
    return Q(customer__in=sorted(owners)) if owners else NOTHING


def _owners(wanted: Sequence[tuple[str, str]]) -> Iterable[int]:
    tokens = [BlindToken.objects.filter(token=blind(kind, value)) for kind, value in wanted]
    rows = tokens[0]
    for other in tokens[1:]:
        rows = rows.filter(customer__in=other.values("customer"))
    return rows.order_by("-customer").values_list("customer", flat=True)[:MOST_CUSTOMERS]


def text_of(text: str, reader: Reader) -> Text | None:
    """What the index must hold for these words; None when nothing searchable was typed."""
    words = query_tokens(text)
    if len(words) < 2:
        return _word(words[0], reader) if words else None
    same = [_all_of(other, Reader(reader.finds_internal)) for other in reader.synonyms.get(" ".join(words), ())]
    found = _all_of(words, reader)
    return Any((found, *same)) if same else found


def _all_of(words: Sequence[str], reader: Reader) -> Text:
    parts = tuple(_word(word, reader) for word in words)
    return parts[0] if len(parts) == 1 else All(parts)


def _word(word: str, reader: Reader) -> Text:
    found: list[Text] = [word]
    if reader.finds_internal:
        found.append(marks.internal(word))
    found += [_all_of(other, Reader(reader.finds_internal)) for other in reader.synonyms.get(word, ())]
    return found[0] if len(found) == 1 else Any(tuple(found))


def matching(text: Text) -> RawSQL:
    """The numbers of the complaints whose index holds this."""
    if connection.vendor == "sqlite":
        return RawSQL(_SQLITE, (_sqlite(text),))  # noqa: S611 - words are a parameter
    return RawSQL(_POSTGRESQL, (_postgresql(text),))  # noqa: S611 - words are a parameter


def matching_ids(words: Sequence[str]) -> RawSQL:
    """The numbers of the complaints whose index holds all these tokens."""
    return matching(All(tuple(words)))


def listed(keys: Sequence[int]) -> RawSQL:
    """Many numbers as one parameter."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(list(keys)),))
    return RawSQL("SELECT unnest(%s::bigint[])", (list(keys),))


def keys_of(text: Text, most: int) -> list[int]:
    """The numbers of so many complaints at most whose index holds this, in no order."""
    found = matching(text)
    with connection.cursor() as cursor:
        cursor.execute(f"{found.sql} LIMIT %s", (*found.params, most))
        return [key for (key,) in cursor.fetchall()]


def _sqlite(text: Text) -> str:
    if isinstance(text, str):
        return f'"{text}"'
    word = " AND " if isinstance(text, All) else " OR "
    found = "(" + word.join(_sqlite(part) for part in text.parts) + ")"
    if isinstance(text, All) and text.without:
        return f"({found} NOT ({' OR '.join(_sqlite(part) for part in text.without)}))"
    return found


def _postgresql(text: Text) -> str:
    if isinstance(text, str):
        return f"'{text}'"
    sign = " & " if isinstance(text, All) else " | "
    parts = [_postgresql(part) for part in text.parts]
    if isinstance(text, All):
        parts += ["!" + _postgresql(part) for part in text.without]
    return "(" + sign.join(parts) + ")"


def files_to_read() -> QuerySet[FileText]:
    """Files whose text is not in the search yet, oldest first; found through a partial index."""
    waiting = FileText.objects.filter(state=FileReading.WAITING)
    return waiting.select_related("attachment__complaint").order_by("attachment")
