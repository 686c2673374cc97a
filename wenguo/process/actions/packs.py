"""Installing a pack: what is missing is added, what is there stays as people made it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from wenguo.lib.actors import Actor
from wenguo.lib.now import now
from wenguo.process.actions.calendars import published_days
from wenguo.process.actions.guard import lock_process, record
from wenguo.process.actions.standards import STANDARD_FIELDS
from wenguo.process.actions.trees import import_tree
from wenguo.process.choices import StandardState
from wenguo.process.models import (
    AuthorityLimit,
    Calendar,
    CalendarDay,
    ClockRule,
    StageRule,
    Standard,
    TaxonomyNode,
)
from wenguo.process.packs import DEFAULT, Pack, read_pack
from wenguo.process.rules.trees import rows_from_table

TEXT_LISTS = ("procedure_zh", "procedure_en")


@transaction.atomic
def install_pack(code: str = DEFAULT, *, by: Actor) -> Standard:
    """Calendars, clock rules, trees, authority and the first version of the standard, in force at once.

    A second run adds only what is missing; codes, limits and texts changed by people are left alone.
    """
    lock_process(by)
    pack = read_pack(code)
    added = {
        "calendars": _add_calendars(pack),
        "clock_rules": _add_clock_rules(pack),
        "nodes": sum(_add_nodes(kind, rows, by) for kind, rows in pack.trees.items()),
        "authority": _add_authority(pack),
        "standards": _add_standard(pack, by),
    }
    if any(added.values()):
        record("pack.installed", by=by, pack=code, **added)
    return Standard.objects.filter(pack=code).select_related("calendar").order_by("state", "-version")[0]


def _add_calendars(pack: Pack) -> int:
    known = set(Calendar.objects.values_list("code", flat=True))
    has_default = Calendar.objects.filter(is_default=True).exists()
    missing = [terms for terms in pack.calendars if terms["code"] not in known]
    for terms in missing:
        years = range(terms["years"][0], terms["years"][1] + 1) if terms["years"] else range(0)
        calendar = Calendar.objects.create(
            code=terms["code"],
            name_zh=terms["name_zh"],
            name_en=terms["name_en"],
            country=terms["country"],
            time_zone=terms["time_zone"],
            windows=terms["windows"],
            is_default=terms["is_default"] and not has_default,
            published_through=years[-1] if years else None,
        )
        days = [day for year in years for day in published_days(calendar.country, calendar.time_zone, year)]
        rows = [CalendarDay(calendar=calendar, day=one.day, kind=one.kind, name=one.name[:60]) for one in days]
        CalendarDay.objects.bulk_create(rows)
    return len(missing)


def _add_clock_rules(pack: Pack) -> int:
    known = set(ClockRule.objects.values_list("code", flat=True))
    calendars = {calendar.code: calendar for calendar in Calendar.objects.all()}
    missing = [dict(terms) for terms in pack.clocks if terms["code"] not in known]
    for terms in missing:
        for key in ("effective_from", "effective_to"):
            if terms.get(key):
                terms[key] = date.fromisoformat(terms[key])
        terms["calendar"] = calendars.get(terms.get("calendar", ""))
    ClockRule.objects.bulk_create([ClockRule(**terms) for terms in missing])
    return len(missing)


def _add_nodes(kind: str, rows: list[dict[str, str]], by: Actor) -> int:
    known = set(TaxonomyNode.objects.filter(tree=kind).values_list("code", flat=True))
    numbered = [(number, row) for number, row in enumerate(rows, start=2) if row["code"] not in known]
    if not numbered:
        return 0
    return len(import_tree(kind, rows_from_table(rows[0], numbered), by=by).new)


def _add_authority(pack: Pack) -> int:
    known = set(AuthorityLimit.objects.values_list("role", flat=True))
    missing = [terms for terms in pack.authority if terms["role"] not in known]
    rows = [AuthorityLimit(**terms | {"max_amount": Decimal(terms["max_amount"])}) for terms in missing]
    AuthorityLimit.objects.bulk_create(rows)
    return len(rows)


def _add_standard(pack: Pack, by: Actor) -> int:
    if Standard.objects.filter(pack=pack.code).exists():
        return 0
    terms = {field: pack.standard[field] for field in STANDARD_FIELDS if field != "calendar"}
    standard = Standard.objects.create(
        pack=pack.code,
        version=1,
        state=StandardState.ACTIVE,
        calendar=Calendar.objects.get(code=pack.standard["calendar"]),
        created_at=now(),
        created_by=by.audit_name[:200],
        activated_at=now(),
        **terms,
    )
    StageRule.objects.bulk_create([_stage(standard, terms) for terms in pack.standard["stages"]])
    return 1


def _stage(standard: Standard, terms: dict[str, Any]) -> StageRule:
    values = {key: value for key, value in terms.items() if key != "limits"}
    values |= {key: "\n".join(terms[key]) for key in TEXT_LISTS}
    ordinary, major, complex_ = terms["limits"]
    return StageRule(standard=standard, limit_ordinary=ordinary, limit_major=major, limit_complex=complex_, **values)
