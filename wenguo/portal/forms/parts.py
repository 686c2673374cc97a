"""What the forms share: text kept as written, files looked into, and knowing when a form was shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.lib.errors import Refused
from wenguo.lib.uploads import CheckedFile, inspect_upload
from wenguo.portal.rules import MOST_BYTES, MOST_FILES, as_written
from wenguo.portal.tokens import FormToken, new_form_token, read_form_token
from wenguo.ui.formfields import FilesField


class Written(forms.CharField):
    """Text kept as written: only what nobody can type is replaced, and length is told, not cut."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("strip", not isinstance(kwargs.get("widget"), forms.Textarea))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return as_written(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value.strip())
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
        if token is None:
            raise LookupError("only a valid form has its token")
        return token

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if read_form_token(given.get("form_token", "")) is None:
            self.data = {**self.data, self.add_prefix("form_token"): new_form_token()}
            self.add_error(
                None,
                gettext("This page was open for a very long time. What you wrote is still here: please send it again."),
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
            raise forms.ValidationError(
                gettext("Too many files at once: at most 10, together 60 MB. Add the rest later.")
            )
        checked, refused = [], []
        for file in given:
            try:
                checked.append(inspect_upload(file.name or "", file))
            except Refused as no:
                refused.append(no.sentence)
        if refused:
            raise forms.ValidationError(refused)
        return checked
