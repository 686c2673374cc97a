"""Addresses of pages above, by kind and token, for what lower rooms write into messages."""

from urllib.parse import quote

from django.conf import settings

TEMPLATES = {
    "home": "/",
    "track": "/track/{token}/",
    "receipt": "/receipt/{token}/",
    "survey": "/survey/{token}/",
    "complaint": "/desk/complaints/{reference}/",
    "customer_complaints": "/desk/customers/{customer}/complaints/",
    "invitation": "/accounts/invitation/{token}/",
}


def path(kind: str, **tokens: str) -> str:
    return TEMPLATES[kind].format_map({name: quote(value, safe="") for name, value in tokens.items()})


def url(kind: str, **tokens: str) -> str:
    """Absolute, for mail and QR codes."""
    return settings.PUBLIC_URL.rstrip("/") + path(kind, **tokens)
