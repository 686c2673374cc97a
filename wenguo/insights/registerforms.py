"""The filters above the register. The address is the truth; this only draws it."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.access import units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import Source, Status
from wenguo.complaints.queries import ComplaintFilter
from wenguo.process.choices import Importance
from wenguo.ui.formfields import offer

_ANY = [("", _("Any"))]


class RegisterForm(forms.Form):
    """The filters people use most; everything else is typed into the search box, as in the list."""

    text = forms.CharField(label=_("Words, reference or number"), required=False)
    received_from = forms.DateField(label=_("Received from"), required=False, widget=forms.DateInput())
    received_to = forms.DateField(label=_("Received to"), required=False, widget=forms.DateInput())
    unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[*_ANY, *Status.choices], required=False)
    importance = forms.ChoiceField(label=_("Importance"), choices=[*_ANY, *Importance.choices], required=False)
    source = forms.ChoiceField(label=_("Where from"), choices=[*_ANY, *Source.choices], required=False)

    @classmethod
    def shown(cls, user: User, given: ComplaintFilter) -> Self:
        initial = {name: values[0] for name, values in given.to_query().items()}
        form = cls(initial=initial)
        offer(form, "unit", Unit.objects.active().filter(units_in_scope(user, Permission.VIEW)))
        return form
