"""What allauth and axes ask us. There is no open sign-up: people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def typed_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The name or address typed into the sign-in form, for counting failures."""
    typed = credentials or {}
    name = typed.get("username") or typed.get("email") or (request and request.POST.get("login")) or ""
    return str(name).strip().lower()[:255]
