"""The filters of a figures page, read from the address."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.access import units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.choices import Axis, Drawing, Often, Period, SourceFilter
from wenguo.insights.queries import Asked
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import EARLIEST, Days, Span, days_of, span_of
from wenguo.lib.now import now
from wenguo.ui.formfields import offer


class ScopedForm(forms.Form):
    """What every page of figures is asked for, read from the address: units the reader may see figures of."""

    field_order = ("period", "since", "until", "source", "unit")
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


class FiguresForm(ScopedForm):
    """Period, unit and source; anything unknown falls back to the default."""

    since = forms.DateField(required=False, widget=forms.HiddenInput)
    until = forms.DateField(required=False, widget=forms.HiddenInput)

    def asked(self) -> Asked:
        """What the figures are asked for."""
        self.is_valid()
        given = self.cleaned_data
        period = Period(given.get("period") or Period.DAYS_90)
        source = SourceFilter(given.get("source") or SourceFilter.LIVE)
        span = self._named_days() or span_of(period, now(), self.user.zone)
        return Asked(self.user, span, given.get("unit"), source)

    def _named_days(self) -> Span | None:
        """`since` and `until` of the address (days, included), where a chart leads to its rows."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if not since or not until or until < since:
            return None
        first, after = (datetime.combine(day, time(), self.user.zone) for day in (since, until + timedelta(days=1)))
        return Span(first, min(after, now()))


class BoardForm(forms.Form):
    """A board of one's own: its charts in their order, and what it opens with."""

    name = forms.CharField(label=_("Name"), max_length=60)
    drawings = forms.MultipleChoiceField(
        label=_("Charts"), choices=Drawing.choices, widget=forms.CheckboxSelectMultiple
    )
    period = forms.ChoiceField(label=_("Opens with"), choices=Period.choices, initial=Period.DAYS_90)
    is_shared = forms.BooleanField(label=_("Everybody who sees figures may open it"), required=False)


class BoardMailForm(forms.Form):
    """How often a board comes by mail, and at what hour of the reader's day."""

    often = forms.ChoiceField(label=_("How often"), choices=Often.choices)
    hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)], initial=8
    )
    board = forms.IntegerField(required=False, widget=forms.HiddenInput)
    standard = forms.CharField(required=False, widget=forms.HiddenInput)


class SliceForm(ScopedForm):
    """The filters of every page over the sums, read from the address; anything unknown falls back to the default.

    `since` and `until` (days, included) win over `period`. One of product, issue, cause, channel, importance narrows.
    """

    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Until"), required=False)

    def slice(self) -> Slice:
        self.is_valid()
        given = self.cleaned_data
        source = SourceFilter(given.get("source") or SourceFilter.LIVE)
        axis, member = self._narrowed()
        return Slice(self.user, self._days(), given.get("unit"), source, axis, member)

    def _days(self) -> Days:
        today = house_today()
        named = days_of(Period(self.cleaned_data.get("period") or Period.DAYS_90), today)
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if not since and not until:
            return named
        last = min(until or today, today)
        return Days(min(since or EARLIEST, last), last)

    def _narrowed(self) -> tuple[Axis, str]:
        for axis in (Axis.PRODUCT, Axis.ISSUE, Axis.CAUSE, Axis.CHANNEL, Axis.IMPORTANCE):
            if member := self.data.get(axis.value):
                return axis, str(member)
        return Axis.ALL, ""
