"""What people choose when they import a file."""

import json
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.intake.choices import Column
from wenguo.intake.queries.mappings import GENERAL, presets
from wenguo.intake.rules import Mapping
from wenguo.process.models import language_suffix
from wenguo.ui.steps import StepForm

SECOND = "_2"  # the second level of a product or an issue
LEVELED = (Column.PRODUCT, Column.ISSUE)


def preset_choices() -> list[tuple[str, str]]:
    """Presets by their name in the reader's language."""
    field = f"label_{language_suffix()}"
    return [(name, str(getattr(mapping, field) or name)) for name, mapping in presets().items()]


class UploadForm(StepForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, also compressed as .gz; UTF-8 or GBK is found out."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.gz"}),
    )
    preset = forms.ChoiceField(label=_("Kind of file"), choices=preset_choices, initial=GENERAL)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES * 10:
            raise forms.ValidationError(gettext("The file is too large. Split it, or let an administrator import it."))
        return file


class PresetForm(StepForm):
    preset = forms.ChoiceField(label=_("Kind of file"), choices=preset_choices)


class ColumnsForm(StepForm):
    """Which column of this file is what. Built from the file's own columns."""

    source_system = forms.RegexField(
        r"^[\w.-]{1,40}$", label=_("Name of the other system"), help_text=_("Letters, digits, dots and dashes.")
    )

    def __init__(self, *args: Any, columns: tuple[str, ...], mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        self.fields["source_system"].initial = mapping.source_system
        options = [("", "—"), *((name, name) for name in columns)]
        for column in Column:
            present = [name for name in mapping.columns.get(column, []) if name in columns]
            self._offer(column.value, column.label, options, present[:1])
            if column in LEVELED:
                label = gettext("%(column)s, second level") % {"column": column.label}
                self._offer(column.value + SECOND, label, options, present[1:2])

    def _offer(self, name: str, label: Any, options: list[tuple[str, str]], chosen: list[str]) -> None:
        initial = chosen[0] if chosen else ""
        self.fields[name] = forms.ChoiceField(label=label, choices=options, required=False, initial=initial)

    def as_mapping(self) -> str:
        """The mapping as JSON: the present one with the columns chosen here."""
        given = self.cleaned_data
        columns = {}
        for column in Column:
            names = [given.get(column.value, ""), given.get(column.value + SECOND, "")]
            if any(names):
                columns[column.value] = [name for name in names if name]
        described = asdict(self.mapping) | {"columns": columns, "source_system": given["source_system"]}
        return json.dumps(described, ensure_ascii=False)


class EmptyForm(StepForm):
    """A question that is answered by its button alone."""
