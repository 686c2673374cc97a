"""The components that need a little arithmetic. What is only markup is a partial in templates/ui/."""

from collections.abc import Sequence, Sized
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wenguo.lib.now import now as business_now
from wenguo.ui import phrases, rules
from wenguo.ui.fields import field_context
from wenguo.ui.icons import FALLBACK, ICONS

register = template.Library()

KIND_ICONS = {"urgent": "alert", "major": "diamond", "ok": "check", "ai": "spark"}
STATE_KINDS = {"met": "ok", "missed": "urgent", "paused": "neutral", "stopped": "neutral", "terminated": "neutral"}


def kind_class(kind: str) -> str:
    """The class that gives a component its colour; an unknown kind is neutral."""
    return f"kind-{kind if kind in rules.KINDS else 'neutral'}"


@register.simple_tag
@lru_cache(maxsize=1000)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline SVG. With `label` it speaks, without it is decoration."""
    drawing = mark_safe(ICONS.get(name, ICONS[FALLBACK]))  # noqa: S308 our own drawings
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="16" height="16" focusable="false" {}>{}</svg>',
        f" {css}" if css else "", voice, drawing,
    )  # fmt: skip


@register.filter
def actor(name: str) -> str:
    """Who is no person has a word in every language; a person keeps the name."""
    return {"system": _("the system"), "complainant": _("the complainant")}.get(name, name)


@register.simple_tag
def chip(text: object, kind: str = "neutral", icon_name: str = "", title: str = "") -> SafeString:
    """A word in a pill. Coloured kinds carry an icon unless `icon_name="none"`."""
    chosen = icon_name or KIND_ICONS.get(kind, "")
    mark = icon(chosen) if chosen and chosen != "none" else ""
    hover = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="chip {}"{}>{}<span>{}</span></span>', kind_class(kind), hover, mark, text)


@register.simple_tag
def badge(thing: Any) -> SafeString:
    """A chip for anything with `label` and `colour` (our TextChoices), and perhaps `icon`."""
    if thing is None or thing == "":
        return SafeString("")
    label = getattr(thing, "label", None) or getattr(thing, "name", None) or thing
    return chip(label, getattr(thing, "colour", "neutral"), getattr(thing, "icon", "") or "")


@register.simple_tag
def ring(percent: float, kind: str = "act", mark: str = "") -> SafeString:
    """A ring filled clockwise to `percent`; `mark` puts a tick or a pause inside."""
    marks = {
        "ok": '<path class="mark" d="m11 16.5 3.5 3.5 6.5-7"/>',
        "pause": '<path class="mark" d="M13 12v8M19 12v8"/>',
        "late": '<path class="mark" d="M16 11v6M16 20.5v.3"/>',
    }
    return format_html(
        '<svg class="ring {}" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="13"/>'
        '<circle class="arc" cx="16" cy="16" r="13" transform="rotate(-90 16 16)" stroke-dasharray="{}"/>{}</svg>',
        kind_class(kind), rules.ring_dash(float(percent or 0)), mark_safe(marks.get(mark, "")),  # noqa: S308 our own drawings
    )  # fmt: skip


@register.simple_tag
def bar(
    value: float, low: float, high: float, target: float | None = None, kind: str = "ok",
    floor: float = 0, ceiling: float = 100, label: str = "",
) -> SafeString:  # fmt: skip
    """A KPI with its interval on a track from `floor` to `ceiling`, and the target as a stroke."""
    span = rules.interval(float(value), float(low), float(high), target, float(floor), float(ceiling))
    mark = ""
    if span.target is not None:
        mark = format_html(
            '<svg x="{}%" overflow="visible"><rect class="target" x="-1" y="0" width="2" height="14"/></svg>',
            span.target,
        )
    said = label or _("%(value)s, interval %(low)s to %(high)s") % {"value": value, "low": low, "high": high}
    return format_html(
        '<svg class="range {}" role="img" aria-label="{}" focusable="false">'
        '<rect class="track" y="4" width="100%" height="6" rx="3"/>'
        '<rect class="span" x="{}%" y="4" width="{}%" height="6" rx="3"/>'
        '<circle class="point" cx="{}%" cy="7" r="4"/>{}</svg>',
        kind_class(kind), said, span.start, span.width, span.point, mark,
    )  # fmt: skip


@register.simple_tag
def sparkline(values: Sequence[float], kind: str = "act", label: str = "") -> SafeString:
    """A line without axes; the last value has a point."""
    points = rules.spark_points([float(v) for v in values])
    if not points:
        return SafeString("")
    line = " ".join(f"{x},{y}" for x, y in points)
    area = f"M{points[0][0]},28 L" + " L".join(f"{x},{y}" for x, y in points) + f" L{points[-1][0]},28 Z"
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="spark {}" viewBox="-2 -2 106 32" {} focusable="false"><path d="{}"/><polyline points="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>',
        kind_class(kind), voice, area, line, *points[-1],
    )  # fmt: skip


@register.simple_tag
def when(moment: datetime | date | None, style: str = "relative") -> SafeString:
    """A `<time>` in the reader's zone: the whole date on hover, relative words kept fresh in the browser."""
    if moment is None:
        return mark_safe('<span class="faint">—</span>')
    if not isinstance(moment, datetime):
        today = timezone.localtime(business_now())
        day = datetime(moment.year, moment.month, moment.day, tzinfo=today.tzinfo)
        return format_html(
            '<time class="num" datetime="{}">{}</time>', moment.isoformat(), phrases.day_text(day, today)
        )
    full = phrases.full_text(moment)
    words = full if style == "full" else phrases.moment_text(moment, business_now(), exact=style == "absolute")
    tick = mark_safe(' data-when=""') if style == "relative" else ""
    return format_html(
        '<time class="num nowrap" datetime="{}" title="{}"{}>{}</time>', moment.isoformat(), full, tick, words
    )


@register.simple_tag
def countdown(due: datetime | None, now: datetime | None = None, state: str = "running") -> SafeString:
    """Time left to `due` with icon and words; `state`: running, paused, met, missed."""
    if state == "paused":
        return _due("neutral", "pause", _("Clock stopped"), due)
    if due is None:
        return mark_safe('<span class="faint">—</span>')
    now = now or business_now()
    if state == "met":
        return _due("ok", "check", _("On time"), due)
    left = due - now
    if state == "missed" or left < timedelta():
        return _due("urgent", "alert", phrases.due_text(due, now), due, ticks=state != "missed")
    return _due(
        "major" if left < timedelta(hours=24) else "neutral", "clock", phrases.due_text(due, now), due, ticks=True
    )


def _due(kind: str, mark: str, words: str, due: datetime | None, ticks: bool = False) -> SafeString:
    stamp = due.isoformat() if due else ""
    return format_html(
        '<time class="due {}" datetime="{}" title="{}"{}>{}<span>{}</span></time>',
        kind_class(kind), stamp, phrases.full_text(due) if due else "",
        mark_safe(' data-countdown=""') if ticks else "", icon(mark), words,
    )  # fmt: skip


@register.filter
def length(value: timedelta | Sized | None) -> str | int:
    """A duration in words: “3 h 40 min”. It hides Django's filter of this name, so it counts a list as that does."""
    if isinstance(value, Sized):
        return len(value)
    return "—" if value is None else phrases.length_text(value)


@register.simple_tag
def avatar(name: object, css: str = "") -> SafeString:
    """A person's initials in their colour; the name itself stands beside it."""
    text = str(name)
    return format_html(
        '<span class="avatar {} {}" aria-hidden="true" title="{}">{}</span>',
        kind_class(rules.hue_of(text)), css, text, rules.initials(text),
    )  # fmt: skip


@register.inclusion_tag("ui/_empty.html")
def empty(
    title: object, text: object = "", url: str = "", action: object = "", icon_name: str = "inbox", slim: bool = False
) -> dict[str, Any]:
    """Nothing here: why, and what to do."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name, "slim": slim}


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", css: str = "", cards: bool = False, **attrs: Any
) -> dict[str, Any]:
    """One form field: label, control, help, error. `attrs` go to the control (`_` becomes `-`)."""
    return field_context(bound, label, hint, css, cards, attrs)


@register.inclusion_tag("ui/_page_nav.html", takes_context=True)
def page_nav(context: Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Keyset pager for a `lib.pages.Page`; `page.summary`, where there is one, is a sentence."""
    before = getattr(page, "previous_cursor", None) or getattr(page, "previous", None)
    after = getattr(page, "next_cursor", None) or getattr(page, "next", None)
    return {
        "previous_url": query_string(context, **{name: before}) if before else "",
        "next_url": query_string(context, **{name: after}) if after else "",
        "summary": getattr(page, "summary", ""),
    }


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """The present query with some keys changed; None or "" removes one, a list gives several."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        elif isinstance(value, list | tuple):
            query.setlist(key, [str(v) for v in value])
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "."


@register.simple_tag(takes_context=True)
def sort_header(context: Context, key: str, label: object, name: str = "sort") -> SafeString:
    """A `<th>` that sorts: first click ascending, second descending."""
    request = context.get("request")
    active = request.GET.get(name, "") if request else ""
    direction = {key: "ascending", f"-{key}": "descending"}.get(active, "")
    target = query_string(context, **{name: f"-{key}" if active == key else key, "page": None})
    arrow = {"ascending": icon("arrow-up"), "descending": icon("arrow-down")}.get(direction, "")
    aria = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html('<th scope="col"{}><a href="{}">{}{}</a></th>', aria, target, label, arrow)


@register.simple_tag
def choices_line(options: Sequence[tuple[str, object]], current: str, name: str) -> SafeString:
    """Segments that set one key of the query: period, unit, kind."""
    links = format_html_join(
        "", '<a href="?{}={}"{}>{}</a>',
        ((name, key, mark_safe(' aria-current="true"') if key == current else "", label) for key, label in options),
    )  # fmt: skip
    return format_html('<div class="segments">{}</div>', links)
