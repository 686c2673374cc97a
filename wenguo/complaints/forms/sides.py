"""The end of a complaint, and what happens beside the line."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.choices import ClockState, LinkKind, PauseReason, Score, Visibility
from wenguo.complaints.forms.fields import (
    NOTE,
    SEARCHABLE,
    NodeField,
    PersonField,
    colleagues,
    moment_field,
    text_field,
)
from wenguo.complaints.models import Clock, Complaint
from wenguo.complaints.queries import MergePreview, merge_preview
from wenguo.complaints.rules import SKIPPABLE
from wenguo.customers.choices import Direction
from wenguo.lib.refs import parse_reference
from wenguo.process.choices import DutyHolder, Stage, TreeKind
from wenguo.ui.steps import StepForm


class WithdrawForm(StepForm):
    words = text_field(
        _("The complainant's own words"), hint=_("Why they take it back, as they said it. It can be reopened any time.")
    )
    through = NodeField(TreeKind.CHANNEL, label=_("How they told us"), required=False, widget=forms.Select())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["through"].offer()  # type: ignore[attr-defined]


class ReasonForm(StepForm):
    reason = text_field(_("Reason"))


class CloseForm(StepForm):
    survey = forms.TypedChoiceField(
        label=_("Answer to the survey: handling"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("no survey")), *((score, score) for score in Score.values)],
        help_text=_("Only where it stands for the call-back of an ordinary complaint."),
    )
    note = text_field(NOTE, required=False, rows=2)


class ReferenceField(forms.CharField):
    """The reference of another complaint, typed any way, that this person may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.user: User | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        reference = parse_reference(text)
        try:
            return get_complaint_for(self.user, reference) if self.user and reference else self._refuse()
        except Complaint.DoesNotExist:
            return self._refuse()

    def _refuse(self) -> Any:
        raise forms.ValidationError(gettext("There is no complaint with this reference. Check it, or search for it."))


class MergeForm(StepForm):
    """Shows first what happens; confirmed, it is done."""

    target = ReferenceField(label=_("Merge into"), help_text=_("The reference of the complaint that goes on"))
    note = text_field(NOTE, required=False, rows=2)
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)
    preview: MergePreview | None = None
    asks_to_confirm = False  # nothing is wrong: it has only to be looked at

    def __init__(self, *args: Any, user: User, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        self.fields["target"].user = user  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        target = given.get("target")
        if target is None:
            return given
        self.preview = merge_preview(self.complaint, target)
        if given.get("previewed") != target.reference:
            self.data = {**self.data.dict(), "previewed": target.reference}  # type: ignore[attr-defined]
            self.asks_to_confirm = not self.errors
            raise forms.ValidationError(gettext("Look at what happens, then confirm."))
        return given


class LinkForm(StepForm):
    other = ReferenceField(label=_("Reference of the other complaint"))
    kind = forms.ChoiceField(label=_("How they belong together"), choices=LinkKind.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].user = user  # type: ignore[attr-defined]


class ChaseForm(StepForm):
    words = text_field(_("What was said"), required=False, rows=3)


class InternalNoteForm(StepForm):
    text = text_field(
        _("Internal note"),
        hint=_("Only colleagues see it. @@ names and rings a colleague, :: brings a text module, ?? an article."),
    )


class CallForm(StepForm):
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Direction.choices, initial=Direction.OUT, widget=forms.RadioSelect
    )
    summary = text_field(_("What was said"), hint=_("Only colleagues see it."))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=600)
    at = moment_field(_("When"), _("Empty: now"))


class WordsForm(StepForm):
    words = text_field(_("The complainant's words"), hint=_("Kept as said; both sides see it."))


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class FileForm(StepForm):
    attachments = FilesField(label=_("Files"))
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.INTERNAL, widget=forms.RadioSelect
    )


class TaskForm(StepForm):
    title = forms.CharField(label=_("What shall be done"), max_length=200)
    assignee = PersonField(User.objects.none(), label=_("Who"), widget=forms.Select(attrs=SEARCHABLE))
    due_at = moment_field(_("Until"))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues(Permission.NOTE, complaint)  # type: ignore[attr-defined]


class ReassignForm(StepForm):
    assignee = PersonField(User.objects.none(), label=_("Who"), widget=forms.Select(attrs=SEARCHABLE))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues(Permission.NOTE, complaint)  # type: ignore[attr-defined]


class StopClockForm(StepForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason.choices, initial=PauseReason.APPRAISAL)
    note = text_field(_("What we wait for, and until when"), rows=2)


class ClockField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.limit + obj.extended_by} {obj.get_unit_display()})"


class ExtendForm(StepForm):
    clock = ClockField(Clock.objects.none(), label=_("Clock"))
    add = forms.IntegerField(
        label=_("How much more"), min_value=1, max_value=365, help_text=_("In the clock's own unit")
    )
    reason = text_field(_("Reason"), rows=2, hint=_("A moved promise is told to the complainant with this reason."))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        running = Clock.objects.filter(complaint=complaint, state__in=(ClockState.RUNNING, ClockState.PAUSED))
        ours = running.exclude(duty_holder=DutyHolder.AGENCY).order_by("due_at")
        self.fields["clock"].queryset = ours  # type: ignore[attr-defined]


class SkipForm(StepForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=[(stage.value, stage.label) for stage in SKIPPABLE])
    justification = text_field(_("Justification"), rows=3, hint=_("It stays on the stage's output."))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if complaint.stage in SKIPPABLE:
            self.initial.setdefault("stage", Stage(complaint.stage).value)
