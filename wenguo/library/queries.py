"""Reading the library: messages filled in, text modules, words to avoid, articles for a problem."""

from django.conf import settings
from django.utils.translation import gettext as _

from wenguo.audit.queries import kept
from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule
from wenguo.library.rules import Filled, Hit, fill, hits, likeness, placeholders
from wenguo.library.texts import default_message


class UnfilledTextError(LookupError):
    """A message asks for a value its sender does not give: a defect, raised where STRICT_TEXTS is set (tests)."""


def render_message(kind: str, language: str, **values: str) -> tuple[str, str]:
    """Subject and body of a message in that language.

    The wording is the company's, else the one the product comes with. A value nobody gave takes its line out.
    """
    wording = _wording(kind, "en" if language.startswith("en") else "zh")
    if wording is None:
        if settings.STRICT_TEXTS:
            raise UnfilledTextError(f"there is no message of kind {kind!r}")
        return " ".join(filter(None, (values.get("company"), values.get("reference")))), "\n\n".join(values.values())
    return filled_message(kind, *wording, values)


def filled_message(kind: str, subject: str, body: str, values: dict[str, str]) -> tuple[str, str]:
    """Fills a wording as `render_message` does: what the preview on the settings page shows."""
    parts = (fill(subject, values), fill(body, values))
    _check_filled(kind, *parts)
    return parts[0].text or values.get("reference", ""), parts[1].text


def sample_message(template: MessageTemplate, subject: str, body: str) -> tuple[str, str]:
    """Subject and body with example values in the active language, for the preview."""
    examples = {
        "reference": "WG-2609-7F3K9Q",
        "title": _("Air conditioning noisy, repaired twice"),
        "company": settings.COMPANY_NAME,
        "promised": _("8 September 2026, 18:00"),
        "link": f"{settings.PUBLIC_URL}/t/…",
    }
    names = placeholders(subject) | placeholders(body)
    return filled_message(template.kind, subject, body, {name: examples.get(name, f"[{name}]") for name in names})


def _wording(kind: str, suffix: str) -> tuple[str, str] | None:
    rows = MessageTemplate.objects.filter(kind=kind).values(f"subject_{suffix}", f"body_{suffix}")
    row = kept("library", (kind, suffix), rows.first)
    found = row or default_message(kind)
    return (found[f"subject_{suffix}"], found[f"body_{suffix}"]) if found else None


def _check_filled(kind: str, *parts: Filled) -> None:
    missing = sorted({name for part in parts for name in part.missing})
    if missing and settings.STRICT_TEXTS:
        raise UnfilledTextError(f"message {kind!r} asks for {', '.join(missing)}")


def modules() -> list[TextModule]:
    """Text modules in use, by shortcut."""
    return list(TextModule.objects.filter(is_active=True))


def avoided_in(text: str) -> list[Hit]:
    """Words that inflame, where they stand, and what to say instead in the reader's language."""
    return hits(text, [(row.word, row.better) for row in AvoidedWord.objects.all()])


def published_articles(audience: str = Article.Audience.PUBLIC) -> list[Article]:
    return list(Article.objects.filter(is_published=True, audience=audience))


def articles_for(text: str, *, issue: str = "", limit: int = 3) -> list[Article]:
    """Public articles for what somebody is writing: by its issue, then by the keywords that stand in the text."""
    weighed = [
        (likeness(text, article.keywords) + (100 if issue and issue in article.issues else 0), article)
        for article in published_articles()
    ]
    fitting = sorted((pair for pair in weighed if pair[0]), key=lambda pair: (-pair[0], pair[1].pk))
    return [article for _weight, article in fitting[:limit]]
