"""What allauth and Django ask us: nobody signs up, mail goes through the outbox, TOTP keys are sealed, plain words."""

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from wenguo.accounts.models import User
from wenguo.lib.crypto import Cipher
from wenguo.outbox.actions import leave_message


class LongEnough(MinimumLengthValidator):
    """Django's own sentence has no Chinese yet."""

    def get_error_message(self) -> str:
        return _("The password is too short: at least %(n)d characters.") % {"n": self.min_length}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": gettext_lazy("The password is not right."),
        "enter_current_password": gettext_lazy("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes alone: its page says how long to wait."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leaves the message in the outbox, in the reader's language."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if person else settings.LANGUAGE_CODE
        with override(language):
            message = self.render_mail(template_prefix, email, context)
        leave_message(
            kind=template_prefix.rpartition("/")[2],
            to=email,
            subject=message.subject,
            body=str(message.body),
            about=f"user:{person.pk}" if person else "",
            language=language,
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the settings, not from the Host header, which whoever asks may have written."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.PUBLIC_URL) + path.replace("UID-KEY", quote(key))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("The code is not right, or not valid any more. Type the one shown now."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return Cipher(settings.FIELD_KEY).seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return Cipher(settings.FIELD_KEY).open(encrypted_text)
