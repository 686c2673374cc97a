"""Fields the forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions.timeline import LONGEST_TEXT
from wenguo.complaints.models import Complaint
from wenguo.process.models import TaxonomyNode


def text_field(label: Any, *, required: bool = True, rows: int = 4, hint: Any = "") -> forms.CharField:
    """Long text, kept exactly as written: spaces at both ends too."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, widget=widget, help_text=hint, max_length=LONGEST_TEXT, strip=False
    )


class NodeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A place in one of the trees, indented by its depth; typing searches."""

    def __init__(self, tree: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select(attrs={"data-combobox": ""}))
        super().__init__(TaxonomyNode.objects.none(), **kwargs)
        self.tree = tree

    def offer(self, now: TaxonomyNode | None = None) -> None:
        """Reads the choices: active ones, and what is set now though it went out of use."""
        used = TaxonomyNode.objects.of(self.tree).filter(pk=now.pk) if now else TaxonomyNode.objects.none()
        self.queryset = (TaxonomyNode.objects.of(self.tree).active() | used).order_by("path")

    def label_from_instance(self, obj: Any) -> str:
        return f"{'　' * (obj.depth - 1)}{obj.name}"


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several colleagues."""

    def label_from_instance(self, obj: Any) -> str:
        return person_label(obj)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One colleague, with the unit, so that two of one name are told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return person_label(obj)


def person_label(person: User) -> str:
    return f"{person.name} · {person.unit.name}" if person.unit else person.name


def colleagues(permission: Permission, complaint: Complaint) -> Any:
    """Who holds the permission over one of the units that have to do with the complaint."""
    units = Unit.objects.filter(pk__in=complaint.involvements.values("unit"))
    chosen = {person.pk for unit in units for person in people_with(permission, unit)}
    return User.objects.filter(pk__in=chosen).select_related("unit").order_by("name", "pk")


def moment_field(label: Any, hint: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, help_text=hint, widget=forms.DateTimeInput())


SEARCHABLE = {"data-combobox": ""}
NOTE = _("Note")
