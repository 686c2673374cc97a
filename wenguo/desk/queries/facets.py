"""The facets of a list as links: how many have it, and the list narrowed to it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from wenguo.accounts.models import User
from wenguo.complaints.queries import Facet, spread_of
from wenguo.desk.queries.address import ListAddress

_NAMES = {
    "status": gettext_lazy("Status"),
    "stage": gettext_lazy("Stage"),
    "importance": gettext_lazy("Importance"),
    "unit": gettext_lazy("Lead unit"),
    "owner": gettext_lazy("Owner"),
    "product": gettext_lazy("Product"),
    "issue": gettext_lazy("Issue"),
    "channel": gettext_lazy("Channel"),
    "satisfaction": gettext_lazy("Satisfaction"),
    "ended_as": gettext_lazy("Ended as"),
    "source": gettext_lazy("Where from"),
}
_SEVERAL = frozenset({"status", "stage", "importance", "satisfaction", "ended_as", "source"})


@dataclass(frozen=True)
class Link:
    """One value: chosen already, or a click away."""

    label: str
    number: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Refinement:
    label: str
    links: list[Link]


@dataclass(frozen=True)
class Refinements:
    """All facets; `counted` says over how many of the newest matches where there are more."""

    groups: list[Refinement]
    counted: str
    is_capped: bool


def refinements(user: User, address: ListAddress) -> Refinements:
    found = spread_of(user, address.filter)
    groups = [Refinement(str(_NAMES[facet.name]), _links(facet, address)) for facet in found.facets]
    return Refinements(groups, f"{found.counted:,}", found.is_capped)


def _links(facet: Facet, address: ListAddress) -> list[Link]:
    """A click adds the value, a second one takes it away."""
    links = []
    for one in facet.values:
        present = getattr(address.filter, facet.name)
        is_chosen = one.value in present if facet.name in _SEVERAL else one.value == present
        wanted: object = "" if is_chosen else one.value
        if facet.name in _SEVERAL:
            wanted = tuple(value for value in present if value != one.value) if is_chosen else (*present, one.value)
        query = address.but(**{facet.name: wanted}).to_string()
        links.append(Link(one.label, f"{one.number:,}", f"{query}&facets=1" if query else "facets=1", is_chosen))
    return links
