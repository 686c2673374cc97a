"""Calendars: working windows, holidays and make-up days. Every change gives the calendar a new stamp."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.worktime import WorkCalendar, china_calendar, country_calendar
from wenguo.process.actions.guard import check_filled, lock_process, record, set_fields
from wenguo.process.choices import DayKind
from wenguo.process.models import Calendar, CalendarDay, Standard, new_stamp
from wenguo.process.rules import window_fault

Windows = Mapping[str, list[list[str]]]


@dataclass(frozen=True)
class SpecialDay:
    """A holiday or make-up day as uploaded."""

    day: date
    kind: str
    name: str = ""


@transaction.atomic
def add_calendar(
    *, code: str, name_zh: str, name_en: str, country: str, time_zone: str, windows: Windows, by: Actor
) -> Calendar:
    """A new calendar without holidays yet; load or upload the years next."""
    lock_process(by)
    check_filled(code=code, name_zh=name_zh, name_en=name_en)
    if Calendar.objects.filter(code=code.strip()).exists():
        raise Refused(_("This code is in use already. Choose another one."), field="code")
    _check_zone(time_zone)
    calendar = Calendar.objects.create(
        code=code.strip(),
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        country=country.upper(),
        time_zone=time_zone,
        windows=_checked(windows),
        is_default=not Calendar.objects.filter(is_default=True).exists(),
    )
    record("calendar.added", by=by, calendar=calendar.code, windows=calendar.windows)
    return calendar


@transaction.atomic
def change_calendar(calendar: Calendar, *, by: Actor, **wanted: Any) -> Calendar:
    """Changes names, country, time zone or windows. Running clocks keep their date until they are recalculated."""
    lock_process(by)
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    check_filled(**{key: str(wanted[key]) for key in ("name_zh", "name_en") if key in wanted})
    if "time_zone" in wanted:
        _check_zone(wanted["time_zone"])
    if "windows" in wanted:
        wanted["windows"] = _checked(wanted["windows"])
    changed = set_fields(calendar, wanted)
    if changed:
        _save(calendar, *changed)
        record("calendar.changed", by=by, calendar=calendar.code, changed=changed)
    return calendar


def change_windows(calendar: Calendar, windows: Windows, *, by: Actor) -> Calendar:
    """Sets the working hours of the week: several windows a day, in order, not overlapping."""
    return change_calendar(calendar, by=by, windows=windows)


@transaction.atomic
def set_day(
    calendar: Calendar, day: date, kind: str, *, by: Actor, name: str = "", windows: list[list[str]] | None = None
) -> CalendarDay:
    """Marks a day as holiday, make-up or short day; a day already marked is changed."""
    lock_process(by)
    if kind not in DayKind.values:
        raise Refused(_("Choose holiday, make-up working day or short working day."), field="kind")
    if windows:
        _check_windows(windows, "windows")
    if kind == DayKind.SHORT and not windows:
        raise Refused(_("Enter the working hours of the short day, such as 08:30-12:00."), field="windows")
    values = {"kind": kind, "name": name.strip()[:60], "windows": windows or None}
    row, _new = CalendarDay.objects.update_or_create(calendar=calendar, day=day, defaults=values)
    _save(calendar)
    record("calendar.day_set", by=by, calendar=calendar.code, day=str(day), **values)
    return row


@transaction.atomic
def remove_day(calendar: Calendar, day: date, *, by: Actor) -> None:
    """The day is again what its weekday says."""
    lock_process(by)
    gone, _rows = CalendarDay.objects.filter(calendar=calendar, day=day).delete()
    if not gone:
        raise Refused(_("This day is not marked."))
    _save(calendar)
    record("calendar.day_removed", by=by, calendar=calendar.code, day=str(day))


@transaction.atomic
def upload_year(calendar: Calendar, year: int, days: list[SpecialDay], *, by: Actor) -> int:
    """Replaces the special days of one year; the calendar is published through it when no year is left out."""
    lock_process(by)
    if any(day.day.year != year for day in days):
        raise Refused(_("All days must be in the year %(year)s.") % {"year": year}, field="year")
    if len({day.day for day in days}) != len(days):
        raise Refused(_("A day stands there twice. Keep one row for each day."))
    CalendarDay.objects.filter(calendar=calendar, day__year=year).delete()
    rows = [CalendarDay(calendar=calendar, day=one.day, kind=one.kind, name=one.name[:60]) for one in days]
    CalendarDay.objects.bulk_create(rows)
    through = CalendarDay.objects.filter(calendar=calendar).aggregate(last=Max("day__year"))["last"] or year
    calendar.published_through = max(year if days else 0, int(through)) or None
    _save(calendar, "published_through")
    record("calendar.year_set", by=by, calendar=calendar.code, year=year, days=len(rows))
    return len(rows)


@transaction.atomic
def replace_days(
    calendar: Calendar, days: Sequence[Mapping[str, Any]], published_through: int | None, *, by: Actor
) -> None:
    """All special days of a calendar as a file says them; nothing where it says the same."""
    lock_process(by)
    if len({one["day"] for one in days}) != len(days):
        raise Refused(_("A day stands there twice. Keep one row for each day."))
    for one in days:
        if one["windows"]:
            _check_windows(_pairs(one["windows"]) or [], "windows")
    wanted = sorted((one["day"], str(one["kind"]), one["name"], _pairs(one["windows"])) for one in days)
    present = list(CalendarDay.objects.filter(calendar=calendar).values_list("day", "kind", "name", "windows"))
    if wanted == present and calendar.published_through == published_through:
        return
    CalendarDay.objects.filter(calendar=calendar).delete()
    names = ("day", "kind", "name", "windows")
    rows = [CalendarDay(calendar=calendar, **dict(zip(names, one, strict=True))) for one in wanted]
    CalendarDay.objects.bulk_create(rows)
    calendar.published_through = published_through
    _save(calendar, "published_through")
    record("calendar.days_replaced", by=by, calendar=calendar.code, days=len(rows))


def load_year(calendar: Calendar, year: int, *, by: Actor) -> int:
    """Fills a year from what is published for the calendar's country; refused while that year is not known yet."""
    days = published_days(calendar.country, calendar.time_zone, year)
    if not days:
        raise Refused(
            _("No holidays of %(year)s are known for this country yet. Upload the year as a file.") % {"year": year},
            field="year",
        )
    return upload_year(calendar, year, days, by=by)


def published_days(country: str, time_zone: str, year: int) -> list[SpecialDay]:
    """China from the State Council's notices (chinesecalendar), other countries as computed by `holidays`."""
    try:
        known: WorkCalendar = (
            china_calendar() if country == "CN" else country_calendar(country, time_zone, years=range(year, year + 1))
        )
    except (NotImplementedError, KeyError):
        return []
    return [
        SpecialDay(day, special.kind, special.name)
        for day, special in sorted(known.special.items())
        if day.year == year
    ]


@transaction.atomic
def make_default(calendar: Calendar, *, by: Actor) -> None:
    """New standards count with this calendar."""
    lock_process(by)
    Calendar.objects.filter(is_default=True).update(is_default=False)
    Calendar.objects.filter(pk=calendar.pk).update(is_default=True)
    record("calendar.made_default", by=by, calendar=calendar.code)


@transaction.atomic
def remove_calendar(calendar: Calendar, *, by: Actor) -> None:
    """Removes a calendar no standard and no clock rule counts with."""
    lock_process(by)
    used = Standard.objects.filter(calendar=calendar).exists() or calendar.is_default
    if used or calendar.clockrule_set.exists():
        raise Refused(_("This calendar is in use and cannot be removed."))
    code = calendar.code
    calendar.delete()
    record("calendar.removed", by=by, calendar=code)


def _pairs(windows: Sequence[Sequence[str]] | None) -> list[list[str]] | None:
    return [list(pair) for pair in windows] if windows else None


def _save(calendar: Calendar, *fields: str) -> None:
    calendar.stamp = new_stamp()
    calendar.save(update_fields=[*fields, "stamp"])


def _check_zone(time_zone: str) -> None:
    if time_zone not in zoneinfo.available_timezones():
        raise Refused(_("Choose a time zone from the list, such as Asia/Shanghai."), field="time_zone")


def _checked(windows: Windows) -> dict[str, list[list[str]]]:
    """Weekdays with windows only, each in order."""
    for weekday, pairs in windows.items():
        if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
            raise Refused(_("There are seven weekdays, Monday is 0."))
        _check_windows(pairs, f"windows_{weekday}")
    kept = {weekday: [list(pair) for pair in pairs] for weekday, pairs in sorted(windows.items()) if pairs}
    if not kept:
        raise Refused(_("A calendar needs at least one working day."), field="windows_0")
    return kept


def _check_windows(pairs: list[list[str]], field: str) -> None:
    sentences = {
        "form": _("Write working hours as 08:30-12:00, 13:00-17:30."),
        "backwards": _("Working hours must end after they begin."),
        "overlap": _("Working hours must be in order and not overlap."),
    }
    if fault := window_fault(pairs):
        raise Refused(sentences[fault], field=field)
