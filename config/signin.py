"""What allauth and axes ask us. There is no open sign-up: people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from wenguo.outbox.actions import leave_message


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail leaves through the outbox like all other: a mail server that hangs never hangs a page."""
        mail = self.render_mail(template_prefix, email, context)
        leave_message(
            kind="account", to=email, subject=str(mail.subject), body=str(mail.body), language=get_language() or "en"
        )


def typed_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The name or address typed into the sign-in form, for counting failures."""
    typed = credentials or {}
    name = typed.get("username") or typed.get("email") or (request and request.POST.get("login")) or ""
    return str(name).strip().lower()[:255]
