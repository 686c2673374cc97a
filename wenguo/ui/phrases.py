"""Times and lengths as sentences in the reader's language. The same wording is ticked in the browser (texts.js)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenguo.ui.rules import day_distance, duration


def is_chinese() -> bool:
    """Whether the page is being written in Chinese."""
    return (get_language() or "").startswith("zh")


def length_text(length: timedelta) -> str:
    """“2 d 4 h”, “3 h 40 min”, “18 min”."""
    parts = duration(length)
    said = []
    if parts.days:
        said.append(_("%(n)d d") % {"n": parts.days})
    if parts.hours:
        said.append(_("%(n)d h") % {"n": parts.hours})
    if parts.minutes or not said:
        said.append(_("%(n)d min") % {"n": parts.minutes})
    return " ".join(said)


def day_text(moment: datetime, now: datetime) -> str:
    """“today”, “9 月 7 日”, “7 Sep”, with the year where it is another one."""
    near = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}.get(day_distance(moment, now))
    if near:
        return near
    if is_chinese():
        return date_format(moment, "n 月 j 日" if moment.year == now.year else "Y 年 n 月 j 日")
    return date_format(moment, "j M" if moment.year == now.year else "j M Y")


def moment_text(moment: datetime, now: datetime, exact: bool = False) -> str:
    """“just now”, “12 min ago”, “today 14:05”, “9 月 7 日 10:12”; `exact` leaves out the first two."""
    passed = now - moment
    if not exact and timedelta() <= passed < timedelta(minutes=1):
        return _("just now")
    if not exact and timedelta() <= passed < timedelta(hours=1):
        return _("%(n)d min ago") % {"n": passed.seconds // 60}
    local, local_now = timezone.localtime(moment), timezone.localtime(now)
    return f"{day_text(local, local_now)} {date_format(local, 'H:i')}"


def full_text(moment: datetime) -> str:
    """The whole date with weekday and zone, for the tooltip."""
    return date_format(timezone.localtime(moment), "Y 年 n 月 j 日 l H:i (T)" if is_chinese() else "l j F Y H:i (T)")


def due_text(due: datetime, now: datetime) -> str:
    """“3 h 40 min left” or “2 h overdue”."""
    wording = _("%(length)s left") if due >= now else _("%(length)s overdue")
    return wording % {"length": length_text(due - now)}
