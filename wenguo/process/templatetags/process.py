"""Amounts of time as people say them; where it is told what uses a setting."""

from django import template
from django.utils.translation import ngettext

from wenguo.lib.links import path
from wenguo.process.choices import LimitUnit

register = template.Library()


@register.filter
def of_unit(number: int, unit: str) -> str:
    """“1 working day”, “4 working hours”."""
    wording = {
        LimitUnit.HOUR: ngettext("%(n)s hour", "%(n)s hours", number),
        LimitUnit.BUSINESS_HOURS: ngettext("%(n)s working hour", "%(n)s working hours", number),
        LimitUnit.WORKING_DAY: ngettext("%(n)s working day", "%(n)s working days", number),
        LimitUnit.CALENDAR_DAY: ngettext("%(n)s calendar day", "%(n)s calendar days", number),
        LimitUnit.WEEK: ngettext("%(n)s week", "%(n)s weeks", number),
        LimitUnit.MONTH: ngettext("%(n)s month", "%(n)s months", number),
    }
    return wording[LimitUnit(unit)] % {"n": number}


@register.simple_tag
def used_in_url(kind: str, key: object) -> str:
    """Rooms above know who uses a setting; the page loads it from there."""
    return path("used_in", setting=kind, key=str(key))
