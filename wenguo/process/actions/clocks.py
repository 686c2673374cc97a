"""Clock rules: a rule never changes; a new version follows it. Running clocks keep the version they started with."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.process.actions.guard import check_filled, lock_process, record
from wenguo.process.models import ClockRule
from wenguo.process.rules import day_before

OWN_FIELDS = {"id", "code", "version", "calendar", "effective_from", "effective_to", "is_active"}


@transaction.atomic
def add_clock_rule(*, code: str, by: Actor, **terms: Any) -> ClockRule:
    """The first version of a new promise."""
    lock_process(by)
    check_filled(code=code, name_zh=str(terms.get("name_zh", "")), name_en=str(terms.get("name_en", "")))
    if ClockRule.objects.filter(code=code.strip()).exists():
        raise Refused(_("This code is in use already. Make a new version of that rule."), field="code")
    _check_terms(terms)
    rule = ClockRule.objects.create(code=code.strip(), version=1, **terms)
    record("clock_rule.added", by=by, code=rule.code, version=1, limit=rule.limit, unit=rule.unit)
    return rule


@transaction.atomic
def new_clock_rule_version(rule: ClockRule, *, effective_from: date, by: Actor, **changes: Any) -> ClockRule:
    """A new version from that day on; the version before ends the day before it."""
    lock_process(by)
    versions = ClockRule.objects.select_for_update().filter(code=rule.code)
    latest = versions.order_by("-version").first() or rule
    if latest.effective_from and effective_from <= latest.effective_from:
        raise Refused(
            _("The new version must begin after %(date)s.") % {"date": latest.effective_from}, field="effective_from"
        )
    terms = model_to_dict(latest)
    kept = {key: value for key, value in terms.items() if key not in OWN_FIELDS} | {"calendar": latest.calendar}
    unchanged = {key: value for key, value in changes.items() if kept.get(key) == value}
    if len(unchanged) == len(changes):
        raise Refused(_("Nothing differs from the present version."))
    _check_terms(kept | changes)
    number = (versions.aggregate(latest=Max("version"))["latest"] or 0) + 1
    if latest.effective_to is None or latest.effective_to >= effective_from:
        latest.effective_to = day_before(effective_from)
        latest.save(update_fields=["effective_to"])
    newer = ClockRule.objects.create(code=rule.code, version=number, effective_from=effective_from, **(kept | changes))
    said = {key: [str(kept.get(key)), str(value)] for key, value in changes.items() if key not in unchanged}
    record("clock_rule.new_version", by=by, code=rule.code, version=number, changed=said, on=str(effective_from))
    return newer


@transaction.atomic
def set_clock_rule_active(rule: ClockRule, is_active: bool, *, by: Actor) -> ClockRule:
    """Switches all versions of a rule on or off for complaints to come."""
    lock_process(by)
    ClockRule.objects.filter(code=rule.code).update(is_active=is_active)
    rule.is_active = is_active
    record("clock_rule.switched_on" if is_active else "clock_rule.switched_off", by=by, code=rule.code)
    return rule


def _check_terms(terms: dict[str, Any]) -> None:
    if not 1 <= int(terms.get("limit") or 0) <= 10_000:
        raise Refused(_("Enter a limit from 1 to 10000."), field="limit")
    begin, end = terms.get("effective_from"), terms.get("effective_to")
    if begin and end and end < begin:
        raise Refused(_("A rule cannot end before it begins."), field="effective_to")
    if not isinstance(terms.get("applies_when") or {}, dict):
        raise Refused(_("Write the condition as facts with their values."), field="applies_when")
