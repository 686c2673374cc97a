"""Calendars: the list, a year drawn, hours, single days, whole years, and “due when, and why?”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.lib.now import now
from wenguo.lib.worktime import DueDate, due_date
from wenguo.process import actions
from wenguo.process.access import check_may_change, check_may_read, get_calendar_for
from wenguo.process.choices import WEEKDAYS
from wenguo.process.forms.calendars import CalendarForm, DayForm, DueTestForm, YearForm
from wenguo.process.models import Calendar
from wenguo.process.queries import work_calendar
from wenguo.process.queries.pages import calendars_with_use, marked_day, runs, special_days, week_hours, years_around
from wenguo.process.rules.months import year_of
from wenguo.process.views.pages import shown
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


@login_required
@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    check_may_read(signed_in(request))
    rows = [(calendar, week_hours(calendar)) for calendar in calendars_with_use()]
    return shown(request, "calendars", {"rows": rows, "weekdays": WEEKDAYS})


@login_required
@require_GET
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """One year, day by day, and a test of due dates."""
    one = found(get_calendar_for, signed_in(request), code)
    today = timezone.localdate(now(), work_calendar(one).zone)
    year = _year(request.GET.get("year", ""), today.year)
    form = DueTestForm.asked(request.GET)
    context = {
        "calendar": one,
        "year": year,
        "years": years_around(today, one),
        "months": year_of(work_calendar(one), year, today),
        "runs": runs(special_days(one, year)),
        "hours": [(WEEKDAYS[weekday], text) for weekday, text in week_hours(one)],
        "weekdays": WEEKDAYS,
        "form": form,
        "due": _due(one, form),
    }
    return shown(request, "calendar", context)


def _year(typed: str, this_year: int) -> int:
    return int(typed) if typed.isdecimal() and 2000 <= int(typed) <= 2100 else this_year


def _due(one: Calendar, form: DueTestForm) -> DueDate | None:
    if form.is_bound and not form.is_valid():
        return None
    start, limit, unit, roll = form.terms()
    return due_date(work_calendar(one), start, limit, unit, roll=roll)  # type: ignore[arg-type]


@login_required
@page_and_form
def calendar_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new calendar, or names and hours of one."""
    check_may_change(signed_in(request))
    one = found(get_calendar_for, signed_in(request), code) if code else None
    back = reverse("process:calendar", args=[code]) if code else reverse("process:calendars")
    page = StepPage(one.name if one else _("New calendar"), back, _("Save"), _("The calendar is saved."))
    form = CalendarForm(request.POST or None, calendar=one)

    def perform(typed: CalendarForm) -> object:
        if one is None:
            return actions.add_calendar(by=signed_in(request), **typed.terms())
        return actions.change_calendar(one, by=signed_in(request), **typed.terms())

    return answer_step(request, page, form, perform)  # type: ignore[arg-type]


@login_required
@page_and_form
def day_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Marks a day as holiday, make-up or short day, or makes it an ordinary one again."""
    check_may_change(signed_in(request))
    one = found(get_calendar_for, signed_in(request), code)
    page = StepPage(_("Mark a day"), _back_to_year(request, one), _("Save"), _("The day is marked."))
    form = DayForm(request.POST or None, initial=marked_day(one, request.GET.get("day", "")))

    def perform(typed: DayForm) -> object:
        given = typed.cleaned_data
        if not given["kind"]:
            return actions.remove_day(one, given["day"], by=signed_in(request))
        return actions.set_day(one, by=signed_in(request), **given)

    return answer_step(request, page, form, perform)  # type: ignore[arg-type]


def _back_to_year(request: HttpRequest, one: Calendar) -> str:
    year = (request.POST.get("day") or request.GET.get("day", ""))[:4]
    return reverse("process:calendar", args=[one.code]) + (f"?year={year}" if year.isdecimal() else "")


@login_required
@page_and_form
def year_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Replaces the special days of a year."""
    check_may_change(signed_in(request))
    one = found(get_calendar_for, signed_in(request), code)
    form = YearForm(
        request.POST or None, request.FILES or None, initial={"year": (one.published_through or now().year) + 1}
    )
    year = form.data.get("year", "") if form.is_bound else ""
    back = reverse("process:calendar", args=[code]) + (f"?year={year}" if year.isdecimal() else "")
    page = StepPage(_("Load a year"), back, _("Load"), _("The year is loaded."))

    def perform(typed: YearForm) -> object:
        given = typed.cleaned_data
        if given["file"]:
            return actions.upload_year(one, given["year"], given["file"], by=signed_in(request))
        return actions.load_year(one, given["year"], by=signed_in(request))

    return answer_step(request, page, form, perform)  # type: ignore[arg-type]


@login_required
@require_POST
def calendar_default(request: HttpRequest, code: str) -> HttpResponse:
    actions.make_default(found(get_calendar_for, signed_in(request), code), by=signed_in(request))
    messages.success(request, _("This is the calendar of the company now."))
    return redirect("process:calendar", code)
