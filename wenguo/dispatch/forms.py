"""What people fill in at stage 7, and the form of a routing rule."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.models import Assignment, RoutingRule
from wenguo.dispatch.queries import Suggestion, handlers_of
from wenguo.process.choices import Importance, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.ui.steps import StepForm


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _search() -> forms.Select:
    return forms.Select(attrs={"data-combobox": ""})


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Colleagues with their unit, so that two of one name are told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.unit.name}" if obj.unit else obj.name


def _people() -> Any:
    return User.objects.filter(is_active=True, memberships__isnull=False).select_related("unit").distinct()


def _units() -> Any:
    return Unit.objects.active()


class AssignForm(StepForm):
    """Lead unit, perhaps an owner, and one assisting unit at once; more can be asked afterwards."""

    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Lead unit"), widget=_search())
    owner = PersonField(
        User.objects.none(),
        label=_("Owner"),
        required=False,
        widget=_search(),
        help_text=_("Empty: whoever of the unit takes it on becomes the owner."),
    )
    assisting = forms.ModelChoiceField(Unit.objects.none(), label=_("Assisting unit"), required=False, widget=_search())
    part = forms.CharField(label=_("What it is asked for"), required=False, max_length=300)
    due_at = forms.DateTimeField(label=_("Answer wanted by"), required=False)
    note = forms.CharField(label=_("What the unit should know"), required=False, widget=_text(), max_length=4000)

    def __init__(self, *args: Any, suggestion: Suggestion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestion = suggestion
        _offer(self, lead_unit=_units(), assisting=_units(), owner=_people())
        if suggestion is not None:
            self.initial.setdefault("lead_unit", suggestion.lead_unit.pk)
            self.initial.setdefault("owner", suggestion.owner.pk if suggestion.owner else None)
            self.initial.setdefault(
                "assisting", suggestion.assisting_units[0].pk if suggestion.assisting_units else None
            )
            if suggestion.assisting_units:
                self.initial.setdefault("part", _("Assist as the lead unit asks"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("assisting") and not cleaned.get("part"):
            self.add_error("part", _("Say what you ask of the assisting unit."))
        return cleaned


class TakeOnForm(StepForm):
    note = forms.CharField(label=_("Note"), required=False, widget=_text(2), max_length=2000)


class ReturnForm(StepForm):
    reason = forms.CharField(
        label=_("Why it does not belong to your unit"),
        widget=_text(),
        max_length=2000,
        help_text=_("A unit may return a complaint once. An arbiter decides."),
    )


class ArbitrateForm(StepForm):
    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The return is right: another unit handles it")), ("no", _("The unit has to take it on"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("The other unit"), required=False, widget=_search())
    reason = forms.CharField(label=_("Reasons"), widget=_text(), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, lead_unit=_units())


class HandOverForm(StepForm):
    owner = PersonField(User.objects.none(), label=_("New owner"), widget=_search())
    reason = forms.CharField(label=_("Reason"), widget=_text(2), max_length=2000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = handlers_of(complaint.lead_unit) if complaint.lead_unit else []
        _offer(self, owner=_people().filter(pk__in=[person.pk for person in people]))


class AskUnitForm(StepForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Assisting unit"), widget=_search())
    part = forms.CharField(label=_("What it is asked for"), max_length=300, widget=_text(2))
    due_at = forms.DateTimeField(label=_("Answer wanted by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, unit=_units())


class AnswerPartForm(forms.Form):
    answer = forms.CharField(label=_("What your unit did or found"), widget=_text(5), max_length=4000)


class RoutingRuleForm(forms.Form):
    """One rule: what it asks, and whom it names."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=0, max_value=1_000_000, initial=100, help_text=_("Lower comes first.")
    )
    product = forms.ModelChoiceField(TaxonomyNode.objects.none(), label=_("Product"), required=False, widget=_search())
    issue = forms.ModelChoiceField(TaxonomyNode.objects.none(), label=_("Issue"), required=False, widget=_search())
    channel = forms.ModelChoiceField(TaxonomyNode.objects.none(), label=_("Channel"), required=False, widget=_search())
    respondent = forms.ModelChoiceField(Unit.objects.none(), label=_("Respondent"), required=False, widget=_search())
    importance = forms.ChoiceField(label=_("Importance"), required=False, choices=[("", _("any")), *Importance.choices])
    is_urgent = forms.NullBooleanField(
        label=_("Urgent"),
        required=False,
        widget=forms.Select(choices=[("", _("any")), ("true", _("urgent")), ("false", _("not urgent"))]),
    )
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Lead unit"), widget=_search())
    owner = PersonField(User.objects.none(), label=_("Owner"), required=False, widget=_search())
    assisting_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Assisting units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, rule: RoutingRule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nodes = TaxonomyNode.objects.active()
        _offer(
            self,
            product=nodes.of(TreeKind.PRODUCT),
            issue=nodes.of(TreeKind.ISSUE),
            channel=nodes.of(TreeKind.CHANNEL),
            respondent=_units(),
            lead_unit=_units(),
            assisting_units=_units(),
            owner=_people(),
        )
        if rule is not None:
            for name in self.fields:
                self.initial.setdefault(name, _initial(rule, name))

    def clean_is_urgent(self) -> bool | None:
        return {"true": True, "false": False}.get(str(self.data.get("is_urgent", "")))


class ImportRulesForm(forms.Form):
    file = forms.FileField(
        label=_("File of rules"), help_text=_("A JSON file exported here. It replaces all rules, or changes nothing.")
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > 2_000_000:
            raise forms.ValidationError(_("The file is too large for a list of rules."))
        try:
            return json.loads(upload.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError) as error:
            raise forms.ValidationError(_("This is not a JSON file in UTF-8. Export one to see the form.")) from error


def suggestion_words(suggestion: Suggestion | None) -> str:
    return _("Suggested by: %(reason)s") % {"reason": suggestion.reason} if suggestion else ""


def current_words(current: Assignment | None) -> str:
    """What the person answering should read again."""
    if current is None:
        return ""
    return " · ".join(part for part in (current.lead_unit.name, current.note, current.return_reason) if part)


def _offer(form: forms.Form, **choices: Any) -> None:
    for name, rows in choices.items():
        form.fields[name].queryset = rows  # type: ignore[attr-defined]


def _initial(rule: RoutingRule, name: str) -> object:
    if name == "assisting_units":
        return [unit.pk for unit in rule.assisting_units.all()]
    if name == "is_urgent":
        return {True: "true", False: "false"}.get(rule.is_urgent, "")  # type: ignore[arg-type]
    return getattr(rule, f"{name}_id", None) if hasattr(rule, f"{name}_id") else getattr(rule, name)
