"""Days and numbers as people type them into a query: 2026-11, 2026-10..2026-11, >=2026-11-01, 7d, 上周. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_BACK = re.compile(r"(\d{1,4})(d|天|日|w|周)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_BOUND = re.compile(r"(>=|<=|>|<)(.+)")


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included; None is open."""

    first: date | None
    last: date | None


ALWAYS = Period(None, None)


@dataclass(frozen=True)
class Span:
    """From the least to the most, both included; None is open."""

    least: int | None
    most: int | None


def period(text: str, today: date) -> Period | None:
    """The days meant, as seen on `today`; None when these are no days."""
    low, dots, high = text.partition("..")
    if dots:
        first, last = (_one(low, today) if low else None), (_one(high, today) if high else None)
        if (low and not first) or (high and not last) or not (low or high):
            return None
        return _ordered(Period(first.first if first else None, last.last if last else None))
    if bound := _BOUND.fullmatch(text):
        return _bounded(bound[1], _one(bound[2], today))
    return _one(text, today)


def span(text: str) -> Span | None:
    """The whole numbers meant: 3, 1..2, <=2."""
    low, dots, high = text.partition("..")
    if dots:
        fits = (low or high) and all(not one or _NUMBER.fullmatch(one) for one in (low, high))
        return Span(int(low) if low else None, int(high) if high else None) if fits else None
    bound = _BOUND.fullmatch(text)
    sign, digits = (bound[1], bound[2]) if bound else ("", text)
    if not _NUMBER.fullmatch(digits):
        return None
    number = int(digits)
    spans = {
        "": Span(number, number),
        ">=": Span(number, None),
        ">": Span(number + 1, None),
        "<=": Span(None, number),
        "<": Span(None, number - 1),
    }
    return spans[sign]


def _bounded(sign: str, given: Period | None) -> Period | None:
    if given is None or given.first is None or given.last is None:
        return None
    day = timedelta(days=1)
    periods = {
        ">=": Period(given.first, None),
        ">": Period(given.last + day, None),
        "<=": Period(None, given.last),
        "<": Period(None, given.first - day),
    }
    return periods[sign]


def _ordered(given: Period) -> Period | None:
    return None if given.first and given.last and given.first > given.last else given


def _one(text: str, today: date) -> Period | None:
    """A day, a month, a year, or a word for some days."""
    if back := _BACK.fullmatch(text):
        days = int(back[1]) * (7 if back[2].lower() in ("w", "周") else 1)
        return Period(today - timedelta(days=max(days - 1, 0)), today)
    if text.lower() in _NAMED:
        return _named(_NAMED[text.lower()], today)
    return _dated(text)


def _dated(text: str) -> Period | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return Period(date(year, month, day), date(year, month, day))
        first = date(year, month or 1, 1)
        return Period(first, _last_of_month(first) if month else date(year, 12, 31))
    except (ValueError, OverflowError):
        return None


_NAMED = {
    **dict.fromkeys(("today", "今天"), "today"),
    **dict.fromkeys(("yesterday", "昨天"), "yesterday"),
    **dict.fromkeys(("tomorrow", "明天"), "tomorrow"),
    **dict.fromkeys(("this_week", "本周", "这周"), "this_week"),
    **dict.fromkeys(("last_week", "上周"), "last_week"),
    **dict.fromkeys(("this_month", "本月", "这个月"), "this_month"),
    **dict.fromkeys(("last_month", "上月", "上个月"), "last_month"),
    **dict.fromkeys(("this_year", "今年"), "this_year"),
    **dict.fromkeys(("last_year", "去年"), "last_year"),
}


def _named(name: str, today: date) -> Period:
    day, monday, first = timedelta(days=1), today - timedelta(days=today.weekday()), today.replace(day=1)
    before = (first - day).replace(day=1)
    periods = {
        "today": Period(today, today),
        "yesterday": Period(today - day, today - day),
        "tomorrow": Period(today + day, today + day),
        "this_week": Period(monday, monday + 6 * day),
        "last_week": Period(monday - 7 * day, monday - day),
        "this_month": Period(first, _last_of_month(first)),
        "last_month": Period(before, first - day),
        "this_year": Period(date(today.year, 1, 1), date(today.year, 12, 31)),
        "last_year": Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return periods[name]


def _last_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
