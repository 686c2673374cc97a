"""Input of marks, inspections and oversight."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import Unit, User
from wenguo.supervision.choices import ItemFinding, MarkClass
from wenguo.supervision.rules import CHECKLIST
from wenguo.ui.formfields import offer
from wenguo.ui.steps import StepForm


class MarkForm(StepForm):
    mark_class = forms.ChoiceField(label=_("Used for"), choices=MarkClass.choices, widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=_("In one sentence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is learnt, or: nothing to improve, because …"),
    )
    who = forms.ModelChoiceField(label=_("Who takes it on"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "who", User.objects.filter(is_active=True).order_by("name"), type_ahead=True)


class InspectForm(StepForm):
    """One line per question of the checklist, then the verdict."""

    verdict = forms.CharField(label=_("Verdict"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "").startswith("en")
        findings = [choice for choice in ItemFinding.choices if choice[0] != ItemFinding.OPEN]
        for key, zh, en in CHECKLIST:
            self.fields[f"check_{key}"] = forms.ChoiceField(
                label=en if english else zh, choices=findings, widget=forms.RadioSelect
            )
            self.fields[f"note_{key}"] = forms.CharField(label=_("Note"), max_length=300, required=False)
        self.order_fields([f"{kind}_{key}" for key, _zh, _en in CHECKLIST for kind in ("check", "note")])

    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"check_{key}"] for key, _zh, _en in CHECKLIST}

    def notes(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"note_{key}"] for key, _zh, _en in CHECKLIST}


class OversightForm(StepForm):
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    due_at = forms.DateTimeField(label=_("By"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def clean_due_at(self) -> Any:
        given = self.cleaned_data["due_at"]
        return timezone.make_aware(given) if timezone.is_naive(given) else given


class AnswerOversightForm(StepForm):
    answer = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class PlanForm(StepForm):
    """Draws a sample of ended complaints."""

    title = forms.CharField(label=_("Title"), max_length=200)
    period_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    period_to = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), required=False)
    sample_size = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, initial=20)
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        help_text=_("Empty: drawn. The same seed draws the same sample."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.active())
