"""Forms of the reports' pages."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.access import units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.choices.reports import ReportKind
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days, last_of_month
from wenguo.ui.formfields import offer

_MONTHS = 18


class OpenReportForm(forms.Form):
    """A month, or for the review any days; a unit or everything."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput())
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput())
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("Whole company")
    )

    def __init__(self, kind: ReportKind, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.active().filter(units_in_scope(user, Permission.SEE_FIGURES)))
        if kind is ReportKind.MONTHLY:
            del self.fields["since"], self.fields["until"]
            field = self.fields["month"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [(f"{day:%Y-%m-%d}", date_format(day, "YEAR_MONTH_FORMAT")) for day in _months()]
        else:
            del self.fields["month"]
            self.fields["since"].required = self.fields["until"].required = True
            last = house_today().replace(day=1) - timedelta(days=1)
            self.initial = {
                "since": date(last.year - 1 if last.month < 12 else last.year, last.month % 12 + 1, 1),
                "until": last,
            }

    def days(self) -> Days:
        given = self.cleaned_data
        if "month" in self.fields:
            first = date.fromisoformat(given["month"]) if given["month"] else _months()[0]
            return Days(first, last_of_month(first))
        return Days(given["since"], given["until"])


def _months() -> list[date]:
    """The first days of the last months, the one before this first."""
    day, found = house_today().replace(day=1), []
    for _number in range(_MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return [*found[:1], house_today().replace(day=1), *found[1:]]
