"""What people type about a customer. The actions check; the forms only read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.choices import UnitKind
from wenguo.accounts.models import Unit
from wenguo.customers.choices import ContactKind, CustomerKind, Direction, Purpose, ValueTier
from wenguo.customers.models import Customer
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.steps import StepForm

LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]


def named(node: TaxonomyNode) -> str:
    """Indented by its depth, so that a flat list still shows the tree."""
    return "　" * (node.depth - 1) + node.name


class NodeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return named(obj)


def nodes_field(tree: TreeKind, **options: Any) -> NodeField:
    return NodeField(TaxonomyNode.objects.of(tree).active().order_by("path"), **options)


class NewCustomerForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CustomerKind.choices, widget=forms.RadioSelect, initial="person")
    name = forms.CharField(label=_("Name"), max_length=200)
    contact_person = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class CustomerForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CustomerKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    contact_person = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    value_tier = forms.ChoiceField(label=_("Value"), choices=ValueTier.choices)
    is_vulnerable = forms.BooleanField(
        label=_("Vulnerable customer"),
        required=False,
        help_text=_("Needs more time, simpler words or another channel."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    @staticmethod
    def initial_of(customer: Customer, *, with_names: bool) -> dict[str, Any]:
        fields = ["version", "kind", "value_tier", "is_vulnerable", "language", "note"]
        shown = {field: getattr(customer, field) for field in fields}
        if with_names:
            shown |= {"name": customer.full_name, "contact_person": customer.contact_person}
        return shown

    def without_names(self) -> "CustomerForm":
        """For those who only see names masked: a mask must never be saved as the name."""
        for field in ("name", "contact_person"):
            del self.fields[field]
        return self


class ContactPointForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number or address"), max_length=300)
    label = forms.CharField(label=_("Label"), max_length=60, required=False, help_text=_("For example: at work."))
    is_primary = forms.BooleanField(label=_("Use this one first"), required=False)
    is_verified = forms.BooleanField(label=_("Checked with the customer"), required=False)


class ContactPointChangeForm(StepForm):
    value = forms.CharField(
        label=_("New number or address"),
        max_length=300,
        required=False,
        help_text=_("Leave empty to keep it as it is."),
    )
    label = forms.CharField(label=_("Label"), max_length=60, required=False)
    is_primary = forms.BooleanField(label=_("Use this one first"), required=False)


class HoldingForm(StepForm):
    product = nodes_field(TreeKind.PRODUCT, label=_("Product"), required=False)
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    serial = forms.CharField(label=_("Serial number or VIN"), max_length=60, required=False)
    bought_on = forms.DateField(label=_("Bought on"), required=False, widget=forms.DateInput)
    dealer = forms.ModelChoiceField(
        Unit.objects.filter(kind__in=[UnitKind.DEALER, UnitKind.STATION]).active(), label=_("Dealer"), required=False
    )
    mileage_km = forms.IntegerField(label=_("Mileage (km)"), min_value=0, max_value=5_000_000, required=False)


class ConsentForm(StepForm):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    is_given = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Agrees")), ("no", _("Does not agree, or withdraws"))],
        widget=forms.RadioSelect,
        coerce=lambda typed: typed == "yes",
    )
    source = forms.CharField(label=_("Where the customer said so"), max_length=100)


class InteractionForm(StepForm):
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect)
    channel = nodes_field(TreeKind.CHANNEL, label=_("Channel"))
    at = forms.DateTimeField(
        label=_("When"), required=False, widget=forms.DateTimeInput, help_text=_("Empty means now.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600, required=False)
    summary = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class MergeForm(ReasonForm):
    target = forms.IntegerField(
        label=_("Customer number to merge into"),
        min_value=1,
        help_text=_("The number stands on top of the customer's page."),
    )


class EmptyForm(StepForm):
    """A question that is answered by its button alone."""
