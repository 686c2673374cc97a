"""What axes asks us: whose failures are counted."""

from typing import Any

from django.http import HttpRequest


def typed_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The name or address typed into the sign-in form, for counting failures."""
    typed = credentials or {}
    name = typed.get("username") or typed.get("email") or (request and request.POST.get("login")) or ""
    return str(name).strip().lower()[:255]
