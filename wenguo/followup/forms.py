"""Input of call-backs, attempts, notices and the survey."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenguo.followup.actions.call_back import Answer
from wenguo.followup.choices import AttemptResult
from wenguo.ui.steps import StepForm

SCORES: list[tuple[str, Any]] = [
    ("5", _("5 very satisfied")),
    ("4", _("4 satisfied")),
    ("3", _("3 neither")),
    ("2", _("2 dissatisfied")),
    ("1", _("1 very dissatisfied")),
]


def score_field(label: Any, *, required: bool) -> forms.TypedChoiceField:
    """One of five, or nothing where it is not required."""
    choices: Any = SCORES if required else [("", _("No answer given")), *SCORES]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect
    )


class AnswerForm(StepForm):
    """Three scores kept apart: handling, result, product."""

    handling = score_field(_("Satisfied with the handling?"), required=True)
    result = score_field(_("Satisfied with the result?"), required=False)
    product = score_field(_("Satisfied with the product?"), required=False)
    is_solved = forms.NullBooleanField(
        label=_("Is it really solved?"),
        required=False,
        widget=forms.RadioSelect(choices=[("true", _("Yes")), ("false", _("No")), ("", _("Not said"))]),
    )
    comment = forms.CharField(
        label=_("In their own words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            handling=given["handling"],
            result=given["result"],
            product=given["product"],
            is_solved=given["is_solved"],
            comment=given["comment"],
        )


class AttemptForm(StepForm):
    result = forms.ChoiceField(
        label=_("How it ended"), choices=[c for c in AttemptResult.choices if c[0] != AttemptResult.REACHED]
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ProgressForm(StepForm):
    text = forms.CharField(label=_("What you tell the complainant"), widget=forms.Textarea(attrs={"rows": 5}))


class PromiseForm(StepForm):
    promised_for = forms.DateTimeField(
        label=_("We tell them by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    about = forms.CharField(label=_("About what"), max_length=300, required=False)

    def clean_promised_for(self) -> Any:
        given = self.cleaned_data["promised_for"]
        return timezone.make_aware(given) if timezone.is_naive(given) else given


class CloseForm(StepForm):
    """Nothing to fill: the attempts speak."""
