"""Addresses of pages above, by kind and token, for what lower rooms write into messages."""

import re
from urllib.parse import quote

from django.conf import settings

TEMPLATES = {
    "home": "/",
    "track": "/track/{token}/",
    "receipt": "/receipt/{token}/",
    "survey": "/survey/{token}/",
    "complaint": "/desk/complaints/{reference}/",
    "complaints": "/desk/complaints/",
    "customer_complaints": "/desk/customers/{customer}/complaints/",
    "customer_erasure": "/desk/customers/{customer}/erasure/",
    "boards": "/desk/figures/boards/",
    "used_in": "/desk/used-in/{setting}/{key}/",
    "invitation": "/accounts/invitation/{token}/",
}


def path(kind: str, **tokens: str) -> str:
    return TEMPLATES[kind].format_map({name: quote(value, safe="") for name, value in tokens.items()})


def url(kind: str, **tokens: str) -> str:
    """Absolute, for mail and QR codes."""
    return settings.PUBLIC_URL.rstrip("/") + path(kind, **tokens)


_SECRET = re.compile(
    "("
    + "|".join(re.escape(one.partition("{token}")[0]) for one in TEMPLATES.values() if "{token}" in one)
    + r")[^/\s]+/"
)


def hide_tokens(text: str) -> str:
    """What was written to somebody, for others to read: whoever holds the link in it acts as its owner."""
    return _SECRET.sub(r"\1…/", text)
