"""Invented content for the gallery, read from samples.toml; nothing here reaches a real page."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.functional import lazystr

from wenguo.lib.now import now
from wenguo.ui import chart_samples
from wenguo.ui.icons import ICONS
from wenguo.ui.phrases import is_chinese
from wenguo.ui.rules import KINDS

UNITS = [("quality", "售后质量部"), ("parts", "配件部"), ("qingdao", "青岛四方维修站"), ("service", "客服中心")]
IMPORTANCE = [("ordinary", "一般"), ("major", "重大"), ("complex", "复杂")]
REMEDIES = [("repair", "免费修理"), ("refund", "退款"), ("letter", "书面说明")]


class SampleForm(forms.Form):
    """Every shape a field can take."""

    subject = forms.CharField(help_text=lazystr("一句话说明 · one sentence"))
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    happened_on = forms.DateField(widget=forms.DateInput, required=False)
    unit = forms.ChoiceField(choices=UNITS)
    importance = forms.ChoiceField(choices=IMPORTANCE, widget=forms.RadioSelect)
    remedies = forms.MultipleChoiceField(choices=REMEDIES, widget=forms.CheckboxSelectMultiple, required=False)
    photos = forms.FileField(required=False)
    consent = forms.BooleanField(help_text=lazystr("可随时撤回 · can be withdrawn at any time"))
    urgent = forms.BooleanField(required=False)


def say(chinese: str, english: str) -> str:
    """One of the two, as the page's language asks."""
    return chinese if is_chinese() else english


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))


def _here(value: Any) -> Any:
    """Picks the language and turns minutes from now into moments, all the way down."""
    if isinstance(value, list):
        return [_here(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"zh", "en"}:
        return say(value["zh"], value["en"])
    return {
        key.removesuffix("_minutes"): now() + timedelta(minutes=item) if key.endswith("_minutes") else _here(item)
        for key, item in value.items()
    }


def _form(bound: bool) -> SampleForm:
    form = SampleForm({"story": "<script>alert('原样显示')</script>", "unit": "parts"}) if bound else SampleForm()
    hints = {
        "ordinary": say("7 日内办结", "handled within 7 days"),
        "major": say("10 日内办结，须评审", "within 10 days, with a review"),
        "complex": say("15 个工作日内办结", "within 15 working days"),
    }
    vars(form.fields["importance"])["hints"] = hints
    return form


def _states() -> list[SimpleNamespace]:
    shown = [("属实", "substantiated", "urgent"), ("满意", "satisfied", "ok"), ("已撤回", "withdrawn", "neutral")]
    return [SimpleNamespace(label=say(chinese, english), colour=colour) for chinese, english, colour in shown]


def gallery() -> dict[str, Any]:
    """Everything the gallery page draws."""
    moment = now()
    ago = [0, 12, 5 * 60, 24 * 60, 40 * 24 * 60, 400 * 24 * 60]
    dues = [(72, "running"), (3, "running"), (-2, "running"), (0, "paused"), (0, "met")]
    return {
        **_here(_texts()),
        "kinds": KINDS,
        "charts": chart_samples.samples(),
        "icons": sorted(ICONS),
        "free_form": _form(bound=False),
        "form": _form(bound=True),
        "page": SimpleNamespace(previous="", next="abc"),
        "states": _states(),
        "periods": [
            ("month", say("本月", "Month")),
            ("quarter", say("本季", "Quarter")),
            ("year", say("本年", "Year")),
        ],
        "moments": [moment - timedelta(minutes=minutes) for minutes in ago],
        "dues": [(moment + timedelta(hours=hours), state) for hours, state in dues],
        "soon": moment + timedelta(seconds=25),
        "ratings": say("很不满意 不满意 一般 满意 很满意", "awful bad fair good great").split(),
    }
