"""Input of the desk's own pages."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import Unit
from wenguo.complaints.actions.submit import MAX_WORDS
from wenguo.complaints.choices import Source, Status
from wenguo.complaints.queries import ComplaintFilter
from wenguo.complaints.rules.language import LONGEST as LONGEST_TEXT
from wenguo.customers.choices import CustomerKind, ErasureGround
from wenguo.desk.models import SavedView
from wenguo.desk.queries.address import ListAddress
from wenguo.desk.queries.columns import COLUMNS
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.formfields import FilesField, offer
from wenguo.ui.steps import StepForm

ORDER_NAMES = {
    "received": _("Newest received first"),
    "-received": _("Oldest received first"),
    "due": _("Next due first"),
    "changed": _("Last changed first"),
    "-changed": _("Longest unchanged first"),
    "best": _("Best match first"),
}
LONGEST_ASIDE = 4000  # characters of what is asked for: a few sentences, the story stands in the words


class TakeInForm(forms.Form):
    """A complaint taken down while the complainant speaks: the customer first, then their own words."""

    customer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    name = forms.CharField(label=_("Name or organisation"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind of customer"), choices=CustomerKind.choices, initial=CustomerKind.PERSON)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_anonymous = forms.BooleanField(label=_("Wants to stay anonymous"), required=False)
    is_confidential = forms.BooleanField(label=_("Wants it treated as confidential"), required=False)
    proxy_name = forms.CharField(label=_("Calls on behalf: name of the proxy"), max_length=100, required=False)
    proxy_relation = forms.CharField(label=_("Relation to the complainant"), max_length=100, required=False)
    channel = forms.ModelChoiceField(label=_("Channel"), queryset=TaxonomyNode.objects.none(), to_field_name="code")
    received_at = forms.DateTimeField(
        label=_("Received at"),
        required=False,
        help_text=_("Empty means now. A letter counts from the day it arrived."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    words = forms.CharField(
        label=_("The complainant's own words"),
        max_length=MAX_WORDS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Write what was said, as it was said. This text is never changed."),
    )
    title = forms.CharField(label=_("In one line"), max_length=200, required=False)
    occurred_on = forms.DateField(
        label=_("Day of the problem"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    is_recurrent = forms.BooleanField(label=_("It happens again and again"), required=False)
    product = forms.ModelChoiceField(label=_("Product"), queryset=TaxonomyNode.objects.none(), required=False)
    order_reference = forms.CharField(label=_("Order or VIN"), max_length=100, required=False)
    issue = forms.ModelChoiceField(label=_("Issue"), queryset=TaxonomyNode.objects.none(), required=False)
    respondent_unit = forms.ModelChoiceField(
        label=_("Unit complained of"), queryset=Unit.objects.none(), required=False
    )
    apparent_demand = forms.CharField(
        label=_("Apparent demand"), required=False, max_length=LONGEST_ASIDE, widget=forms.Textarea(attrs={"rows": 2})
    )
    hidden_need = forms.CharField(
        label=_("Hidden need"), required=False, max_length=LONGEST_ASIDE, widget=forms.Textarea(attrs={"rows": 2})
    )
    remedy_sought = forms.CharField(
        label=_("Remedy sought"), required=False, max_length=LONGEST_ASIDE, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_safety = forms.BooleanField(label=_("Somebody is hurt, or safety is at stake"), required=False)
    is_urgent = forms.BooleanField(label=_("Crowd, media or a regulator is involved"), required=False)
    is_vulnerable = forms.BooleanField(label=_("The complainant is vulnerable"), required=False)
    attachments = FilesField(label=_("Files"), required=False)
    accept_now = forms.BooleanField(label=_("Accept at once"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("channel", TreeKind.CHANNEL), ("product", TreeKind.PRODUCT), ("issue", TreeKind.ISSUE)):
            offer(self, name, TaxonomyNode.objects.of(kind).active(), type_ahead=True)
        offer(self, "respondent_unit", Unit.objects.active(), type_ahead=True)
        self.fields["channel"].initial = "phone"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        reachable = given.get("customer") or given.get("phone") or given.get("email")
        if not given.get("is_anonymous") and not reachable:
            self.add_error("phone", _("Give a phone number or an e-mail address, or tick “anonymous”."))
        if given.get("received_at") and timezone.is_naive(given["received_at"]):
            given["received_at"] = timezone.make_aware(given["received_at"])
        return given


class FilterForm(forms.Form):
    """The filters above the list; the query string is the truth, this only draws it."""

    q = forms.CharField(
        label=_("Words, reference or number"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"data-query-url": reverse_lazy("desk:suggest")}),
    )
    status = forms.MultipleChoiceField(label=_("Status"), choices=Status.choices, required=False)
    # What is not collected yet is no complaint
    stage = forms.MultipleChoiceField(label=_("Stage"), choices=Stage.choices[1:], required=False)
    importance = forms.MultipleChoiceField(label=_("Importance"), choices=Importance.choices, required=False)
    owner = forms.ChoiceField(
        label=_("Owner"), choices=[("", _("Anybody")), ("me", _("Me")), ("none", _("Nobody yet"))], required=False
    )
    unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), required=False)
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=TaxonomyNode.objects.none(), required=False, to_field_name="code"
    )
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=TaxonomyNode.objects.none(), required=False, to_field_name="code"
    )
    source = forms.MultipleChoiceField(label=_("Where from"), choices=Source.choices, required=False)
    received_from = forms.DateField(label=_("Received from"), required=False, widget=forms.DateInput())
    received_to = forms.DateField(label=_("Received to"), required=False, widget=forms.DateInput())
    open = forms.BooleanField(label=_("In progress"), required=False)
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    overdue = forms.BooleanField(label=_("Missed"), required=False)

    def __init__(self, *args: Any, asked: ComplaintFilter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(asked, "text" if name == "q" else name) for name in self.fields}
        offer(self, "unit", Unit.objects.active(), type_ahead=True)
        for name, kind in (("product", TreeKind.PRODUCT), ("issue", TreeKind.ISSUE)):
            offer(self, name, TaxonomyNode.objects.of(kind).active(), type_ahead=True)


class BulkForm(forms.Form):
    """One verb for the rows ticked, or for all that match."""

    VERBS = (("assign", _("Assign")), ("close", _("Close")))

    verb = forms.ChoiceField(label=_("With the ticked ones"), choices=VERBS)
    lead_unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    matching = forms.BooleanField(label=_("All that match, up to 500"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lead_unit", Unit.objects.active())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("verb") == "assign" and not given.get("lead_unit"):
            self.add_error("lead_unit", _("Choose the unit to assign to."))
        return given


class SynonymsForm(forms.Form):
    """The whole list at once: it is short, and pasting replaces importing."""

    text = forms.CharField(
        label=_("Groups of words"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("One group a line: 变速箱 = 变速器 = gearbox. A list from a table may be pasted."),
    )


class ViewForm(forms.Form):
    """A saved view: what it shows, how, to whom, and whether its owner is told of new matches."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    text = forms.CharField(
        label=_("Search"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.TextInput(attrs={"data-query-url": reverse_lazy("desk:suggest")}),
        help_text=_("Words and conditions, also nested: (status:open OR chased:yes) -unit:Qingdao"),
    )
    sharing = forms.ChoiceField(label=_("Shared with"), choices=SavedView.Sharing.choices)
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDER_NAMES.items()), required=False)
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=list(COLUMNS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the usual columns. An export holds the same."),
    )
    alert = forms.ChoiceField(
        label=_("Tell me of new matches"),
        choices=[("", _("No")), *SavedView.Alert.choices],
        required=False,
        help_text=_("Each complaint once, several together, and never at night."),
    )

    def __init__(self, *args: Any, view: SavedView | None, address: ListAddress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.initial = {
            "name": view.name if view else "",
            "text": address.filter.text,
            "sharing": view.sharing if view else SavedView.Sharing.PRIVATE,
            "order": address.order,
            "columns": list(address.columns),
            "alert": view.alert if view else "",
        }

    def given(self) -> dict[str, str]:
        """What is kept: the list's filters stay as they were, the rest as it was filled in."""
        form = self.cleaned_data
        wanted = self.address.filter.but(text=form["text"])
        address = ListAddress(wanted, form["order"] or self.address.order, tuple(form["columns"]))
        return {
            "name": form["name"],
            "query": address.to_string(),
            "sharing": form["sharing"],
            "alert": form["alert"],
        }


class ErasureForm(StepForm):
    """Why a customer's data shall go; the ground stays in the audit for good."""

    ground = forms.ChoiceField(
        label=_("Why the data shall go"), choices=ErasureGround.choices, widget=forms.RadioSelect
    )


class HoldForm(StepForm):
    """What a customer's data are needed for."""

    reason = forms.CharField(
        label=_("What they are needed for"), max_length=300, help_text=_("For example the number of the lawsuit.")
    )


class ReminderForm(forms.Form):
    """When somebody wants to see a complaint again."""

    at = forms.DateTimeField(label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    note = forms.CharField(label=_("What to be reminded of"), max_length=200, required=False)
