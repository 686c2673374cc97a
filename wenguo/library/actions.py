"""Changing texts: wordings of messages, text modules, words to avoid, articles. Audited in `library`."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from wenguo.audit import actions as audit
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.library.access import check_may_change
from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule
from wenguo.library.rules import placeholders
from wenguo.library.texts import read_texts

CHAIN = "library"
LONGEST_BODY = 20_000


@transaction.atomic
def install_texts(*, by: Actor) -> int:
    """Adds the texts the product comes with; what is there stays as people wrote it. How many were added."""
    check_may_change(by)
    moment = now()
    added = (
        _add_missing(MessageTemplate, "kind", read_texts("messages"))
        + _add_missing(TextModule, "shortcut", read_texts("modules"))
        + _add_missing(AvoidedWord, "word", read_texts("avoided"))
        + _add_missing(Article, "code", read_texts("articles"), is_published=True, updated_at=moment)
    )
    if added:
        audit.record_in(CHAIN, "texts.installed", by=by, body={"added": added})
    return added


@transaction.atomic
def change_message(
    template: MessageTemplate, *, subject_zh: str, subject_en: str, body_zh: str, body_en: str, by: Actor
) -> MessageTemplate:
    """Changes the wording of a message; only the placeholders this kind fills may stand in it."""
    check_may_change(by)
    template = MessageTemplate.objects.select_for_update().get(pk=template.pk)
    wanted = {"subject_zh": subject_zh, "subject_en": subject_en, "body_zh": body_zh, "body_en": body_en}
    _check_texts(wanted)
    for field, text in wanted.items():
        if unknown := placeholders(text) - set(template.values):
            sentence = _("This message cannot fill %(unknown)s. It knows: %(known)s.") % {
                "unknown": ", ".join(f"{{{name}}}" for name in sorted(unknown)),
                "known": ", ".join(f"{{{name}}}" for name in template.values),
            }
            raise Refused(sentence, field=field)
    _save(template, wanted, f"message.changed:{template.kind}", by)
    return template


@transaction.atomic
def save_module(module: TextModule | None, *, by: Actor, **wanted: Any) -> TextModule:
    """Adds a text module, or changes one."""
    check_may_change(by)
    _check_texts({key: wanted[key] for key in ("shortcut", "name_zh", "name_en", "body_zh", "body_en")})
    _check_free(TextModule, "shortcut", wanted["shortcut"], module)
    row = module or TextModule()
    _save(row, wanted, f"module.{'changed' if module else 'added'}:{wanted['shortcut']}", by)
    return row


@transaction.atomic
def save_avoided_word(present: AvoidedWord | None, /, *, by: Actor, **wanted: Any) -> AvoidedWord:
    """Adds a word to avoid, or changes one."""
    check_may_change(by)
    _check_texts({"word": wanted["word"]})
    _check_free(AvoidedWord, "word", wanted["word"], present)
    row = present or AvoidedWord()
    _save(row, wanted, f"avoided.{'changed' if present else 'added'}:{wanted['word']}", by)
    return row


@transaction.atomic
def remove_avoided_word(word: AvoidedWord, *, by: Actor) -> None:
    check_may_change(by)
    text = word.word
    word.delete()
    audit.record_in(CHAIN, "avoided.removed", by=by, body={"word": text})


@transaction.atomic
def save_article(article: Article | None, *, by: Actor, **wanted: Any) -> Article:
    """Adds an article, or changes one; published at once where it says so."""
    check_may_change(by)
    _check_texts({key: wanted[key] for key in ("code", "name_zh", "name_en", "body_zh", "body_en")})
    _check_free(Article, "code", wanted["code"], article)
    row = article or Article()
    _save(row, {**wanted, "updated_at": now()}, f"article.{'changed' if article else 'added'}:{wanted['code']}", by)
    return row


def _add_missing(table: type[models.Model], key: str, texts: tuple[dict[str, Any], ...], **more: Any) -> int:
    rows = table._default_manager
    known = set(rows.values_list(key, flat=True))
    missing = [table(**text, **more) for text in texts if text[key] not in known]
    rows.bulk_create(missing)
    return len(missing)


def _check_texts(texts: dict[str, str]) -> None:
    for field, text in texts.items():
        if not text.strip():
            raise Refused(_("Fill in this field."), field=field)
        if len(text) > LONGEST_BODY:
            raise Refused(_("The text is too long. Shorten it to %(most)s characters.") % {"most": LONGEST_BODY}, field)


def _check_free(table: type[models.Model], field: str, value: str, own: models.Model | None) -> None:
    if table._default_manager.filter(**{field: value}).exclude(pk=own.pk if own else None).exists():
        raise Refused(_("There is one with this name already. Choose another name."), field=field)


def _save(row: models.Model, wanted: dict[str, Any], event: str, by: Actor) -> None:
    """Writes what differs and tells the audit which fields changed, before and after."""
    changed = {key: [str(getattr(row, key)), str(value)] for key, value in wanted.items() if getattr(row, key) != value}
    changed.pop("updated_at", None)
    if row.pk and not changed:
        return
    for key, value in wanted.items():
        setattr(row, key, value)
    row.save()
    verb, _colon, subject = event.partition(":")
    audit.record_in(CHAIN, verb, by=by, body={"subject": subject, "changed": changed})
