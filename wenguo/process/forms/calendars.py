"""Calendars: names and hours, one day, a year from a file or from what is published, a test."""

import json
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.tables import read_table
from wenguo.lib.workcalendar import days_from_notice
from wenguo.process.actions import SpecialDay
from wenguo.process.choices import FIELD_LABELS, WEEKDAYS, DayKind, LimitUnit, Roll
from wenguo.process.forms.standards import SampleForm
from wenguo.process.models import Calendar
from wenguo.process.rules import parse_windows, window_fault, windows_text

MOST_BYTES = 2 * 1024 * 1024
KIND_WORDS = {
    "holiday": DayKind.HOLIDAY, "休": DayKind.HOLIDAY, "假": DayKind.HOLIDAY, "放假": DayKind.HOLIDAY,
    "true": DayKind.HOLIDAY, "makeup": DayKind.MAKEUP, "班": DayKind.MAKEUP, "调休上班": DayKind.MAKEUP,
    "上班": DayKind.MAKEUP, "false": DayKind.MAKEUP,
}  # fmt: skip


class HoursField(forms.CharField):
    """Working hours of a day: `08:30-12:00, 13:00-17:30`; empty on days off."""

    def prepare_value(self, value: Any) -> Any:
        return windows_text(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        text = super().clean(value)
        try:
            pairs = parse_windows(text)
        except ValueError:
            raise ValidationError(_("Write working hours as 08:30-12:00, 13:00-17:30.")) from None
        if fault := window_fault(pairs):
            raise ValidationError(HOUR_FAULTS[fault])
        return pairs


HOUR_FAULTS = {
    "form": _("Write working hours as 08:30-12:00, 13:00-17:30."),
    "backwards": _("Working hours must end after they begin."),
    "overlap": _("Working hours must be in order and not overlap."),
}


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones())]


class CalendarForm(forms.Form):
    """Names, place and the hours of the week."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELD_LABELS["name_en"], max_length=200)
    country = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Country (two letters)"), initial="CN")
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        initial="Asia/Shanghai",
        choices=zone_choices,
        widget=forms.Select(attrs={"data-combobox": ""}),
    )

    def __init__(self, posted: Any = None, *, calendar: Calendar | None = None) -> None:
        super().__init__(posted, initial=_initial(calendar))
        for weekday, label in enumerate(WEEKDAYS):
            hint = _("such as 08:30-12:00, 13:00-17:30") if weekday == 0 else ""
            self.fields[f"windows_{weekday}"] = HoursField(label=label, required=False, help_text=hint)
        if calendar:
            del self.fields["code"]

    def terms(self) -> dict[str, Any]:
        """What the action asks for."""
        given = self.cleaned_data
        windows = {str(weekday): given[f"windows_{weekday}"] for weekday in range(7)}
        plain = {key: value for key, value in given.items() if not key.startswith("windows_")}
        return plain | {"windows": windows, "country": given["country"].upper()}


def _initial(calendar: Calendar | None) -> dict[str, Any]:
    if calendar is None:
        return {}
    plain = {name: getattr(calendar, name) for name in ("name_zh", "name_en", "country", "time_zone")}
    return plain | {f"windows_{weekday}": calendar.windows.get(str(weekday), []) for weekday in range(7)}


class DayForm(forms.Form):
    """One day that differs from its weekday."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        initial=DayKind.HOLIDAY,
        choices=[*DayKind.choices, ("", _("An ordinary day, as its weekday says"))],
    )
    name = forms.CharField(label=_("Name of the day"), required=False, max_length=60)
    windows = HoursField(label=_("Own working hours"), required=False, help_text=_("Empty: the hours of the weekday."))


class YearForm(forms.Form):
    """A year of holidays: from a file, or from what is published for the country."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    file = forms.FileField(
        label=_("File with the days of the year"),
        required=False,
        help_text=_(
            "CSV or XLSX with the columns date, kind (holiday/makeup or 休/班) and name, or the JSON of a State "
            "Council notice. Without a file the published holidays of the country are loaded."
        ),
    )

    def clean_file(self) -> list[SpecialDay]:
        upload = self.cleaned_data["file"]
        return days_in(upload) if upload else []


def days_in(upload: UploadedFile) -> list[SpecialDay]:
    """The days of an uploaded file; a faulty row is named with its number."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(gettext("The file is too large. A year of holidays takes a few kilobytes."))
    content = upload.read()
    if (upload.name or "").lower().endswith(".json"):
        return _days_of_notice(content)
    try:
        rows = list(read_table(content, upload.name or "days.csv"))
    except Refused as no:
        raise ValidationError(no.sentence) from no
    days = []
    for row in rows:
        values = {key.strip().lower(): value.strip() for key, value in row.values.items()}
        day = None if row.error else _day(values)
        if day is None:
            sentence = gettext("Row %(row)s is not a day: write a date as 2027-01-01 and holiday or makeup.")
            raise ValidationError(sentence % {"row": row.number})
        days.append(day)
    return days


def _day(values: dict[str, str]) -> SpecialDay | None:
    kind = KIND_WORDS.get((values.get("kind") or values.get("类型") or values.get("isoffday") or "").lower())
    text = (values.get("date") or values.get("日期") or "").replace("/", "-")
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return (
            SpecialDay(date(year, month, day), kind, values.get("name") or values.get("名称") or "") if kind else None
        )
    except ValueError:
        return None


def _days_of_notice(content: bytes) -> list[SpecialDay]:
    try:
        days = days_from_notice(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValidationError(
            gettext("This is not the notice of a year: it needs days with name, date and isOffDay.")
        ) from None
    return [SpecialDay(day, special.kind, special.name) for day, special in sorted(days.items())]


class DueTestForm(SampleForm):
    """“When is it due, and why?” for a start and a limit."""

    limit = forms.IntegerField(label=_("Limit"), min_value=0, max_value=1000, initial=7)
    unit = forms.ChoiceField(label=_("Unit"), choices=LimitUnit.choices, initial=LimitUnit.WORKING_DAY)
    roll = forms.ChoiceField(label=_("Last day moves on"), choices=Roll.choices, initial=Roll.NONE)

    @classmethod
    def asked(cls, given: Any) -> "DueTestForm":
        """Bound to the query where it asks, else with a first example: seven working days from now."""
        first = {"start": now(), "limit": 7, "unit": LimitUnit.WORKING_DAY, "roll": Roll.NONE}
        return cls(given) if "limit" in given else cls(initial=first)

    def terms(self) -> tuple[Any, int, str, str]:
        if not self.is_bound:
            return now(), 7, LimitUnit.WORKING_DAY, Roll.NONE
        given = self.cleaned_data
        return given["start"] or now(), given["limit"], given["unit"], given["roll"]
