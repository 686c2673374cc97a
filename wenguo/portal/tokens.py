"""What the portal signs: form tokens (a nonce and when it was issued) and the link of a held post."""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from wenguo.lib.now import now
from wenguo.portal.rules import FORM_LIVES

_FORM_SALT, _HELD_SALT = "portal.form", "portal.held"
_HELD_PREFIX = "H."


@dataclass(frozen=True)
class FormToken:
    """A form that was shown: its nonce, and how long ago."""

    nonce: str
    seconds: float


def new_form_token() -> str:
    return signing.dumps([secrets.token_hex(12), now().timestamp()], salt=_FORM_SALT)


def read_form_token(token: str) -> FormToken | None:
    """None when it is forged or the form was shown too long ago."""
    try:
        nonce, shown = signing.loads(token, salt=_FORM_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    seconds = now().timestamp() - float(shown)
    return FormToken(str(nonce), seconds) if seconds <= FORM_LIVES.total_seconds() else None


def held_token(pk: int) -> str:
    """The secret of a held post's receipt."""
    return f"{_HELD_PREFIX}{pk}.{keyed('held', str(pk))[:24]}"


def held_of_token(token: str) -> int | None:
    """The key of the held post; None for anything else."""
    number, _dot, _mac = token.removeprefix(_HELD_PREFIX).partition(".")
    if not token.startswith(_HELD_PREFIX) or not (number.isascii() and number.isdecimal() and len(number) < 15):
        return None
    return int(number) if secrets.compare_digest(held_token(int(number)).encode(), token.encode()) else None


def keyed(purpose: str, value: str) -> str:
    """A keyed hash: equal values give equal keys, and nothing leads back."""
    return salted_hmac(f"portal.{purpose}", value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def fingerprint(parts: list[str]) -> str:
    """What was posted, in short: a doubled post has the same."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
