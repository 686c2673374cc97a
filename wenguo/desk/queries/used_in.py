"""Where a setting is in use: what an administrator asks before changing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState
from wenguo.complaints.models import Clock, Complaint, ComplaintQuerySet, StageOutput
from wenguo.dispatch.models import RoutingRule
from wenguo.investigation.models import Cause
from wenguo.process.choices import Stage, TreeKind
from wenguo.process.models import ClockRule, Standard, TaxonomyNode
from wenguo.resolution.models import Proposal

COUNT_LIMIT = 10_000
ON_COMPLAINTS = {TreeKind.PRODUCT: "product", TreeKind.ISSUE: "issue", TreeKind.CHANNEL: "channel"}


@dataclass(frozen=True)
class Use:
    """So many of these; `url` leads to them where there is a list."""

    label: str
    count: str
    url: str = ""


def used_in(user: User, kind: str, key: str) -> list[Use] | None:
    """What uses this standard, calendar, clock rule or node, as far as this person may see; None: no such kind."""
    if kind in TreeKind.values:
        return _node(user, TreeKind(kind), key)
    reader = _READERS.get(kind)
    return reader(user, key) if reader else None


def _counted(rows: QuerySet[Any]) -> str:
    number = rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    return f"{COUNT_LIMIT:,}+" if number > COUNT_LIMIT else f"{number:,}"


def _complaints(rows: ComplaintQuerySet, query: dict[str, str] | None = None) -> list[Use]:
    address = reverse("desk:complaints")
    to_open = f"{address}?{urlencode({**query, 'open': '1'})}" if query else ""
    to_all = f"{address}?{urlencode(query)}" if query else ""
    return [
        Use(_("open complaints"), _counted(rows.open()), to_open),
        Use(_("complaints in all"), _counted(rows), to_all),
    ]


def _standard(user: User, key: str) -> list[Use]:
    return _complaints(Complaint.objects.visible_to(user).filter(standard=int(key))) if key.isdecimal() else []


def _calendar(user: User, key: str) -> list[Use]:
    standards = Standard.objects.filter(calendar__code=key)
    return [
        Use(_("versions of the standard"), _counted(standards)),
        Use(_("clock rules"), _counted(ClockRule.objects.filter(calendar__code=key))),
        *_complaints(Complaint.objects.visible_to(user).filter(standard__in=standards)),
    ]


def _clock_rule(user: User, key: str) -> list[Use]:
    running = Clock.objects.filter(rule=key, state__in=(ClockState.RUNNING, ClockState.PAUSED))
    seen = running.filter(complaint__in=Complaint.objects.visible_to(user))
    return [Use(_("clocks running"), _counted(seen))]


def _node(user: User, kind: TreeKind, code: str) -> list[Use]:
    """With everything below it."""
    node = TaxonomyNode.objects.filter(tree=kind, code=code).first()
    if node is None:
        return []
    below = TaxonomyNode.objects.under(node)
    visible = Complaint.objects.visible_to(user)
    if field := ON_COMPLAINTS.get(kind):
        rules = RoutingRule.objects.filter(**{f"{field}__in": below})
        found = visible.filter(**{f"{field}__in": below})
        return [*_complaints(found, {field: code}), Use(_("routing rules"), _counted(rules))]
    if kind is TreeKind.CAUSE:
        return [Use(_("causes found"), _counted(Cause.objects.filter(node__in=below, complaint__in=visible)))]
    if kind is TreeKind.REMEDY:
        return [Use(_("options proposed"), _counted(Proposal.objects.filter(remedy__in=below, complaint__in=visible)))]
    codes = list(below.values_list("code", flat=True))
    declined = StageOutput.objects.filter(stage=Stage.VALIDITY, body__reason__in=codes, complaint__in=visible)
    return [Use(_("complaints declined"), _counted(declined))]


_READERS: dict[str, Callable[[User, str], list[Use]]] = {
    "standard": _standard,
    "calendar": _calendar,
    "clock_rule": _clock_rule,
}
