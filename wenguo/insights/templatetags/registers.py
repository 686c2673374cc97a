"""Values of a register in words."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def in_words(value: Any) -> str:
    """A moment by the minute, a day, or what it is; a dash where there is nothing."""
    if value in (None, ""):
        return "–"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return date_format(value, "Y-m-d") if isinstance(value, date) else str(value)
