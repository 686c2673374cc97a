"""How a bound form field is drawn: which shape its widget takes, and the attributes that make it speak."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.SplitDateTimeWidget, "group"),
)
NATIVE = {forms.DateInput: "date", forms.DateTimeInput: "datetime-local", forms.TimeInput: "time"}

DJANGOS_DASHES = "---------"


def shape_of(widget: forms.Widget) -> str:
    """control, check, choices, file or group."""
    return next((shape for kind, shape in SHAPES if isinstance(widget, kind)), "control")


def described_by(bound: BoundField, hint: object) -> str:
    """Ids of help and error, in reading order."""
    ids = [f"{bound.auto_id}_hint"] if hint else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    return " ".join(ids)


def control(bound: BoundField, hint: object, attrs: dict[str, Any]) -> SafeString:
    """The widget with aria attributes; date widgets use the browser's own picker."""
    widget = bound.field.widget
    merged: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if ids := described_by(bound, hint):
        merged["aria-describedby"] = ids
    if bound.errors:
        merged["aria-invalid"] = "true"
    if isinstance(bound.field, forms.ModelChoiceField) and bound.field.empty_label == DJANGOS_DASHES:
        bound.field.empty_label = "—"
    native = NATIVE.get(type(widget))
    if native:
        widget.input_type = native  # the form's own copy of the widget
        widget.format = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}[native]
    return bound.as_widget(attrs=merged)


def field_context(
    bound: BoundField, label: str, hint: str, css: str, cards: bool, attrs: dict[str, Any]
) -> dict[str, Any]:
    """What templates/ui/_field.html draws."""
    shape = shape_of(bound.field.widget)
    said = hint or bound.help_text
    return {
        "bound": bound,
        "shape": shape,
        "label": label or bound.label,
        "hint": said,
        "css": css,
        "cards": cards,
        "switch": "switch" in css,
        "required": bound.field.required,
        "errors": bound.errors,
        "hidden": bound.is_hidden,
        "control": "" if shape == "choices" else control(bound, said, attrs),
        "options": _options(bound) if shape == "choices" else [],
        "described_by": described_by(bound, said),
        "multiple": getattr(bound.field.widget, "allow_multiple_selected", False),
    }


def _options(bound: BoundField) -> list[dict[str, Any]]:
    hints: dict[str, object] = getattr(bound.field, "hints", {})
    return [
        {
            "tag": option.tag(),
            "label": option.choice_label,
            "hint": hints.get(str(option.data["value"]), ""),
            "id": option.id_for_label,
        }
        for option in bound.subwidgets
        if option.data["value"] not in ("", None)
    ]
