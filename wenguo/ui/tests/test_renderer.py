"""Our own select says what Django's template says."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from wenguo.ui.renderer import Renderer

CHOICES = [
    ("", "—"),
    ("a", "Ångström & <b>"),
    ("Group “one” & more", [(1, "One"), (2, 'Two "quoted"')]),
    (None, "Nothing"),
]


def squeezed(html: str) -> str:
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize("value", ["", "a", 2, ["a", "2"]])
@pytest.mark.parametrize("attrs", [{}, {"required": True, "disabled": False, "data-x": '<"&'}])
def test_a_select_is_what_django_draws(value: object, attrs: dict[str, object]) -> None:
    widget = (forms.SelectMultiple if isinstance(value, list) else forms.Select)(choices=CHOICES)
    ours = widget.render("name<", value, attrs=attrs, renderer=Renderer())
    djangos = widget.render("name<", value, attrs=attrs, renderer=DjangoTemplates())
    assert squeezed(ours) == squeezed(djangos)
    assert "selected" in ours


def test_all_else_is_left_to_django() -> None:
    widget = forms.TextInput()
    assert widget.render("a", "<", renderer=Renderer()) == widget.render("a", "<", renderer=DjangoTemplates())
