"""Taking over a whole process from one file: all of it or nothing. The standard becomes a draft, the rest holds at
once; the same actions are called as on the pages."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.process.actions.authority import set_authority
from wenguo.process.actions.calendars import add_calendar, change_calendar, replace_days
from wenguo.process.actions.clocks import add_clock_rule, new_clock_rule_version
from wenguo.process.actions.guard import lock_process, record
from wenguo.process.actions.standards import change_stage_rule, change_standard, draft_new_version
from wenguo.process.actions.trees import import_tree
from wenguo.process.choices import Stage
from wenguo.process.models import Calendar, ClockRule, StageRule, Standard
from wenguo.process.queries import active_standard
from wenguo.process.queries.pack_file import exported_pack, newest_rules
from wenguo.process.rules.pack_file import keyed, plan_parts
from wenguo.process.rules.trees import TreeRow

Pack = Mapping[str, Any]


@transaction.atomic
def import_pack(given: Pack, *, by: Actor) -> Standard | None:
    """Writes what differs; returns the draft, None where the standard says the same already."""
    lock_process(by)
    present = active_standard()
    plans = {plan.part: plan for plan in plan_parts(given, exported_pack(present)) if not plan.is_empty}
    if not plans:
        raise Refused(_("The house says all of this already. Nothing was changed."))
    _take_calendars(given, by)
    _take_clock_rules(given, by)
    for kind, rows in given.get("trees", {}).items():
        _take_tree(kind, rows, by)
    for row in given.get("authority", []):
        set_authority(row["role"], row["max_amount"], by=by, needs_second=row["needs_second"])
    draft = _draft(given["standard"], present, by) if "standard" in plans else None
    counts = {part: len(plan.new) + plan.changed_things for part, plan in plans.items()}
    record("pack.imported", by=by, **counts)
    return draft


def try_pack(given: Pack, *, by: Actor) -> None:
    """Does all of it and takes it back: what would be refused is refused now."""
    with transaction.atomic():
        import_pack(given, by=by)
        transaction.set_rollback(True)


def _take_calendars(given: Pack, by: Actor) -> None:
    known = {calendar.code: calendar for calendar in Calendar.objects.all()}
    for row in given.get("calendars", []):
        terms = {name: row[name] for name in ("name_zh", "name_en", "country", "time_zone")}
        terms["windows"] = {day: [list(pair) for pair in pairs] for day, pairs in row["windows"].items()}
        calendar = known.get(row["code"])
        if calendar is None:
            calendar = add_calendar(code=row["code"], by=by, **terms)
        else:
            calendar = change_calendar(calendar, by=by, **terms)
        replace_days(calendar, row["days"], row["published_through"], by=by)


def _take_clock_rules(given: Pack, by: Actor) -> None:
    """A rule never changes: where the file says otherwise, a new version begins, today at the earliest."""
    calendars = {calendar.code: calendar for calendar in Calendar.objects.all()}
    newest = newest_rules()
    ours = keyed(exported_pack(active_standard()))["clock_rules"]
    wanted = keyed(given)["clock_rules"]
    for row in given.get("clock_rules", []):
        code = row["code"]
        terms = {name: value for name, value in row.items() if name != "code"}
        if row["calendar"] and row["calendar"] not in calendars:
            raise Refused(_("There is no calendar “%(code)s”.") % {"code": row["calendar"]})
        terms["calendar"] = calendars.get(row["calendar"])
        if code not in newest:
            add_clock_rule(code=code, by=by, **terms)
        elif wanted[code] != ours[code]:
            _follow_rule(newest[code], terms, by)


def _follow_rule(rule: ClockRule, terms: dict[str, Any], by: Actor) -> None:
    today = timezone.localdate(now())
    begins = terms.pop("effective_from") or today
    changes = {name: value for name, value in terms.items() if getattr(rule, name) != value}
    if changes:
        new_clock_rule_version(rule, effective_from=max(begins, today), by=by, **changes)


def _take_tree(kind: str, rows: list[dict[str, Any]], by: Actor) -> None:
    wanted = [TreeRow(**row, number=number) for number, row in enumerate(rows, start=1)]
    plan = import_tree(kind, wanted, by=by, dry_run=True)
    if plan.faults:
        first = plan.faults[0]
        said = _("%(tree)s, node %(n)s “%(value)s”: %(fault)s")
        facts = {"tree": kind, "n": first.number, "value": first.value, "fault": first.fault.label}
        raise Refused(said % facts)
    if plan.new or plan.changed:
        import_tree(kind, wanted, by=by)


def _draft(given: Mapping[str, Any], present: Standard, by: Actor) -> Standard:
    calendar = Calendar.objects.filter(code=given["calendar"]).first()
    if calendar is None:
        raise Refused(_("There is no calendar “%(code)s”.") % {"code": given["calendar"]})
    draft = draft_new_version(present, by=by)
    whole = {name: value for name, value in given.items() if name not in ("stages", "calendar")}
    change_standard(draft, by=by, calendar=calendar, **whole)
    rules = {rule.stage: rule for rule in StageRule.objects.filter(standard=draft).select_related("standard")}
    for row in given["stages"]:
        terms = {name: value for name, value in row.items() if name != "stage"}
        change_stage_rule(rules[Stage(row["stage"]).value], by=by, **terms)
    return draft
