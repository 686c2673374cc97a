"""Input of visitors. Long texts have no maxlength: the browser would cut a pasted text without a word."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.complaints.actions.submit import EARLIEST_YEAR, MAX_WORDS
from wenguo.customers.choices import ContactKind
from wenguo.customers.rules import normalise_contact
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.uploads import CheckedFile, inspect_upload
from wenguo.portal.actions import WebPost
from wenguo.portal.choices import Naming
from wenguo.portal.rules import MOST_BYTES, MOST_FILES, as_written
from wenguo.portal.tokens import FormToken, new_form_token, read_form_token
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.formfields import FilesField, offer

YES_NO = [("no", _("No")), ("yes", _("Yes"))]


class Written(forms.CharField):
    """Text kept as written: only what nobody can type is replaced, and length is told, not cut."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return as_written(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(
                gettext("Too long: %(n)d characters, at most %(limit)d. Shorten it, or put the rest into a file.")
                % {"n": len(value), "limit": self.longest}
            )


class ShownForm(forms.Form):
    """A form that knows when it was shown: posted twice it counts once; too old it comes back with what was typed."""

    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = new_form_token()

    @property
    def token(self) -> FormToken:
        token = read_form_token(self.cleaned_data["form_token"])
        assert token is not None  # clean() saw to it
        return token

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if read_form_token(given.get("form_token", "")) is None:
            self.data = self.data.copy()
            self.data[self.add_prefix("form_token")] = new_form_token()
            self.add_error(
                None, gettext("This page was open for a very long time. What you wrote is still here: please send it again.")
            )
        return given


class FilesMixin(forms.Form):
    """Files, looked into before anything is written."""

    attachments = FilesField(
        label=_("Photos and files"),
        required=False,
        help_text=_("Up to 10 files of 20 MB: photos, PDF, video, sound. Where and when a photo was taken is removed."),
    )

    def clean_attachments(self) -> list[CheckedFile]:
        given = self.cleaned_data["attachments"]
        if len(given) > MOST_FILES or sum(file.size or 0 for file in given) > MOST_BYTES:
            raise forms.ValidationError(gettext("Too many files at once: at most 10, together 60 MB. Add the rest later."))
        checked, refused = [], []
        for file in given:
            try:
                checked.append(inspect_upload(file.name or "", file))
            except Refused as no:
                refused.append(no.sentence)
        if refused:
            raise forms.ValidationError(refused)
        return checked


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
        label=_("Order number or VIN"), longest=100, required=False, help_text=_("On the invoice or the driving licence.")
    )
    naming = forms.ChoiceField(
        label=_("How shall we treat your name?"), choices=Naming.choices, initial=Naming.NAMED, widget=forms.RadioSelect
    )
    name = Written(label=_("Your name"), longest=100, required=False)
    phone = Written(
        label=_("Phone"), longest=40, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    email = Written(
        label=_("E-mail"),
        longest=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    call_back_ok = forms.BooleanField(label=_("You may call me back about this complaint"), required=False, initial=True)
    for_name = Written(label=_("Name of the person you complain for"), longest=100, required=False)
    proxy_relation = Written(
        label=_("How are you related?"), longest=100, required=False, help_text=_("For example: daughter, lawyer, colleague.")
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
            Naming.ANONYMOUS.value: gettext("We keep neither name nor contact. You follow it with the link on the receipt."),
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
        typed = {kind: given.get(kind, "").strip() for kind in (ContactKind.PHONE, ContactKind.EMAIL)}
        if not any(typed.values()) and not self.has_error("phone") and not self.has_error("email"):
            self.add_error("phone", gettext("Give a phone number or an e-mail address, or choose “Anonymous”."))
        if typed["phone"] and normalise_contact(ContactKind.PHONE, typed["phone"]) is None:
            self.add_error("phone", gettext("This number is not complete. A landline needs its area code: 0532-62345678."))
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


class FindForm(forms.Form):
    """Reference and the address it was sent from: half of the proof."""

    reference = Written(label=_("Reference"), longest=40, help_text=_("On your receipt, like WG-2609-7F3K9Q."))
    email = Written(
        label=_("E-mail address you gave us"),
        longest=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if normalise_contact(ContactKind.EMAIL, typed) is None:
            raise forms.ValidationError(gettext("This is not an e-mail address. It looks like name@example.com."))
        return typed


class CodeForm(forms.Form):
    """The other half."""

    code = Written(
        label=_("Six digits from the e-mail"),
        longest=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AddForm(ShownForm, FilesMixin):
    words = Written(
        label=_("What would you like to add?"),
        longest=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("words", "").strip() and not given.get("attachments") and not self.errors:
            self.add_error("words", gettext("Write something, or choose a file."))
        return given


class ChaseForm(ShownForm):
    words = Written(
        label=_("Anything you want to say"), longest=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(ShownForm):
    words = Written(
        label=_("Why do you take it back?"),
        longest=4000,
        help_text=_("In your own words; they are kept as you write them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(ShownForm):
    """Accepted or refused; the reply it belongs to is on the page."""

    reply = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Do you accept our answer?"),
        choices=[("accept", _("Yes, I accept it")), ("refuse", _("No, I do not accept it"))],
        widget=forms.RadioSelect,
    )
    reason = Written(
        label=_("If not: what is not right?"),
        longest=4000,
        required=False,
        help_text=_("The second review answers exactly this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].hints = {  # type: ignore[attr-defined]
            "accept": gettext("We do what we promised, and ask you afterwards whether it is good."),
            "refuse": gettext("People who had no part in it look at it again and answer you in writing."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("answer") == "refuse" and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Say in a few words what is not right."))
        return given


SCORES = [(5, _("Very good")), (4, _("Good")), (3, _("So-so")), (2, _("Poor")), (1, _("Very poor"))]


def _score(label: Any, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=SCORES, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect
    )


class SurveyForm(forms.Form):
    """Three taps. Only the handling is a must."""

    handling = _score(_("How did we handle your complaint?"), required=True)
    result = _score(_("How do you find the result?"), required=False)
    product = _score(_("And the product itself?"), required=False)
    is_solved = forms.TypedChoiceField(
        label=_("Is the problem really solved?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    comment = Written(
        label=_("Anything else?"), longest=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DiscardForm(forms.Form):
    note = forms.CharField(label=_("Why is this no complaint?"), max_length=300)
