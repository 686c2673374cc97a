"""Full-text search over the segmented tokens: one restriction for every filter and order, on both databases."""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from wenguo.customers.choices import ContactKind
from wenguo.customers.models import BlindToken
from wenguo.customers.rules import wanted_tokens
from wenguo.lib.fields import blind
from wenguo.lib.refs import parse_reference
from wenguo.lib.text import query_tokens

NOTHING = Q(pk__in=())
# Only what is as good as a name plate leads from a customer's data to complaints; names and last digits do not.
_DIRECT = frozenset({ContactKind.PHONE.value, ContactKind.EMAIL.value, ContactKind.ID_NUMBER.value, "serial"})
_SQLITE = "SELECT rowid FROM complaints_search WHERE complaints_search MATCH %s"
_POSTGRESQL = (
    "SELECT complaint_id FROM complaints_searchdocument "
    "WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ %s::tsquery"
)


def search(text: str) -> Q:
    """Complaints in which all words occur; a reference, phone number, e-mail address or serial number finds directly.

    Nothing searchable typed (only punctuation) matches nothing. Empty text is no restriction.
    """
    if not text.strip():
        return Q()
    if reference := parse_reference(text):
        return Q(reference=reference)
    found = NOTHING
    if words := query_tokens(text):
        found |= Q(pk__in=matching_ids(words))
    for wanted in wanted_tokens(text):
        if all(kind in _DIRECT for kind, _value in wanted):
            found |= _of_customer(wanted)
    return found


def matching_ids(words: list[str]) -> RawSQL:
    """The numbers of the complaints whose index holds all these tokens."""
    if connection.vendor == "sqlite":
        return RawSQL(_SQLITE, (" AND ".join(f'"{word}"' for word in words),))  # noqa: S611 - words are a parameter
    return RawSQL(_POSTGRESQL, (" & ".join(f"'{word}'" for word in words),))  # noqa: S611 - words are a parameter


def _of_customer(wanted: frozenset[tuple[str, str]]) -> Q:
    every = Q()
    for kind, value in sorted(wanted):
        owners = BlindToken.objects.filter(token=blind(kind, value)).values("customer")
        every &= Q(customer__in=owners)
    return every
