"""Settings pages of the texts: messages with preview, text modules, words to avoid, articles."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.lib.errors import Refused
from wenguo.library import actions
from wenguo.library.access import check_may_change, check_may_read, get_text_for, may_change
from wenguo.library.forms import ArticleForm, AvoidedWordForm, MessageForm, ModuleForm
from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule
from wenguo.library.queries import avoided_in, sample_message
from wenguo.library.rules import blocks
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    page = {"editable": may_change(signed_in(request)), **context}
    return render(request, f"library/{template}.html", page, status=status)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Messages to complainants, one line each."""
    check_may_read(signed_in(request))
    return shown(request, "index", {"templates": MessageTemplate.objects.all()})


@login_required
@page_and_form
def message(request: HttpRequest, kind: str) -> HttpResponse:
    """One message in both languages: as it will read, or changed."""
    template = found(get_text_for, signed_in(request), MessageTemplate, kind=kind)
    form = MessageForm.of(request.POST or None, template)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            actions.change_message(template, by=signed_in(request), **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field or None, no.sentence)
        else:
            messages.success(request, _("The message is saved."))
            return redirect("library:index")
    status = 422 if form.errors else 200
    return shown(
        request, "message", {"template": template, "form": form, "previews": _previews(template, form)}, status
    )


def _previews(template: MessageTemplate, form: MessageForm) -> list[tuple[str, str, str]]:
    """Language, subject and body with example values, of what is typed or else of what is saved."""
    typed = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    made = []
    for suffix, language, label in (("zh", "zh-hans", _("Chinese")), ("en", "en", _("English"))):
        with override(language):
            subject, body = sample_message(template, typed[f"subject_{suffix}"], typed[f"body_{suffix}"])
        made.append((label, subject, body))
    return made


@login_required
@require_GET
def modules(request: HttpRequest) -> HttpResponse:
    check_may_read(signed_in(request))
    return shown(request, "modules", {"modules": TextModule.objects.all()})


@login_required
@page_and_form
def module_edit(request: HttpRequest, shortcut: str = "") -> HttpResponse:
    check_may_change(signed_in(request))
    module = found(get_text_for, signed_in(request), TextModule, shortcut=shortcut) if shortcut else None
    title = module.name if module else _("New text module")
    page = StepPage(title, reverse("library:modules"), _("Save"), _("The text module is saved."))
    form = ModuleForm.of(request.POST or None, module)
    return answer_step(
        request, page, form, lambda typed: actions.save_module(module, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Words to avoid, and a text to try them on."""
    check_may_read(signed_in(request))
    text = request.GET.get("text", "")[:2000]
    return shown(request, "words", {"words": AvoidedWord.objects.all(), "text": text, "hits": avoided_in(text)})


@login_required
@page_and_form
def word_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    check_may_change(signed_in(request))
    word = found(get_text_for, signed_in(request), AvoidedWord, pk=pk) if pk else None
    title = word.word if word else _("New word to avoid")
    page = StepPage(title, reverse("library:words"), _("Save"), _("The word is saved."))
    form = AvoidedWordForm.of(request.POST or None, word)
    return answer_step(
        request, page, form, lambda typed: actions.save_avoided_word(word, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    word = found(get_text_for, signed_in(request), AvoidedWord, pk=pk)
    actions.remove_avoided_word(word, by=signed_in(request))
    messages.success(request, _("The word is removed."))
    return redirect("library:words")


@login_required
@require_GET
def articles(request: HttpRequest) -> HttpResponse:
    """What is published for everybody, and what is for colleagues."""
    check_may_read(signed_in(request))
    rows = Article.objects.all() if may_change(signed_in(request)) else Article.objects.filter(is_published=True)
    groups = [(audience, [row for row in rows if row.audience == audience]) for audience in Article.Audience]
    return shown(request, "articles", {"groups": groups})


@login_required
@require_GET
def article(request: HttpRequest, code: str) -> HttpResponse:
    one = found(get_text_for, signed_in(request), Article, code=code)
    return shown(request, "article", {"article": one, "blocks": blocks(one.body)})


@login_required
@page_and_form
def article_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    check_may_change(signed_in(request))
    one = found(get_text_for, signed_in(request), Article, code=code) if code else None
    title = one.name if one else _("New article")
    page = StepPage(title, reverse("library:articles"), _("Save"), _("The article is saved."))
    form = ArticleForm(request.POST or None, article=one)
    return answer_step(
        request, page, form, lambda typed: actions.save_article(one, by=signed_in(request), **typed.cleaned_data)
    )
