"""What colleagues say about a held post."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DiscardForm(forms.Form):
    note = forms.CharField(label=_("Why is this no complaint?"), max_length=300)
