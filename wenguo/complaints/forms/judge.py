"""Stages 2 to 6."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.choices import Score, ValidWhen
from wenguo.complaints.forms.fields import NOTE, NodeField, PeopleField, colleagues, text_field
from wenguo.complaints.models import Complaint
from wenguo.process.choices import Importance, TreeKind
from wenguo.ui.steps import StepForm

SCORE_HINTS = {
    "severity": _("What it did to the complainant: money, time, trust"),
    "safety": _("Danger for people; 4 and 5 make it urgent at once"),
    "complexity": _("How many units, facts and experts it takes"),
    "impact": _("How many others: customers, public opinion, regulators"),
}


class NoteForm(StepForm):
    """A step that needs nothing but perhaps a note."""

    note = text_field(NOTE, required=False, rows=3, hint=_("Internal: the complainant does not see it."))


class ValidForm(StepForm):
    """All five must hold; where one does not, more is asked for, or it is declined."""

    checks = forms.MultipleChoiceField(
        label=_("What was looked at"),
        choices=ValidWhen.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whether the facts are true is decided later, never here."),
    )
    note = text_field(NOTE, required=False, rows=2)

    def clean_checks(self) -> list[str]:
        checks: list[str] = self.cleaned_data["checks"]
        if len(checks) < len(ValidWhen):
            raise forms.ValidationError(
                _("Where a point does not hold, ask the complainant for more, or decline with a reason.")
            )
        return checks


class DeclineForm(StepForm):
    reason = NodeField(TreeKind.DECLINE_REASON, label=_("Reason"), widget=forms.Select())
    explanation = text_field(
        _("Explanation to the complainant"),
        rows=5,
        hint=_("In plain words. The other routes that stay open are added from the reason."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].offer()  # type: ignore[attr-defined]


class QuestionForm(StepForm):
    question = text_field(
        _("Question to the complainant"), hint=_("They are told at once; our clocks stop until something comes in.")
    )


class ClassifyForm(StepForm):
    product = NodeField(TreeKind.PRODUCT, label=_("Product"), required=False)
    issue = NodeField(TreeKind.ISSUE, label=_("Issue"))
    apparent_demand = text_field(
        _("Apparent demand"), required=False, rows=2, hint=_("What is asked for in so many words")
    )
    hidden_need = text_field(
        _("Hidden need"), required=False, rows=2, hint=_("What it is really about, as you understood it")
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].offer(complaint.product)  # type: ignore[attr-defined]
        self.fields["issue"].offer(complaint.issue)  # type: ignore[attr-defined]


def classes_of(complaint: Complaint) -> dict[str, Any]:
    """What the form of stage 4 starts with."""
    return {
        "product": complaint.product_id,
        "issue": complaint.issue_id,
        "apparent_demand": complaint.apparent_demand or complaint.remedy_sought,
        "hidden_need": complaint.hidden_need,
        "version": complaint.version,
    }


def _score(name: str, label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        choices=Score.choices,
        initial=1,
        widget=forms.RadioSelect,
        help_text=SCORE_HINTS[name],
    )


class WeighForm(StepForm):
    """The matrix; the level follows from it."""

    severity = _score("severity", _("Severity"))
    safety = _score("safety", _("Safety"))
    complexity = _score("complexity", _("Complexity"))
    impact = _score("impact", _("Impact"))
    is_urgent = forms.BooleanField(label=_("Urgent"), required=False)
    is_vulnerable = forms.BooleanField(label=_("Vulnerable complainant"), required=False)
    is_disputed = forms.BooleanField(label=_("Disputed: goes to review"), required=False)


class ImportanceForm(WeighForm):
    override = forms.ChoiceField(
        label=_("Other level than the matrix"),
        required=False,
        choices=[("", _("as the matrix says")), *Importance.choices],
    )
    justification = text_field(
        _("Justification"), required=False, rows=2, hint=_("Needed where you depart from the matrix")
    )


class ReweighForm(WeighForm):
    """The scores as they stand, to be changed with a reason."""

    override = ImportanceForm.base_fields["override"]
    reason = text_field(
        _("Why it changes"), rows=3, hint=_("Internal. It stays on the timeline and in the audit's figure.")
    )


def weights_of(complaint: Complaint) -> dict[str, Any]:
    """What weighing anew starts with: the scores and flags as they stand."""
    scores = {name: getattr(complaint, name) or 1 for name in SCORE_HINTS}
    flags = {name: getattr(complaint, name) for name in ("is_urgent", "is_vulnerable", "is_disputed")}
    return {**scores, **flags, "version": complaint.version}


class FirstContactForm(WeighForm, ClassifyForm):
    """Accept, judge valid, classify and weigh at once."""

    note = text_field(NOTE, required=False, rows=2)
    field_order = ("issue", "product", "apparent_demand", "hidden_need", "severity", "safety", "complexity", "impact")


class ReviewForm(StepForm):
    decision = text_field(_("Decision"), rows=2)
    minutes = text_field(_("Minutes of the review"), rows=6)
    present = PeopleField(
        User.objects.none(),
        label=_("Present"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two people decide, the owner not counted."),
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = colleagues(Permission.REVIEW, complaint)  # type: ignore[attr-defined]
