"""The survey's three taps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.portal.forms.parts import Written

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
    comment = Written(label=_("Anything else?"), longest=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
