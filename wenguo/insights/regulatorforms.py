"""Forms of the regulators' pages."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.insights.choices import SourceFilter
from wenguo.insights.choices.regulators import FirmFact, Regime
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days
from wenguo.insights.rules.regulators import REGIMES

_PERIODS = 8


def periods_of(regime: Regime) -> list[Days]:
    """The last periods that are over, newest first."""
    rule, found, day = REGIMES[regime], [], house_today()
    for _number in range(_PERIODS):
        day = rule.period(day).first - timedelta(days=1)
        found.append(rule.period(day))
    return found


class AskFileForm(forms.Form):
    """One of the regulator's periods, or other days (a bank's month, a firm's own accounting year)."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    since = forms.DateField(label=_("Or from"), required=False, widget=forms.DateInput())
    until = forms.DateField(label=_("until"), required=False, widget=forms.DateInput())
    source = forms.ChoiceField(label=_("Where from"), choices=SourceFilter.choices, initial=SourceFilter.LIVE)

    def __init__(self, regime: Regime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {f"{days.first}": days for days in periods_of(regime)}
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(key, f"{days.first} – {days.last}") for key, days in self._known.items()]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if given and bool(given.get("since")) != bool(given.get("until")):
            raise forms.ValidationError(_("Give both days, or choose a period."))
        return given

    def days(self) -> Days:
        given = self.cleaned_data
        if given.get("since") and given.get("until"):
            return Days(given["since"], given["until"])
        return self._known.get(given.get("period") or "", next(iter(self._known.values())))


class FirmForm(forms.Form):
    """What the files of a regime say of the firm."""

    def __init__(self, regime: Regime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in REGIMES[regime].facts:
            self.fields[one] = forms.CharField(label=FirmFact(one).label, max_length=200, required=False)


class CodeForm(forms.Form):
    """A code to be added to a regulator's list."""

    code = forms.CharField(label=_("Code"), max_length=120)
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
