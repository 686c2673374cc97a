"""What people fill in at stages 9 to 11."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.complaints.models import Attachment, Complaint
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.choices import PaymentKind, ProposalState
from wenguo.resolution.models import Proposal, Remedy
from wenguo.resolution.queries import open_remedies
from wenguo.ui.steps import StepForm

THROUGH = [
    ("phone", _("by phone")),
    ("email", _("by e-mail")),
    ("in_person", _("in person")),
    ("letter", _("by letter")),
]


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProposalForm(forms.Form):
    """One option: what, which kind of remedy, how much, by when."""

    title = forms.CharField(label=_("What is offered"), max_length=200)
    remedy = forms.ModelChoiceField(
        TaxonomyNode.objects.none(), label=_("Remedy"), widget=forms.Select(attrs={"data-combobox": ""})
    )
    payment = forms.ChoiceField(label=_("Payment"), choices=PaymentKind.choices, initial=PaymentKind.NONE)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2, initial=Decimal(0), required=False
    )
    promised_on = forms.DateField(label=_("Done by"), help_text=_("The day the complainant may count on."))
    description = forms.CharField(label=_("Details"), required=False, widget=_text(), max_length=4000)
    is_below_law = forms.BooleanField(
        label=_("Below what the law gives"),
        required=False,
        help_text=_("May be noted for comparison; it can never be chosen or offered."),
    )

    def __init__(self, *args: Any, proposal: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remedy"].queryset = TaxonomyNode.objects.of(TreeKind.REMEDY).active()  # type: ignore[attr-defined]
        if proposal is not None:
            for name in self.fields:
                self.initial.setdefault(name, getattr(proposal, f"{name}_id", getattr(proposal, name)))

    def clean_amount(self) -> Decimal:
        return self.cleaned_data.get("amount") or Decimal(0)


class OptionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        money = f" · ¥{obj.amount:,.2f}" if obj.amount else ""
        return f"{obj.title}{money} · {obj.promised_on.isoformat()} · {obj.get_state_display()}"


class DecideForm(StepForm):
    proposal = OptionField(
        Proposal.objects.none(), label=_("Which option?"), widget=forms.RadioSelect, empty_label=None
    )
    note = forms.CharField(label=_("Why this one"), required=False, widget=_text(2), max_length=2000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = complaint.proposals.filter(round=complaint.round, is_below_law=False)
        rows = rows.exclude(state__in=(ProposalState.DROPPED, ProposalState.REJECTED))
        self.fields["proposal"].queryset = rows  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """Signed, or not signed with the reason."""

    is_signed = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("I sign")), ("no", _("I do not sign"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), required=False, widget=_text(2), max_length=300)


class ReplyForm(forms.Form):
    body = forms.CharField(
        label=_("Reply"), widget=forms.Textarea(attrs={"rows": 14, "data-key": "r"}), max_length=20_000
    )


class ReviewForm(forms.Form):
    note = forms.CharField(label=_("Note"), required=False, widget=_text(2), max_length=2000)


class SendForm(StepForm):
    """Nothing but the confirmation: the text stands above."""


class AcceptForm(StepForm):
    through = forms.ChoiceField(label=_("How was it said?"), choices=THROUGH)
    reason = forms.CharField(label=_("The complainant's own words"), required=False, widget=_text(2), max_length=4000)


class RefuseForm(StepForm):
    through = forms.ChoiceField(label=_("How was it said?"), choices=THROUGH)
    reason = forms.CharField(
        label=_("What is not right, in the complainant's own words"), widget=_text(), max_length=4000
    )


class ReworkForm(StepForm):
    reason = forms.CharField(label=_("What the next remedy has to do better"), widget=_text(), max_length=4000)


class PerformForm(StepForm):
    remedy = forms.ModelChoiceField(Remedy.objects.none(), label=_("Remedy"), empty_label=None)
    done_on = forms.DateField(label=_("Done on"))
    proof = forms.CharField(
        label=_("What proves it"),
        required=False,
        max_length=300,
        help_text=_("A receipt, a work order, a confirmation; or a file."),
    )
    proof_file = forms.ModelChoiceField(Attachment.objects.none(), label=_("A file already here"), required=False)
    file = forms.FileField(label=_("Or a new file"), required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remedy"].queryset = open_remedies(complaint)  # type: ignore[attr-defined]
        self.fields["proof_file"].queryset = complaint.attachments.order_by("id")  # type: ignore[attr-defined]


class FirstContactForm(StepForm):
    """The cause is known and the remedy agreed: both in one step."""

    allegation = forms.CharField(label=_("What exactly is complained of"), widget=_text(2), max_length=4000)
    reasoning = forms.CharField(label=_("Why it is substantiated"), widget=_text(2), max_length=4000)
    node = forms.ModelChoiceField(
        TaxonomyNode.objects.none(),
        label=_("Place in the tree of causes"),
        widget=forms.Select(attrs={"data-combobox": ""}),
    )
    statement = forms.CharField(label=_("The known cause in one sentence"), max_length=1000)
    title = forms.CharField(label=_("What was agreed"), max_length=200)
    remedy = forms.ModelChoiceField(
        TaxonomyNode.objects.none(), label=_("Remedy"), widget=forms.Select(attrs={"data-combobox": ""})
    )
    payment = forms.ChoiceField(label=_("Payment"), choices=PaymentKind.choices, initial=PaymentKind.NONE)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2, initial=Decimal(0), required=False
    )
    promised_on = forms.DateField(label=_("Done by"))
    reply = forms.CharField(label=_("Draft of the reply"), required=False, widget=_text(4), max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, tree in (("node", TreeKind.CAUSE), ("remedy", TreeKind.REMEDY)):
            self.fields[name].queryset = TaxonomyNode.objects.of(tree).active()  # type: ignore[attr-defined]

    def clean_amount(self) -> Decimal:
        return self.cleaned_data.get("amount") or Decimal(0)


class HandleForm(StepForm):
    note = forms.CharField(label=_("Note"), required=False, widget=_text(2), max_length=2000)
