"""A clock rule: its first version, or a new one."""

import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.process.choices import FIELD_LABELS, Confidence, DutyHolder, LimitUnit, Roll
from wenguo.process.models import Calendar, ClockRule


class ClockRuleForm(forms.Form):
    """The terms of a promise."""

    code = forms.RegexField(r"^[a-z0-9.-]{3,60}$", label=_("Code"), help_text=_("Such as cn.return-7d.refund"))
    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELD_LABELS["name_en"], max_length=200)
    jurisdiction = forms.CharField(label=_("Jurisdiction"), max_length=10, initial="CN")
    regime = forms.CharField(label=_("Law or rule"), max_length=100, required=False)
    duty_holder = forms.ChoiceField(label=_("Whose duty"), choices=DutyHolder.choices, initial=DutyHolder.COMPANY)
    start_event = forms.CharField(label=_("Starts with"), max_length=40, initial="receipt")
    stop_event = forms.CharField(label=_("Stops with"), max_length=40)
    limit = forms.IntegerField(label=_("Limit"), min_value=1, max_value=10_000)
    unit = forms.ChoiceField(label=_("Unit"), choices=LimitUnit.choices, initial=LimitUnit.WORKING_DAY)
    roll = forms.ChoiceField(label=_("Last day moves on"), choices=Roll.choices, initial=Roll.NONE)
    first_day_excluded = forms.BooleanField(label=_("The first day does not count"), required=False, initial=True)
    calendar = forms.ModelChoiceField(
        Calendar.objects.all(), label=_("Calendar"), required=False, empty_label=_("The calendar of the standard")
    )
    applies_when = forms.CharField(
        label=_("Applies when"),
        required=False,
        initial="{}",
        widget=forms.Textarea(attrs={"rows": 3, "class": "mono"}),
        help_text=_('Facts as JSON, all must hold: {"is_vehicle": true, "remedy": ["return", "refund"]}'),
    )
    consequence_zh = forms.CharField(
        label=_("What follows if it is missed, in Chinese"), max_length=300, required=False
    )
    consequence_en = forms.CharField(
        label=_("What follows if it is missed, in English"), max_length=300, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    confidence = forms.ChoiceField(label=_("How sure"), choices=Confidence.choices, initial=Confidence.FULL_TEXT)
    effective_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, posted: Any = None, *, rule: ClockRule | None = None, tomorrow: date) -> None:
        super().__init__(posted, initial=_initial(rule) | {"effective_from": tomorrow})
        if rule:
            del self.fields["code"]

    def clean_applies_when(self) -> dict[str, Any]:
        try:
            condition = json.loads(self.cleaned_data["applies_when"] or "{}")
        except ValueError:
            condition = None
        if not isinstance(condition, dict):
            raise ValidationError(gettext('This is not a condition. Write it as {"fact": value}, or {} for always.'))
        return condition


def _initial(rule: ClockRule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    values = {name: getattr(rule, name) for name in ClockRuleForm.base_fields if name != "code"}
    return values | {"applies_when": json.dumps(rule.applies_when, ensure_ascii=False)}
