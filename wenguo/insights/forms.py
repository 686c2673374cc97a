"""The filters of a figures page, read from the address."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.access import units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.choices import Period, SourceFilter
from wenguo.insights.queries import Asked
from wenguo.insights.rules import span_of
from wenguo.lib.now import now
from wenguo.ui.formfields import offer


class FiguresForm(forms.Form):
    """Period, unit and source; anything unknown falls back to the default."""

    period = forms.ChoiceField(label=_("Period"), choices=Period.choices, required=False)
    source = forms.ChoiceField(label=_("Where from"), choices=SourceFilter.choices, required=False)
    unit = forms.ModelChoiceField(
        label=_("Lead unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units")
    )

    def __init__(self, data: Mapping[str, str], user: User) -> None:
        defaults = {"period": Period.DAYS_90.value, "source": SourceFilter.LIVE.value}
        super().__init__(defaults | {key: value for key, value in data.items() if value})
        self.user = user
        offer(self, "unit", Unit.objects.active().filter(units_in_scope(user, Permission.SEE_FIGURES)))

    def asked(self) -> Asked:
        """What the figures are asked for."""
        self.is_valid()
        given = self.cleaned_data
        period = Period(given.get("period") or Period.DAYS_90)
        source = SourceFilter(given.get("source") or SourceFilter.LIVE)
        return Asked(self.user, span_of(period, now(), self.user.zone), given.get("unit"), source)
