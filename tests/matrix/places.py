"""Every address of the product, and the values that fill it for one complaint of the after-sales workshop."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wenguo.complaints.models import Complaint


@dataclass(frozen=True)
class Place:
    """One named address with its parameters."""

    name: str
    parameters: tuple[str, ...]


def places() -> list[Place]:
    """All named addresses outside the API, each once, in the order of their names."""
    found = {place.name: place for place in _walk(get_resolver().url_patterns, "") if not place.name.startswith("api:")}
    return [found[name] for name in sorted(found)]


def _walk(patterns: list[Any], namespace: str) -> Iterator[Place]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif isinstance(one, URLPattern) and one.name:
            yield Place(f"{namespace}{one.name}", tuple(one.pattern.regex.groupindex))


def address(place: Place, values: Mapping[str, Any]) -> str:
    """The path; a parameter takes the value for `<name> <parameter>`, `<room> <parameter>` or `<parameter>`."""
    room = place.name.partition(":")[0]
    kwargs = {}
    for parameter in place.parameters:
        keys = (f"{place.name} {parameter}", f"{room} {parameter}", parameter)
        kwargs[parameter] = next(values[key] for key in keys if key in values)
    return reverse(place.name, kwargs=kwargs)


def values_for(complaint: Complaint, people: Mapping[str, Any]) -> dict[str, Any]:
    """What fills the addresses; 0 where this complaint has no such row."""
    allegation = complaint.allegations.get()
    proposal = complaint.proposals.order_by("id").first()
    remedy = complaint.remedies.order_by("id").first()
    standard = complaint.standard
    rows = {
        "desk kind": "csv",
        "desk:used_in kind": "issue",
        "desk:used_in key": "gearbox-noise",
        "insights figure": "timeliness",
        "insights key": "overview",
        "insights count": "received",
        "insights:register_export kind": "csv",
        "insights kind": "monthly",
        "insights paper": 0,
        "insights regime": "cn-bank",
        "insights axis": "reason",
        "investigation pk": allegation.pk,
        "investigation:cause_remove pk": complaint.causes.get().pk,
        "resolution pk": proposal.pk if proposal else 0,
        "body proposal": proposal.pk if proposal else 0,
        "body remedy": remedy.pk if remedy else 0,
        "resolution:review pk": complaint.replies.get().pk,
        "resolution:undo pk": complaint.replies.get().pk,
        "complaints clock": complaint.clocks.order_by("id")[0].pk,
        "customers pk": complaint.customer_id,
        "customer": complaint.customer_id,
        "accounts pk": people["bob"].pk,
        "accounts:change-unit pk": people["wang"].unit_id,
        "accounts:move-unit pk": people["wang"].unit_id,
        "accounts:close-unit pk": people["wang"].unit_id,
        "accounts:reopen-unit pk": people["wang"].unit_id,
        "process pk": standard.pk,
        "process other": standard.pk,
        "process stage": "cause",
        "process kind": "issue",
        "process:calendar code": standard.calendar.code,
        "process:calendar_edit code": standard.calendar.code,
        "process:calendar_default code": standard.calendar.code,
        "process:day_edit code": standard.calendar.code,
        "process:year_edit code": standard.calendar.code,
        "process code": "gearbox-noise",
        "process:clock_rule code": "cn.samr.121.accept",
        "process:clock_rule_edit code": "cn.samr.121.accept",
        "process:clock_rule_switch code": "cn.samr.121.accept",
        "process role": "team_lead",
        "library kind": "reply",
        "library shortcut": "unknown",
        "library code": "unknown",
        "intake preset": "cfpb",
        "portal code": "QINGDAO",
    }
    return {"reference": complaint.reference, "pk": 0, "token": "unknown", "key": "unknown", **_ZEROS, **rows}


_ZEROS = dict.fromkeys(("order", "point", "holding", "membership"), 0) | {"uidb36": "x"}
