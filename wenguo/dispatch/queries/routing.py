"""What the routing rules suggest for a complaint, and which open complaints a rule would match."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.models import Assignment, RoutingRule
from wenguo.dispatch.rules import Condition, Facts, deciding, first_that_fits, fits
from wenguo.process.choices import Importance

LOOKED_AT = 300
SHOWN = 10
FORMAT = "wenguo.routing/1"


@dataclass(frozen=True)
class Suggestion:
    """Which rule fits first, and why, in words."""

    rule: RoutingRule
    lead_unit: Unit
    owner: User | None
    assisting_units: list[Unit]
    reason: str


@dataclass(frozen=True)
class Preview:
    """Of the newest open complaints: how many fit, how many of them an earlier rule takes, and a few to look at."""

    looked_at: int
    matched: int
    taken_by_earlier: int
    sample: list[Complaint]


def _rules() -> QuerySet[RoutingRule]:
    related = ("product", "issue", "channel", "respondent", "lead_unit", "owner")
    return RoutingRule.objects.select_related(*related).prefetch_related("assisting_units").order_by("position", "id")


def active_rules() -> list[RoutingRule]:
    """In the order in which they are asked; rules of closed units are left out."""
    return list(_rules().filter(is_active=True, lead_unit__is_active=True))


def all_rules() -> list[RoutingRule]:
    """Also the switched-off ones, each with `used_count`: how many dispatches followed it."""
    used = Assignment.objects.filter(rule=OuterRef("pk")).order_by().values("rule").annotate(n=Count("pk")).values("n")
    return list(_rules().annotate(used_count=Coalesce(Subquery(used), 0)))


def suggest_route(complaint: Complaint) -> Suggestion | None:
    """The first rule that fits, and why; None where none does."""
    rule = first_that_fits(active_rules(), facts_of(complaint))
    if rule is None:
        return None
    owner = rule.owner if rule.owner and rule.owner.is_active else None
    if owner and owner.pk == complaint.respondent_user_id:
        owner = None
    words = condition_words(rule)
    reason = _("Rule “%(rule)s”: %(why)s") % {"rule": rule.name, "why": "，".join(words) or _("everything else")}
    assisting = [unit for unit in rule.assisting_units.all() if unit.is_active]
    return Suggestion(rule, rule.lead_unit, owner, assisting, reason)


def facts_of(complaint: Complaint) -> Facts:
    places = {
        "product": complaint.product,
        "issue": complaint.issue,
        "channel": complaint.channel,
        "respondent": complaint.respondent_unit,
    }
    paths = {name: place.path if place else "" for name, place in places.items()}
    return Facts(**paths, importance=complaint.importance, is_urgent=complaint.is_urgent)


def condition_words(rule: RoutingRule) -> list[str]:
    """What the rule asks, as short words in the reader's language."""
    labels = {
        "product": _("product"),
        "issue": _("issue"),
        "channel": _("channel"),
        "respondent": _("respondent"),
        "importance": _("importance"),
    }
    words = []
    for name in deciding(rule.condition):
        if name == "is_urgent":
            words.append(_("urgent") if rule.is_urgent else _("not urgent"))
        elif name == "importance":
            words.append(f"{labels[name]}: {Importance(rule.importance).label}")
        else:
            words.append(f"{labels[name]}: {getattr(rule, name).name}")
    return words


def preview(user: User, condition: Condition, *, position: int, but: int | None = None) -> Preview:
    """What a rule with this condition at this position would match among the newest open complaints the person sees.

    `but` is the rule being edited: it does not compete with itself.
    """
    complaints = _newest_open(user)
    matched = [complaint for complaint in complaints if fits(condition, facts_of(complaint))]
    earlier = [rule for rule in active_rules() if rule.pk != but and rule.position < position]
    taken = sum(first_that_fits(earlier, facts_of(complaint)) is not None for complaint in matched)
    return Preview(len(complaints), len(matched), taken, matched[:SHOWN])


def open_by_rule(user: User) -> tuple[int, dict[int, int]]:
    """Of the newest open complaints the person sees: how many were looked at, and how many each rule takes first."""
    complaints, rules = _newest_open(user), active_rules()
    taken = Counter(rule.pk for one in complaints if (rule := first_that_fits(rules, facts_of(one))))
    return len(complaints), dict(taken)


def _newest_open(user: User) -> list[Complaint]:
    rows = Complaint.objects.visible_to(user).open().live()
    rows = rows.select_related("product", "issue", "channel", "respondent_unit").order_by("-received_at", "-id")
    return list(rows[:LOOKED_AT])


def exported_rules() -> dict[str, Any]:
    """All rules as one file: people and places by their codes, so that another installation understands it."""
    return {"format": FORMAT, "rules": [_exported(rule) for rule in _rules()]}


def _exported(rule: RoutingRule) -> dict[str, Any]:
    return {
        "name_zh": rule.name_zh,
        "name_en": rule.name_en,
        "position": rule.position,
        "product": rule.product.code if rule.product else "",
        "issue": rule.issue.code if rule.issue else "",
        "channel": rule.channel.code if rule.channel else "",
        "importance": rule.importance,
        "is_urgent": rule.is_urgent,
        "respondent": rule.respondent.code if rule.respondent else "",
        "lead_unit": rule.lead_unit.code,
        "owner": rule.owner.username if rule.owner else "",
        "assisting_units": [unit.code for unit in rule.assisting_units.all()],
        "is_active": rule.is_active,
    }
