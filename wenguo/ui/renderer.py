"""Forms drawn by Django's templates, except what stands in every filter: a select of three hundred options took as many
templates, a third of a list's time."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Setting FORM_RENDERER."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The same markup as Django's own select.html, without its white space."""
        if template_name == _SELECT:
            return _select(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template's output


def _select(widget: dict[str, Any]) -> SafeString:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        shown = [_option(option) for option in options]
        if group:
            shown = [f'<optgroup label="{conditional_escape(group)}">', *shown, "</optgroup>"]
        parts += shown
    return mark_safe("".join([*parts, "</select>"]))  # noqa: S308 - every part is escaped


def _option(option: dict[str, Any]) -> str:
    value = conditional_escape(str(option["value"]))
    return f'<option value="{value}"{_attributes(option["attrs"])}>{conditional_escape(option["label"])}</option>'


def _attributes(given: dict[str, Any]) -> str:
    shown = ((name, value) for name, value in given.items() if value is not False)
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(str(value))}"' for name, value in shown
    )
