"""Finding one's complaint, and what one does on its page."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.complaints.actions.submit import MAX_WORDS
from wenguo.customers.choices import ContactKind
from wenguo.customers.rules import normalise_contact
from wenguo.portal.forms.parts import FilesMixin, ShownForm, Written


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
