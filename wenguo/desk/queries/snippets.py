"""What is offered while writing: text modules, articles, colleagues."""

from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.library.models import Article, TextModule

OFFERED = 8


def snippet_items(kind: str, words: str) -> list[dict[str, str]]:
    """At most eight items of one kind (`modules`, `articles`, `people`) for the words typed after the mark."""
    offered = {"modules": _modules, "articles": _articles, "people": _people}
    return offered[kind](words.strip()[:40]) if kind in offered else []


def _modules(words: str) -> list[dict[str, str]]:
    rows = TextModule.objects.filter(is_active=True)
    found = rows.filter(Q(shortcut__icontains=words) | Q(name_zh__icontains=words) | Q(name_en__icontains=words))
    return [{"label": row.name, "hint": row.shortcut, "text": row.body} for row in found.order_by("shortcut")[:OFFERED]]


def _articles(words: str) -> list[dict[str, str]]:
    rows = Article.objects.filter(is_published=True)
    found = rows.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=words))
    return [{"label": row.name, "hint": "", "text": f"《{row.name}》"} for row in found.order_by("id")[:OFFERED]]


def _people(words: str) -> list[dict[str, str]]:
    rows = User.objects.filter(is_active=True).select_related("unit")
    found = rows.filter(Q(name__icontains=words) | Q(username__icontains=words)).order_by("username")[:OFFERED]
    return [
        {"label": row.name, "hint": row.unit.name if row.unit else row.username, "text": f"@{row.username} "}
        for row in found
    ]
