"""The standard as a whole, one stage, activation, and the authority matrix."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.choices import Role
from wenguo.lib.now import now
from wenguo.process.choices import FIELD_LABELS, LimitUnit
from wenguo.process.models import Calendar, StageRule, Standard
from wenguo.ui.steps import StepForm


class FormFieldsField(forms.CharField):
    """The fields of a stage's form, one a line: `key | 中文 | English`, with ` *` where it is required."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        lines = [
            f"{row['key']} | {row['label_zh']} | {row['label_en']}{' *' if row.get('required') else ''}"
            for row in value
        ]
        return "\n".join(lines)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [_form_row(line) for line in super().clean(value).splitlines() if line.strip()]


def _form_row(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.rstrip(" *").split("|")]
    if len(parts) != 3 or not all(parts):
        raise ValidationError(_("Write each field as: key | 中文 | English *"))
    key, label_zh, label_en = parts
    return {"key": key, "label_zh": label_zh, "label_en": label_en, "required": line.rstrip().endswith("*")}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StandardForm(StepForm):
    """What a draft says of the whole."""

    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELD_LABELS["name_en"], max_length=200)
    calendar = forms.ModelChoiceField(Calendar.objects.all(), label=FIELD_LABELS["calendar"], empty_label=None)
    whole_ordinary = forms.IntegerField(label=FIELD_LABELS["whole_ordinary"], min_value=1, max_value=1000)
    whole_major = forms.IntegerField(label=FIELD_LABELS["whole_major"], min_value=1, max_value=1000)
    whole_complex = forms.IntegerField(label=FIELD_LABELS["whole_complex"], min_value=1, max_value=1000)
    urgent_first_answer_hours = forms.IntegerField(
        label=FIELD_LABELS["urgent_first_answer_hours"], min_value=1, max_value=1000
    )
    urgent_solved_hours = forms.IntegerField(label=FIELD_LABELS["urgent_solved_hours"], min_value=1, max_value=1000)
    silence_working_days = forms.IntegerField(label=FIELD_LABELS["silence_working_days"], min_value=1, max_value=100)
    call_back_percent = forms.IntegerField(label=FIELD_LABELS["call_back_percent"], min_value=0, max_value=100)
    reply_needs_review = forms.BooleanField(label=FIELD_LABELS["reply_needs_review"], required=False)
    note = forms.CharField(label=FIELD_LABELS["note"], required=False, max_length=2000, widget=_area(3))

    @classmethod
    def of(cls, posted: Any, draft: Standard) -> "StandardForm":
        known = {name: getattr(draft, name) for name in cls.base_fields if name != "version"}
        return cls(posted, initial=known | {"version": draft.edition})


class StageForm(StepForm):
    """What a draft says of one stage, and the sample start of its preview."""

    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELD_LABELS["name_en"], max_length=200)
    owner_role = forms.ChoiceField(label=FIELD_LABELS["owner_role"], choices=Role.choices)
    limit_ordinary = forms.IntegerField(
        label=FIELD_LABELS["limit_ordinary"], required=False, min_value=0, max_value=1000
    )
    limit_major = forms.IntegerField(label=FIELD_LABELS["limit_major"], required=False, min_value=0, max_value=1000)
    limit_complex = forms.IntegerField(label=FIELD_LABELS["limit_complex"], required=False, min_value=0, max_value=1000)
    limit_unit = forms.ChoiceField(label=FIELD_LABELS["limit_unit"], choices=LimitUnit.choices)
    limit_from_receipt = forms.BooleanField(label=FIELD_LABELS["limit_from_receipt"], required=False)
    inputs_zh = forms.CharField(label=FIELD_LABELS["inputs_zh"], required=False, max_length=10_000, widget=_area(2))
    inputs_en = forms.CharField(label=FIELD_LABELS["inputs_en"], required=False, max_length=10_000, widget=_area(2))
    outputs_zh = forms.CharField(label=FIELD_LABELS["outputs_zh"], required=False, max_length=10_000, widget=_area(2))
    outputs_en = forms.CharField(label=FIELD_LABELS["outputs_en"], required=False, max_length=10_000, widget=_area(2))
    procedure_zh = forms.CharField(
        label=FIELD_LABELS["procedure_zh"], required=False, max_length=10_000, widget=_area(7)
    )
    procedure_en = forms.CharField(
        label=FIELD_LABELS["procedure_en"], required=False, max_length=10_000, widget=_area(7)
    )
    quality_target_zh = forms.CharField(label=FIELD_LABELS["quality_target_zh"], required=False, max_length=200)
    quality_target_en = forms.CharField(label=FIELD_LABELS["quality_target_en"], required=False, max_length=200)
    form = FormFieldsField(label=FIELD_LABELS["form"], required=False, max_length=10_000)

    @classmethod
    def of(cls, posted: Any, rule: StageRule) -> "StageForm":
        known = {name: getattr(rule, name) for name in cls.base_fields if name != "version"}
        return cls(posted, initial=known | {"version": rule.edition})

    def clean(self) -> dict[str, Any]:
        """Browsers send line ends as CR LF; the standard keeps LF, so that versions compare."""
        given: dict[str, Any] = super().clean() or {}
        return {key: _plain(value) for key, value in given.items()}


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class SampleForm(forms.Form):
    """When a sample complaint starts: for looking at limits as dates."""

    start = forms.DateTimeField(
        label=_("Sample start"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    @classmethod
    def of(cls, given: Any) -> "SampleForm":
        return cls(given if given and "start" in given else None, initial={"start": timezone.localtime(now())})

    def start_or_now(self) -> Any:
        return (self.is_bound and self.is_valid() and self.cleaned_data["start"]) or now()


class ActivateForm(forms.Form):
    note = forms.CharField(
        label=FIELD_LABELS["note"],
        max_length=2000,
        widget=_area(4),
        help_text=_("Kept in the history and printed on the work instructions."),
    )


class AuthorityForm(forms.Form):
    """The limit of one role; empty takes its authority away."""

    max_amount = forms.DecimalField(
        label=_("Approves up to (CNY)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("Leave empty if this role approves nothing."),
    )
    needs_second = forms.BooleanField(label=_("Only together with a second person"), required=False)
