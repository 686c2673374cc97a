"""Form fields several rooms need."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to a list. What they contain is checked by `lib.uploads` in the action."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in given]


def offer(form: forms.BaseForm, name: str, queryset: QuerySet[Any], *, type_ahead: bool = False) -> None:
    """Sets what a model choice field offers, for this form only."""
    chooser = cast("forms.ModelChoiceField[Any]", form.fields[name])
    chooser.queryset = queryset
    if type_ahead:
        chooser.widget.attrs["data-combobox"] = ""
