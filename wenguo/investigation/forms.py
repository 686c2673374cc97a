"""What people fill in at stage 8."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import Unit
from wenguo.complaints.models import Attachment, Complaint
from wenguo.investigation.choices import CauseKind, Finding, Verdict
from wenguo.investigation.models import Allegation
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.steps import StepForm

WHYS = 5


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _search() -> forms.Select:
    return forms.Select(attrs={"data-combobox": ""})


class OfComplaint(forms.Form):
    """A form that chooses among things of one complaint."""

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "allegation": Allegation.objects.filter(complaint=complaint),
            "attachment": Attachment.objects.filter(complaint=complaint),
            "node": TaxonomyNode.objects.of(TreeKind.CAUSE).active(),
            "unit": Unit.objects.active(),
        }
        for name, rows in choices.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]


class AllegationForm(forms.Form):
    text = forms.CharField(
        label=_("What exactly is complained of"),
        widget=_text(),
        max_length=4000,
        help_text=_("One point at a time: each gets its own finding."),
    )


class FindingForm(forms.Form):
    finding = forms.ChoiceField(
        label=_("Finding"),
        choices=[choice for choice in Finding.choices if choice[0] != Finding.PENDING],
        widget=forms.RadioSelect,
    )
    reasoning = forms.CharField(
        label=_("Reasoning"), widget=_text(4), max_length=4000, help_text=_("Which evidence leads to this finding?")
    )


class CauseForm(OfComplaint):
    """The chain of whys, first to last."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CauseKind.choices, initial=CauseKind.ROOT)
    allegation = forms.ModelChoiceField(Allegation.objects.none(), label=_("Explains"), required=False)
    why_1 = forms.CharField(label=_("Why did it happen?"), max_length=500, widget=_text(2))
    why_2 = forms.CharField(label=_("And why was that?"), max_length=500, required=False, widget=_text(2))
    why_3 = forms.CharField(label=_("And why was that?"), max_length=500, required=False, widget=_text(2))
    why_4 = forms.CharField(label=_("And why was that?"), max_length=500, required=False, widget=_text(2))
    why_5 = forms.CharField(
        label=_("Until it is something the company controls"),
        max_length=500,
        required=False,
        widget=_text(2),
        help_text=_("“Human error” is not the end: what let it happen, and why was it not noticed?"),
    )
    node = forms.ModelChoiceField(TaxonomyNode.objects.none(), label=_("Place in the tree of causes"), widget=_search())
    statement = forms.CharField(
        label=_("The cause in one sentence"),
        max_length=1000,
        required=False,
        widget=_text(2),
        help_text=_("Empty: the last answer."),
    )
    is_controllable = forms.BooleanField(label=_("The company controls it"), required=False, initial=True)

    @property
    def whys(self) -> list[str]:
        return [self.cleaned_data[f"why_{number}"] for number in range(1, WHYS + 1)]


class EvidenceForm(OfComplaint):
    description = forms.CharField(label=_("What it shows"), max_length=300, widget=_text(2))
    origin = forms.CharField(label=_("From whom or where"), max_length=200, required=False)
    allegation = forms.ModelChoiceField(Allegation.objects.none(), label=_("About"), required=False)
    attachment = forms.ModelChoiceField(Attachment.objects.none(), label=_("A file already here"), required=False)
    file = forms.FileField(label=_("Or a new file"), required=False)


class ContainmentForm(forms.Form):
    is_needed = forms.TypedChoiceField(
        label=_("Containment"),
        choices=[("yes", _("was done at once")), ("no", _("is not needed"))],
        coerce=lambda answer: answer == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    action = forms.CharField(label=_("What was done, or why it is not needed"), max_length=300, widget=_text(2))


class FaultForm(OfComplaint):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), widget=_search())
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    reasoning = forms.CharField(label=_("Reasoning"), widget=_text(), max_length=4000)


class AppealForm(forms.Form):
    appeal = forms.CharField(label=_("Why your unit is not at fault"), widget=_text(4), max_length=4000)


class DecideAppealForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Upheld: not at fault")), ("no", _("Refused: it stays as it was"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reasoning = forms.CharField(label=_("Reasons"), widget=_text(), max_length=4000)


class FinishForm(StepForm):
    note = forms.CharField(label=_("Summary for colleagues"), required=False, widget=_text(2), max_length=2000)
