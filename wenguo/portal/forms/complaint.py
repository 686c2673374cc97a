"""The short public form. Long texts have no maxlength: the browser would cut a pasted text without a word."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.complaints.actions.submit import EARLIEST_YEAR, MAX_WORDS
from wenguo.customers.choices import ContactKind
from wenguo.customers.rules import normalise_contact
from wenguo.lib.now import now
from wenguo.portal.actions import WebPost
from wenguo.portal.choices import Naming
from wenguo.portal.forms.parts import FilesMixin, ShownForm, Written
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.formfields import offer

YES_NO = [("no", _("No")), ("yes", _("Yes"))]


class ComplaintForm(ShownForm, FilesMixin):
    """The short public form. Only the words are a must, and one way to reach whoever does not want to be anonymous."""

    danger = forms.ChoiceField(
        label=_("Is anybody hurt or in danger?"), choices=YES_NO, initial="no", widget=forms.RadioSelect
    )
    words = Written(
        label=_("What happened?"),
        longest=MAX_WORDS,
        help_text=_("In your own words. When, where, with whom, what was said or done."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    remedy_sought = Written(
        label=_("What would put it right?"),
        longest=4000,
        required=False,
        help_text=_("For example: repair, exchange, money back, an explanation, an apology."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=TaxonomyNode.objects.none(), required=False, to_field_name="code"
    )
    issue = forms.ModelChoiceField(
        label=_("Kind of problem"), queryset=TaxonomyNode.objects.none(), required=False, to_field_name="code"
    )
    occurred_on = forms.DateField(label=_("When did it happen?"), required=False, widget=forms.DateInput())
    is_recurrent = forms.BooleanField(label=_("It happened before"), required=False)
    order_reference = Written(
        label=_("Order number or VIN"),
        longest=100,
        required=False,
        help_text=_("On the invoice or the driving licence."),
    )
    naming = forms.ChoiceField(
        label=_("How shall we treat your name?"), choices=Naming.choices, initial=Naming.NAMED, widget=forms.RadioSelect
    )
    name = Written(label=_("Your name"), longest=100, required=False)
    phone = Written(
        label=_("Phone"),
        longest=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = Written(
        label=_("E-mail"),
        longest=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    call_back_ok = forms.BooleanField(
        label=_("You may call me back about this complaint"), required=False, initial=True
    )
    for_name = Written(label=_("Name of the person you complain for"), longest=100, required=False)
    proxy_relation = Written(
        label=_("How are you related?"),
        longest=100,
        required=False,
        help_text=_("For example: daughter, lawyer, colleague."),
    )
    at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "product", TaxonomyNode.objects.of(TreeKind.PRODUCT).active().order_by("position", "path"))
        offer(self, "issue", TaxonomyNode.objects.of(TreeKind.ISSUE).active().filter(parent=None).order_by("position"))
        self.fields["product"].empty_label = self.fields["issue"].empty_label = gettext("Not sure")  # type: ignore[attr-defined]
        self.fields["naming"].hints = {  # type: ignore[attr-defined]
            Naming.NAMED.value: gettext("We can ask back and tell you how it goes."),
            Naming.CONFIDENTIAL.value: gettext("Only the people who handle it see who you are."),
            Naming.ANONYMOUS.value: gettext(
                "We keep neither name nor contact. You follow it with the link on the receipt."
            ),
        }

    def clean_occurred_on(self) -> Any:
        day = self.cleaned_data["occurred_on"]
        if day and day > timezone.localdate(now()):
            raise forms.ValidationError(gettext("This day lies in the future. Check the date."))
        if day and day.year < EARLIEST_YEAR:
            raise forms.ValidationError(gettext("This day lies too far back. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("naming") == Naming.ANONYMOUS:
            return given
        typed = {name: given.get(name, "").strip() for name in ("phone", "email")}
        if not any(typed.values()) and not self.has_error("phone") and not self.has_error("email"):
            self.add_error("phone", gettext("Give a phone number or an e-mail address, or choose “Anonymous”."))
        if typed["phone"] and normalise_contact(ContactKind.PHONE, typed["phone"]) is None:
            self.add_error(
                "phone", gettext("This number is not complete. A landline needs its area code: 0532-62345678.")
            )
        if typed["email"] and normalise_contact(ContactKind.EMAIL, typed["email"]) is None:
            self.add_error("email", gettext("This is not an e-mail address. It looks like name@example.com."))
        return given

    def post(self, *, language: str, at_unit: str) -> WebPost:
        """What was typed, as the action takes it. An anonymous post keeps neither name nor contact."""
        given = self.cleaned_data
        named = given["naming"] != Naming.ANONYMOUS
        return WebPost(
            words=given["words"],
            language=language,
            product=given["product"].code if given["product"] else "",
            issue=given["issue"].code if given["issue"] else "",
            occurred_on=given["occurred_on"],
            is_recurrent=given["is_recurrent"],
            order_reference=given["order_reference"].strip(),
            remedy_sought=given["remedy_sought"].strip(),
            is_danger=given["danger"] == "yes",
            naming=given["naming"],
            name=(given["for_name"] or given["name"]).strip() if named else "",
            phone=given["phone"].strip() if named else "",
            email=given["email"].strip() if named else "",
            proxy_name=given["name"].strip() if named and given["for_name"].strip() else "",
            proxy_relation=given["proxy_relation"].strip() if named else "",
            call_back_ok=given["call_back_ok"] and named,
            at_unit=at_unit,
        )
