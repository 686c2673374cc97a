"""How the matches of a list spread: counted over the newest of them, so that it costs the same at any size."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import EndedAs, Source, Status
from wenguo.complaints.queries.filters import ComplaintFilter
from wenguo.complaints.queries.lists import MOST_COUNTED, asked, newest
from wenguo.lib.errors import Refused
from wenguo.process.choices import Importance, Stage
from wenguo.process.models import TaxonomyNode

MOST_VALUES = 12

# facet (and filter of the same name) → column
FACETS: dict[str, str] = {
    "status": "status",
    "stage": "stage",
    "importance": "importance",
    "unit": "lead_unit_id",
    "owner": "owner_id",
    "product": "product_id",
    "issue": "issue_id",
    "channel": "channel_id",
    "satisfaction": "satisfaction",
    "ended_as": "ended_as",
    "source": "source",
}
_CHOICES = {"status": Status, "stage": Stage, "importance": Importance, "ended_as": EndedAs, "source": Source}
_ROWS: dict[str, type[Model]] = {
    "unit": Unit,
    "owner": User,
    "product": TaxonomyNode,
    "issue": TaxonomyNode,
    "channel": TaxonomyNode,
}


@dataclass(frozen=True)
class FacetValue:
    """One value with how many matches have it; `value` is what the filter of this name is set to."""

    value: str
    label: str
    number: int


@dataclass(frozen=True)
class Facet:
    name: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Spread:
    """The facets of a list, and over how many of its newest matches they were counted."""

    facets: list[Facet]
    counted: int
    is_capped: bool


def spread_of(user: User, given: ComplaintFilter, names: Collection[str] = tuple(FACETS)) -> Spread:
    """The commonest values of each facet; what has no value is left out."""
    unknown = [name for name in names if name not in FACETS]
    if unknown:
        known = ", ".join(FACETS)
        raise Refused(_("There is no facet “%(name)s”. There are: %(known)s.") % {"name": unknown[0], "known": known})
    rows, is_capped = newest(asked(user, given))
    columns = [FACETS[name] for name in names]
    found = list(rows.values_list(*columns)[: MOST_COUNTED + 1])
    is_capped = is_capped or len(found) > MOST_COUNTED
    counters = [
        Counter(value for value in column if value not in (None, ""))
        for column in zip(*found[:MOST_COUNTED], strict=True)
    ]
    facets = [_facet(name, counter) for name, counter in zip(names, counters, strict=bool(found)) if counter]
    return Spread(facets, min(len(found), MOST_COUNTED), is_capped)


def _facet(name: str, counter: "Counter[Any]") -> Facet:
    common = counter.most_common(MOST_VALUES)
    named = _named(name, [value for value, _number in common])
    return Facet(name, [FacetValue(*named(value), number) for value, number in common])


def _named(name: str, values: list[Any]) -> Callable[[Any], tuple[str, str]]:
    """What a value is called in an address, and what people call it."""
    if name in _CHOICES:
        labels: Mapping[Any, Any] = dict(_CHOICES[name].choices)
        return lambda value: (str(value), str(labels.get(value, value)))
    if name not in _ROWS:
        return lambda value: (str(value), str(value))
    rows: dict[Any, Any] = _ROWS[name]._default_manager.in_bulk(values)
    by_code = _ROWS[name] is TaxonomyNode
    return lambda value: (rows[value].code if by_code else str(value), rows[value].name)
