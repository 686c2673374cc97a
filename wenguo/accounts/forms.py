"""What people type about people and units."""

import zoneinfo
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.choices import Role, Scope, UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.lib.now import now

COMMON_ZONES = ["Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Singapore", "Europe/Berlin"]


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Units in the order of the tree, indented by depth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": "—", **kwargs})

    def label_from_instance(self, obj: Unit) -> str:
        return "\u2003" * max(0, obj.path.count("/") - 2) + obj.name


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": "—", **kwargs})

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.username})" + (f" · {obj.unit.name}" if obj.unit else "")


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """What may be chosen depends on who asks."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = sorted(zoneinfo.available_timezones() - set(COMMON_ZONES))
        zones = [(zone, zone.replace("_", " ")) for zone in COMMON_ZONES + rest]
        field = forms.ChoiceField(choices=zones, label=_("Time zone"), help_text=_("All times are shown in this zone."))
        field.widget.attrs["data-combobox"] = ""
        self.fields["time_zone"] = field


class AbsenceForm(forms.Form):
    deputy = PersonChoice(label=_("Deputy"), queryset=User.objects.none(), help_text=_("Receives your work meanwhile."))
    first_day = forms.DateField(label=_("First day away"), widget=forms.DateInput)
    last_day = forms.DateField(label=_("Last day away"), widget=forms.DateInput)

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "deputy", colleagues)
        self.fields["deputy"].widget.attrs["data-combobox"] = ""

    def times(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, in the zone of the page."""
        midnight = datetime.min.time()
        first = datetime.combine(self.cleaned_data["first_day"], midnight)
        last = datetime.combine(self.cleaned_data["last_day"], midnight) + timedelta(days=1)
        return timezone.make_aware(first), timezone.make_aware(last)


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Token name"), max_length=100, help_text=_("Which machine or program will use it."))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), choices=Scope, widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("1 year")), (0, _("No end"))],
        initial=90,
    )

    def expires_at(self) -> datetime | None:
        days = self.cleaned_data["days"]
        return now() + timedelta(days=days) if days else None


class PasswordForm(forms.Form):
    """The first password, by invitation."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a short sentence is easy to remember and hard to guess."),
    )
    again = forms.CharField(
        label=_("Password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("password") and typed.get("again") and typed["password"] != typed["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return typed


class PersonForm(forms.Form):
    """A person's data as an administrator changes them."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    staff_number = forms.CharField(label=_("Staff number"), max_length=40, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)


class InviteForm(PersonForm):
    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("For signing in; letters, digits and . + - _")
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices], required=False)
    reach = UnitChoice(
        label=_("Where the role holds"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("In this unit and everything below it. Empty: the person's own unit."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    field_order = ["name", "username", "email", "unit", "role", "reach", "language", "phone", "staff_number"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        _offer(self, "reach", units)

    def roles(self) -> list[tuple[str, Unit]]:
        typed = self.cleaned_data
        return [(typed["role"], typed["reach"] or typed["unit"])] if typed["role"] else []


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    unit = UnitChoice(
        label=_("Where the role holds"),
        queryset=Unit.objects.none(),
        help_text=_("In this unit and everything below it."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)


class LeaveForm(forms.Form):
    hand_over_to = PersonChoice(
        label=_("Who takes over the work"),
        queryset=User.objects.none(),
        help_text=_("Everything open goes to this person."),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "hand_over_to", colleagues)
        self.fields["hand_over_to"].widget.attrs["data-combobox"] = ""


class UnitForm(forms.Form):
    """Name and contact of a unit."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100)
    province = forms.CharField(label=_("Province"), max_length=40, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class NewUnitForm(UnitForm):
    code = forms.CharField(
        label=_("Unit code"), max_length=40, help_text=_("Short and lasting, as other systems know it.")
    )
    kind = forms.ChoiceField(
        label=_("Kind of unit"), choices=[row for row in UnitKind.choices if row[0] != UnitKind.COMPANY]
    )
    parent = UnitChoice(label=_("Belongs to"), queryset=Unit.objects.none())

    field_order = ["parent", "kind", "code", "name_zh", "name_en", "province", "phone"]

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", units)


class MoveForm(forms.Form):
    to = UnitChoice(label=_("New place, below"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "to", units)


class PeopleFilter(forms.Form):
    """The filter row over the list of people; anything invalid counts as not set."""

    q = forms.CharField(label=_("Name, user name, e-mail"), required=False, max_length=100)
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Any role")), *Role.choices], required=False)
    state = forms.ChoiceField(
        label=_("State of the person"),
        choices=[
            ("", _("Everybody")),
            ("working", _("Working")),
            ("invited", _("Invited")),
            ("absent", _("Absent")),
            ("left", _("Has left")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        typed = self.cleaned_data
        return {
            "words": typed.get("q", ""),
            "unit": typed.get("unit"),
            "role": typed.get("role", ""),
            "state": typed.get("state", ""),
        }
