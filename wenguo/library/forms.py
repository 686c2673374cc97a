"""Texts typed by administrators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule
from wenguo.process.choices import TreeKind
from wenguo.process.queries import nodes

NAME_ZH, NAME_EN = _("Name in Chinese"), _("Name in English")
TEXT_ZH, TEXT_EN = _("Text in Chinese"), _("Text in English")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TextForm(forms.Form):
    """Browsers send line ends as CR LF; texts keep LF."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        return {key: value.replace("\r\n", "\n") if isinstance(value, str) else value for key, value in given.items()}


class MessageForm(TextForm):
    subject_zh = forms.CharField(label=_("Subject in Chinese"), max_length=200)
    subject_en = forms.CharField(label=_("Subject in English"), max_length=200)
    body_zh = forms.CharField(label=TEXT_ZH, widget=_area(14))
    body_en = forms.CharField(label=TEXT_EN, widget=_area(14))

    @classmethod
    def of(cls, posted: Any, template: MessageTemplate) -> "MessageForm":
        return cls(posted, initial={name: getattr(template, name) for name in cls.base_fields})


class ModuleForm(TextForm):
    shortcut = forms.SlugField(label=_("Shortcut"), max_length=40, help_text=_("Typed after :: in the composer"))
    name_zh = forms.CharField(label=NAME_ZH, max_length=200)
    name_en = forms.CharField(label=NAME_EN, max_length=200)
    body_zh = forms.CharField(label=TEXT_ZH, widget=_area(6))
    body_en = forms.CharField(label=TEXT_EN, widget=_area(6))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    @classmethod
    def of(cls, posted: Any, module: TextModule | None) -> "ModuleForm":
        return cls(posted, initial={name: getattr(module, name) for name in cls.base_fields} if module else None)


class AvoidedWordForm(TextForm):
    word = forms.CharField(label=_("Word to avoid"), max_length=60)
    better_zh = forms.CharField(label=_("Better, in Chinese"), max_length=200, required=False)
    better_en = forms.CharField(label=_("Better, in English"), max_length=200, required=False)

    @classmethod
    def of(cls, posted: Any, word: AvoidedWord | None) -> "AvoidedWordForm":
        return cls(posted, initial={name: getattr(word, name) for name in cls.base_fields} if word else None)


class WordsField(forms.CharField):
    """Words parted by commas or spaces of either script; cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value).translate(str.maketrans("，、；;\n", ",,,,,"))
        return [word.strip() for word in text.split(",") if word.strip()]


class ArticleForm(TextForm):
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Part of its address, such as how-to-complain"))
    audience = forms.ChoiceField(label=_("For whom"), choices=Article.Audience.choices)
    name_zh = forms.CharField(label=_("Title in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Title in English"), max_length=200)
    body_zh = forms.CharField(label=TEXT_ZH, widget=_area(14), help_text=_("Points begin with “- ”."))
    body_en = forms.CharField(label=TEXT_EN, widget=_area(14))
    keywords = WordsField(label=_("Keywords"), required=False, help_text=_("Found by these while somebody writes."))
    issues = forms.MultipleChoiceField(
        label=_("Issues"), required=False, widget=forms.SelectMultiple(attrs={"data-combobox": "", "size": 6})
    )
    is_published = forms.BooleanField(label=_("Published"), required=False)

    def __init__(self, posted: Any = None, *, article: Article | None = None) -> None:
        initial = {name: getattr(article, name) for name in self.base_fields} if article else None
        super().__init__(posted, initial=initial)
        issues = [(node.code, f"{'　' * (node.depth - 1)}{node.name}") for node in nodes(TreeKind.ISSUE)]
        kept = [(code, code) for code in (article.issues if article else []) if code not in dict(issues)]
        self.fields["issues"].choices = [*issues, *kept]  # type: ignore[attr-defined]
