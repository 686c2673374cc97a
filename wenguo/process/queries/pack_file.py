"""The whole process as one file, and what a file would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenguo.accounts.choices import Role
from wenguo.process.choices import FIELD_LABELS, Stage, TreeKind
from wenguo.process.models import AuthorityLimit, Calendar, ClockRule, Standard, TaxonomyNode
from wenguo.process.queries import stage_rules
from wenguo.process.queries.history import value_text
from wenguo.process.rules import Difference
from wenguo.process.rules.pack_file import FORMAT, PartPlan, plan_parts

WHOLE = (
    "name_zh", "name_en", "call_back_percent", "urgent_first_answer_hours", "urgent_solved_hours",
    "silence_working_days", "reply_needs_review", "whole_ordinary", "whole_major", "whole_complex",
)  # fmt: skip
STAGE = (
    "stage", "name_zh", "name_en", "owner_role", "inputs_zh", "inputs_en", "outputs_zh", "outputs_en", "procedure_zh",
    "procedure_en", "limit_ordinary", "limit_major", "limit_complex", "limit_unit", "limit_from_receipt",
    "quality_target_zh", "quality_target_en", "form",
)  # fmt: skip
CALENDAR = ("code", "name_zh", "name_en", "country", "time_zone", "windows", "published_through")
RULE = (
    "code", "name_zh", "name_en", "jurisdiction", "regime", "duty_holder", "effective_from", "effective_to",
    "applies_when", "start_event", "stop_event", "first_day_excluded", "limit", "unit", "roll", "stop_evidence",
    "pause_reasons", "pause_needs_notice", "extensions", "restart_events", "warn_at", "consequence_zh",
    "consequence_en", "source", "confidence",
)  # fmt: skip
PART_LABELS = {
    "standard": gettext_lazy("Process standard"),
    "calendars": gettext_lazy("Calendars"),
    "clock_rules": gettext_lazy("Clock rules"),
    "trees": gettext_lazy("Taxonomies"),
    "authority": gettext_lazy("Authority matrix"),
}


def exported_pack(standard: Standard) -> dict[str, Any]:
    """This version of the standard with everything it counts and classifies with; rules in their newest version."""
    return {
        "format": FORMAT,
        "standard": _standard(standard),
        "calendars": [_calendar(one) for one in Calendar.objects.prefetch_related("days").order_by("code")],
        "clock_rules": [_rule(one) for one in newest_rules().values()],
        "trees": {kind.value: _nodes(kind) for kind in TreeKind},
        "authority": [
            {"role": row.role, "max_amount": row.max_amount, "needs_second": row.needs_second}
            for row in AuthorityLimit.objects.order_by("max_amount", "role")
        ],
    }


def newest_rules() -> dict[str, ClockRule]:
    newest: dict[str, ClockRule] = {}
    for rule in ClockRule.objects.select_related("calendar").order_by("code", "-version"):
        newest.setdefault(rule.code, rule)
    return newest


def _of(row: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}


def _standard(standard: Standard) -> dict[str, Any]:
    stages = [_of(rule, STAGE) for rule in stage_rules(standard)]
    return {**_of(standard, WHOLE), "calendar": standard.calendar.code, "stages": stages}


def _calendar(calendar: Calendar) -> dict[str, Any]:
    days = [{"day": one.day, "kind": one.kind, "name": one.name, "windows": one.windows} for one in calendar.days.all()]
    return {**_of(calendar, CALENDAR), "days": days}


def _rule(rule: ClockRule) -> dict[str, Any]:
    return {**_of(rule, RULE), "calendar": rule.calendar.code if rule.calendar else ""}


def _nodes(kind: TreeKind) -> list[dict[str, Any]]:
    """Parents first."""
    rows = TaxonomyNode.objects.of(kind).select_related("parent").order_by("position", "path")
    return [
        {
            "code": node.code,
            "parent": node.parent.code if node.parent else "",
            "name_zh": node.name_zh,
            "name_en": node.name_en,
            "extra": node.extra,
        }
        for node in sorted(rows, key=lambda one: one.depth)
    ]


# --- what a file would change ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownLine:
    """One field that differs, in the reader's words."""

    where: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownPart:
    """One part of a file: how many things are new, changed, the same, and which."""

    label: str
    plan: PartPlan
    new: list[str]
    lines: list[ShownLine]


def pack_differences(given: Mapping[str, Any], standard: Standard) -> list[ShownPart]:
    """Part by part, against this version of the standard and everything else as it is now."""
    return [
        ShownPart(
            str(PART_LABELS[plan.part]),
            plan,
            [_thing(name) for name in plan.new],
            [_line(one) for one in plan.changed],
        )
        for plan in plan_parts(given, exported_pack(standard))
    ]


def _line(one: Difference) -> ShownLine:
    label = str(FIELD_LABELS.get(one.field, one.field))
    return ShownLine(_thing(one.where), label, _text(one.field, one.before), _text(one.field, one.after))


def _text(field: str, value: object) -> str:
    if field == "days" and isinstance(value, list):
        return _("%(n)d special days") % {"n": len(value)}
    return value_text(field, value)


def _thing(name: str) -> str:
    """Stages and roles by their names; trees by theirs; codes as they are."""
    if name in Stage.values:
        return str(Stage(name).label)
    if name in Role.values:
        return str(Role(name).label)
    tree, between, code = name.partition(" · ")
    return (
        f"{TreeKind(tree).label} · {code}" if between and tree in TreeKind.values else name or _("The whole complaint")
    )
