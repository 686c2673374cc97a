"""What the process says: the standard in force, calendars to count with, clock rules that apply, trees, authority."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenguo.audit.queries import kept
from wenguo.lib.errors import Refused
from wenguo.lib.worktime import DaySpecial, WorkCalendar
from wenguo.process.choices import Stage, StandardState
from wenguo.process.models import AuthorityLimit, Calendar, CalendarDay, ClockRule, StageRule, Standard, TaxonomyNode
from wenguo.process.rules import Facts, as_windows, newest_that_apply

CHAIN = "process"  # every change of what is read here is audited in this chain


def active_standard(pack: str = "") -> Standard:
    """The version in force, with its calendar; of several packs the one activated last."""
    found = kept(CHAIN, ("active", pack), lambda: _active(pack))
    if found is None:
        raise Refused(_("No process standard is in force. Ask an administrator to activate one in the settings."))
    return found


def _active(pack: str) -> Standard | None:
    standards = Standard.objects.filter(state=StandardState.ACTIVE).select_related("calendar")
    return (standards.filter(pack=pack) if pack else standards).order_by("-activated_at").first()


def standard_by_key(pk: int) -> Standard:
    """A version with its calendar: what a complaint points to."""
    return kept(CHAIN, ("standard", pk), lambda: Standard.objects.select_related("calendar").get(pk=pk))


def stage_rule(standard: Standard, stage: str) -> StageRule | None:
    """What this version says of the stage."""
    rules = kept(CHAIN, ("stages", standard.pk), lambda: {rule.stage: rule for rule in _stages(standard)})
    return rules.get(stage)


def _stages(standard: Standard) -> list[StageRule]:
    return list(StageRule.objects.filter(standard=standard))


def stage_rules(standard: Standard) -> list[StageRule]:
    """All stages of the version in their order, in one query."""
    order = list(Stage.values)
    return sorted(StageRule.objects.filter(standard=standard), key=lambda rule: order.index(rule.stage))


def versions(pack: str) -> list[Standard]:
    """Newest first."""
    return list(Standard.objects.filter(pack=pack).select_related("calendar").order_by("-version"))


# --- calendars --------------------------------------------------------------------------------------------------


def work_calendar(calendar: Calendar) -> WorkCalendar:
    """The calendar as `lib.worktime` counts with it. Kept per process until the calendar's stamp changes."""
    return _built(calendar.pk, calendar.stamp)


def standard_calendar(standard: Standard) -> WorkCalendar:
    """The calendar a version of the standard counts with."""
    return work_calendar(standard.calendar)


def rule_calendar(rule: ClockRule, standard: Standard) -> WorkCalendar:
    """The calendar of a clock rule: its own, else the standard's."""
    return work_calendar(rule.calendar or standard.calendar)


def default_calendar() -> Calendar | None:
    return Calendar.objects.filter(is_default=True).first()


@lru_cache(maxsize=64)
def _built(pk: int, stamp: str) -> WorkCalendar:
    calendar = Calendar.objects.get(pk=pk)
    special = {day.day: _special(day) for day in CalendarDay.objects.filter(calendar=calendar)}
    windows = {int(weekday): as_windows(texts) for weekday, texts in calendar.windows.items()}
    return WorkCalendar(
        calendar.code, calendar.time_zone, windows, MappingProxyType(special), calendar.published_through
    )


def _special(day: CalendarDay) -> DaySpecial:
    kind = {"holiday": "holiday", "makeup": "makeup"}.get(day.kind, "short")
    return DaySpecial(kind, day.name, as_windows(day.windows) if day.windows else None)  # type: ignore[arg-type]


# --- clock rules ------------------------------------------------------------------------------------------------


def clock_rules_for(facts: Facts, on: date, *, jurisdictions: Iterable[str] = ("CN",)) -> list[ClockRule]:
    """The clock rules that run on a complaint with these plain facts, received on that day; newest version of each.

    Facts are what `applies_when` asks: `channel`, `remedy` (codes), `industry`, `sold_online`, `is_vehicle`,
    `in_exchange_period`, `in_repair_guarantee`, `repair_days`, `is_referral` … What is unknown is left out.
    """
    where = tuple(jurisdictions)
    rules = kept(CHAIN, ("rules", on, where), lambda: list(_in_force(on, where)))
    return newest_that_apply(rules, facts)


def _in_force(on: date, jurisdictions: Collection[str]) -> QuerySet[ClockRule]:
    rules = ClockRule.objects.in_force(on).filter(jurisdiction__in=jurisdictions)
    return rules.select_related("calendar")


def clock_rule(code: str, version: int) -> ClockRule | None:
    """A version by name: what a running clock was frozen to."""
    found = ClockRule.objects.filter(code=code, version=version).select_related("calendar")
    return kept(CHAIN, ("rule", code, version), found.first)


# --- trees ------------------------------------------------------------------------------------------------------


@dataclass
class Branch:
    """A node with its children, for drawing a tree."""

    node: TaxonomyNode
    children: list["Branch"] = field(default_factory=list)


def tree(kind: str, *, only_active: bool = True) -> list[Branch]:
    """The tree nested, in one query; an inactive node hides what is below it."""
    nodes = TaxonomyNode.objects.of(kind)
    children: dict[int | None, list[TaxonomyNode]] = {}
    for node in (nodes.active() if only_active else nodes).order_by("position", "path"):
        children.setdefault(node.parent_id, []).append(node)
    return _branches(None, children)


def _branches(parent: int | None, children: dict[int | None, list[TaxonomyNode]]) -> list[Branch]:
    return [Branch(node, _branches(node.pk, children)) for node in children.get(parent, [])]


def node(kind: str, code: str) -> TaxonomyNode | None:
    """The node of this code, active or not: old complaints keep theirs."""
    return kept(CHAIN, ("node", kind, code), TaxonomyNode.objects.filter(tree=kind, code=code).first)


def node_by_key(pk: int) -> TaxonomyNode:
    """What a complaint's channel, product or issue points to."""
    return kept(CHAIN, ("node", pk), lambda: TaxonomyNode.objects.get(pk=pk))


def nodes(kind: str, *, only_active: bool = True) -> list[TaxonomyNode]:
    """The nodes in the order a tree is read, flat: for choices. `depth` says how far to indent."""
    flat: list[TaxonomyNode] = []
    waiting = tree(kind, only_active=only_active)
    while waiting:
        branch = waiting.pop(0)
        flat.append(branch.node)
        waiting = [*branch.children, *waiting]
    return flat


def nodes_under(kind: str, code: str) -> list[TaxonomyNode]:
    """The node and everything below it; empty where there is no such node."""
    top = node(kind, code)
    return list(TaxonomyNode.objects.under(top).order_by("path")) if top else []


# --- authority --------------------------------------------------------------------------------------------------


def authority_for(role: str) -> AuthorityLimit | None:
    """Up to which amount the role approves; None: nothing at all."""
    return AuthorityLimit.objects.filter(role=role).first()


def authority_matrix() -> list[AuthorityLimit]:
    """Smallest limit first."""
    return kept(CHAIN, "authority", lambda: list(AuthorityLimit.objects.order_by("max_amount", "role")))


def roles_that_may_approve(amount: Decimal) -> list[AuthorityLimit]:
    """Whose limit covers the amount, nearest first; empty: nobody may alone."""
    return list(AuthorityLimit.objects.filter(max_amount__gte=amount).order_by("max_amount", "role"))
