"""Keeping the routing rules: one list, asked from the top; every change is audited in `routing`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record_in
from wenguo.dispatch.access import check_may_route, may_handle_for
from wenguo.dispatch.models import RoutingRule
from wenguo.lib.errors import Refused
from wenguo.process.models import TaxonomyNode

CHAIN = "routing"
STEP = 10


@dataclass(frozen=True, kw_only=True)
class RuleTerms:
    """All a rule says; the same for the page, the API and a file."""

    name_zh: str
    name_en: str
    lead_unit: Unit
    position: int = 100
    product: TaxonomyNode | None = None
    issue: TaxonomyNode | None = None
    channel: TaxonomyNode | None = None
    importance: str = ""
    is_urgent: bool | None = None
    respondent: Unit | None = None
    owner: User | None = None
    assisting_units: Sequence[Unit] = field(default=())
    is_active: bool = True


@transaction.atomic
def create_rule(terms: RuleTerms, *, by: User) -> RoutingRule:
    check_may_route(by)
    rule = write_rule(RoutingRule(), terms)
    record_in(CHAIN, "rule_created", by=by, body={"rule": rule.pk, "name": rule.name_zh})
    return rule


@transaction.atomic
def change_rule(rule: RoutingRule, terms: RuleTerms, *, by: User) -> RoutingRule:
    check_may_route(by)
    rule = write_rule(RoutingRule.objects.select_for_update().get(pk=rule.pk), terms)
    record_in(CHAIN, "rule_changed", by=by, body={"rule": rule.pk, "name": rule.name_zh, "lead": terms.lead_unit.code})
    return rule


@transaction.atomic
def delete_rule(rule: RoutingRule, *, by: User) -> None:
    """Dispatches that followed it stay and forget it."""
    check_may_route(by)
    record_in(CHAIN, "rule_deleted", by=by, body={"rule": rule.pk, "name": rule.name_zh})
    rule.delete()


@transaction.atomic
def move_rule(rule: RoutingRule, *, by: User, up: bool) -> None:
    """One place up or down; positions are numbered anew so that there is always room between."""
    check_may_route(by)
    rules = list(RoutingRule.objects.select_for_update().order_by("position", "id"))
    at = next(i for i, one in enumerate(rules) if one.pk == rule.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rules):
        rules[at], rules[to] = rules[to], rules[at]
    for place, one in enumerate(rules, start=1):
        one.position = place * STEP
    RoutingRule.objects.bulk_update(rules, ["position"])
    record_in(CHAIN, "rule_moved", by=by, body={"rule": rule.pk, "up": up})


def write_rule(rule: RoutingRule, terms: RuleTerms) -> RoutingRule:
    if not terms.name_zh.strip() or not terms.name_en.strip():
        raise Refused(_("Name the rule in both languages."), field="name_zh")
    if not terms.lead_unit.is_active:
        raise Refused(_("%(unit)s is closed. Choose another unit.") % {"unit": terms.lead_unit.name}, field="lead_unit")
    if terms.owner and not may_handle_for(terms.owner, terms.lead_unit):
        said = _("%(person)s does not handle complaints for %(unit)s. Choose one of its handlers.")
        raise Refused(said % {"person": terms.owner.name, "unit": terms.lead_unit.name}, field="owner")
    if terms.lead_unit in terms.assisting_units:
        raise Refused(_("The lead unit cannot assist itself. Choose another unit."), field="assisting_units")
    for one in fields(terms):
        if one.name != "assisting_units":
            setattr(rule, one.name, getattr(terms, one.name))
    rule.save()
    rule.assisting_units.set(terms.assisting_units)
    return rule
