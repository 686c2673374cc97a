"""Audit rows in people's words: the chain keeps codes and keys, the page shows names."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.choices import Step
from wenguo.desk.queries.events import EVENTS
from wenguo.lib.actors import COMPLAINANT, SYSTEM
from wenguo.lib.links import path

_USER = re.compile(r"user:(\d+)")
_STEPS = {step.value: step.label for step in Step}


def event_label(event: str) -> str:
    """The step's own word, or the event's; what has none keeps its code."""
    return str(_STEPS.get(event) or EVENTS.get(event) or event)


def subject_address(subject: str) -> str:
    """The page of the customer or complaint that a chain is named after; empty for anything else."""
    kind, _colon, name = subject.partition(":")
    if kind == "customer" and name.isdecimal():
        return reverse("customers:page", args=[name])
    return path("complaint", reference=name) if kind == "complaint" else ""


def what_label(what: str) -> str:
    """What was looked at."""
    return _("contact points") if what == "contact points" else what


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Each actor as text, with the colleague's name today; anybody unknown stays as it is."""
    known = {COMPLAINANT.audit_name: _("the complainant"), SYSTEM.audit_name: _("the system")}
    asked = {actor: int(match[1]) for actor in set(actors) if (match := _USER.match(actor))}
    names = dict(User.objects.filter(pk__in=asked.values()).values_list("pk", "name"))
    return known | {actor: names[pk] for actor, pk in asked.items() if pk in names}
