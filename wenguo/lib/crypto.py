"""Sealing field values and blind tokens for looking them up. No settings here: the key is passed in."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = "v1:"
_NONCE = 12  # bytes, the size AES-GCM is made for


class CannotOpen(Exception):
    """The value was not sealed with this key, or was altered."""


class Cipher:
    """AES-256-GCM and HMAC-SHA256 with separate keys derived from one master secret."""

    def __init__(self, master: str) -> None:
        if len(master) < 16:
            raise ValueError("a master key has at least 16 characters")
        self._sealing = AESGCM(_derived(master, b"wenguo field sealing"))
        self._blinding = _derived(master, b"wenguo blind tokens")

    def seal(self, text: str) -> str:
        """ "v1:" + base64; the same text never looks the same twice."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._sealing.encrypt(nonce, text.encode(), _VERSION.encode())
        return _VERSION + base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str) -> str:
        if not sealed.startswith(_VERSION):
            raise CannotOpen("not a sealed value")
        try:
            raw = base64.b64decode(sealed.removeprefix(_VERSION), validate=True)
            return self._sealing.decrypt(raw[:_NONCE], raw[_NONCE:], _VERSION.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("sealed with another key, or altered") from error

    def blind(self, kind: str, value: str) -> str:
        """128 bits as 32 hex digits: equal values of one kind give equal tokens, and nothing leads back."""
        message = f"{kind}\0{value}".encode()
        return hmac.new(self._blinding, message, hashlib.sha256).hexdigest()[:32]


def _derived(master: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master.encode())
