"""Taking in a file of routing rules: read whole and checked before anything changes."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record_in
from wenguo.dispatch.access import check_may_route
from wenguo.dispatch.actions.routing import CHAIN, RuleTerms, write_rule
from wenguo.dispatch.models import RoutingRule
from wenguo.dispatch.queries.routing import FORMAT
from wenguo.lib.errors import Refused
from wenguo.process.choices import Importance, TreeKind
from wenguo.process.models import TaxonomyNode

MAX_RULES = 1000
ModelT = TypeVar("ModelT", bound=models.Model)


@transaction.atomic
def import_rules(exported: Any, *, by: User) -> int:
    """Replaces all rules by those of a file; one wrong line and nothing changes. How many rules there are now."""
    check_may_route(by)
    rows = exported.get("rules") if isinstance(exported, Mapping) and exported.get("format") == FORMAT else None
    if not isinstance(rows, list) or len(rows) > MAX_RULES:
        raise Refused(_("This is not a file of routing rules. Export one to see the form."), field="file")
    terms = [_Line(row, number).terms() for number, row in enumerate(rows, start=1)]
    RoutingRule.objects.all().delete()
    for one in terms:
        write_rule(RoutingRule(), one)
    record_in(CHAIN, "rules_imported", by=by, body={"rules": len(terms)})
    return len(terms)


class _Line:
    """One rule of the file, its codes looked up; what is not known is refused with its number."""

    def __init__(self, row: Any, number: int) -> None:
        self.row: Mapping[str, Any] = row if isinstance(row, Mapping) else {}
        self.number = number

    def terms(self) -> RuleTerms:
        lead_unit = self._found("lead_unit", Unit.objects.all(), "code")
        if lead_unit is None:
            raise self._unknown("lead_unit", self.row.get("lead_unit", ""))
        codes = self.row.get("assisting_units") or []
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=[str(code) for code in codes])}
        for code in codes:
            if code not in units:
                raise self._unknown("assisting_units", code)
        return RuleTerms(
            name_zh=str(self.row.get("name_zh", ""))[:200],
            name_en=str(self.row.get("name_en", ""))[:200],
            lead_unit=lead_unit,
            position=self._position(),
            product=self._node("product", TreeKind.PRODUCT),
            issue=self._node("issue", TreeKind.ISSUE),
            channel=self._node("channel", TreeKind.CHANNEL),
            importance=self._importance(),
            is_urgent=self.row.get("is_urgent") if isinstance(self.row.get("is_urgent"), bool) else None,
            respondent=self._found("respondent", Unit.objects.all(), "code"),
            owner=self._found("owner", User.objects.all(), "username"),
            assisting_units=list(units.values()),
            is_active=bool(self.row.get("is_active", True)),
        )

    def _node(self, name: str, kind: TreeKind) -> TaxonomyNode | None:
        return self._found(name, TaxonomyNode.objects.of(kind), "code")

    def _found(self, name: str, rows: models.QuerySet[ModelT], key: str) -> ModelT | None:
        code = self.row.get(name)
        if not code:
            return None
        found = rows.filter(**{key: str(code)}).first()
        if found is None:
            raise self._unknown(name, code)
        return found

    def _importance(self) -> str:
        level = str(self.row.get("importance") or "")
        if level and level not in Importance.values:
            raise self._unknown("importance", level)
        return level

    def _position(self) -> int:
        position = self.row.get("position", self.number * 10)
        if not isinstance(position, int) or not 0 <= position <= 1_000_000:
            raise self._unknown("position", position)
        return position

    def _unknown(self, name: str, value: object) -> Refused:
        said = _("Rule %(number)d: “%(value)s” is not known as %(field)s. Nothing was changed.")
        return Refused(said % {"number": self.number, "value": str(value)[:80], "field": name}, field="file")
