"""Nodes of a tree, moving one, and a file with many."""

import csv
import io
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenguo.lib.errors import Refused
from wenguo.lib.tables import read_table
from wenguo.process.choices import FIELD_LABELS
from wenguo.process.models import TaxonomyNode
from wenguo.process.rules.trees import TreeRow, extra_text, extra_value, rows_from_table
from wenguo.ui.formfields import offer

MOST_ROWS = 20_000
MOST_BYTES = 10 * 1024 * 1024


class NodeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Nodes by name, indented by their level."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'　' * (obj.depth - 1)}{obj.name}"


class NodeForm(forms.Form):
    """One node. What else it says (routes of a decline reason, type of a channel) is one line each: key = value."""

    code = forms.RegexField(
        r"^[\w.-]{1,80}$", label=_("Code"), help_text=_("Letters, digits, hyphens; stays for good.")
    )
    name_zh = forms.CharField(label=FIELD_LABELS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELD_LABELS["name_en"], max_length=200)
    extra = forms.CharField(
        label=_("More"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One line each, as key = value: such as type = ③ of a channel."),
    )

    def __init__(self, posted: Any = None, *, node: TaxonomyNode | None = None) -> None:
        lines = "\n".join(f"{key} = {extra_text(value)}" for key, value in node.extra.items()) if node else ""
        initial = {"name_zh": node.name_zh, "name_en": node.name_en, "extra": lines} if node else {}
        super().__init__(posted, initial=initial)
        if node:
            del self.fields["code"]

    def clean_extra(self) -> dict[str, str | bool]:
        pairs = [line.partition("=") for line in self.cleaned_data["extra"].splitlines() if line.strip()]
        if any(not key.strip() or not sign for key, sign, _value in pairs):
            raise ValidationError(gettext("Write each line as key = value."))
        return {key.strip(): extra_value(value.strip()) for key, _sign, value in pairs}


class MoveForm(forms.Form):
    to = NodeChoice(TaxonomyNode.objects.none(), label=_("New place"), required=False, empty_label=_("Top of the tree"))

    def __init__(self, posted: Any = None, *, node: TaxonomyNode) -> None:
        super().__init__(posted, initial={"to": node.parent_id})
        others = TaxonomyNode.objects.of(node.tree).exclude(path__startswith=node.path).order_by("path")
        offer(self, "to", others, type_ahead=True)


class TreeFileForm(forms.Form):
    """A file, or the text of one that was looked at before."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "CSV or XLSX. Either the columns code, parent, name_zh, name_en, or one column for each level with the "
            "names, top level first."
        ),
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("file")
        if upload and upload.size > MOST_BYTES:
            raise ValidationError(gettext("The file is too large. Split it into several files."))
        content = upload.read() if upload else (given.get("text") or "").encode()
        name = upload.name if upload else "tree.csv"
        try:
            given["columns"], given["values"] = _read(content, name)
        except Refused as no:
            raise ValidationError(no.sentence) from no
        return given

    def rows(self) -> list[TreeRow]:
        return rows_from_table(self.cleaned_data["columns"], self.cleaned_data["values"])

    def as_text(self) -> str:
        """The same rows as CSV, to be confirmed after the preview."""
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, self.cleaned_data["columns"])
        writer.writeheader()
        writer.writerows(values for _number, values in self.cleaned_data["values"])
        return buffer.getvalue()


def _read(content: bytes, name: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    table = read_table(content, name)
    values = []
    for row in table:
        if row.error:
            raise Refused(gettext("Row %(row)s: %(fault)s") % {"row": row.number, "fault": row.error})
        values.append((row.number, row.values))
        if len(values) > MOST_ROWS:
            raise Refused(gettext("The file is too large. Split it into several files."))
    return list(table.columns), values
