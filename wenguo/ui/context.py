"""Context processor: what every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

THEME_COOKIE = "wenguo_theme"
THEMES = {
    "auto": (_("Follow the system"), "contrast"),
    "light": (_("Light"), "sun"),
    "dark": (_("Dark"), "moon"),
    "contrast": (_("High contrast"), "eye"),
    "safe": (_("Colour-blind safe"), "palette"),
}


def theme_of(request: HttpRequest) -> str:
    """The theme this browser chose."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Theme, company and languages; `nav`, `bell_count` and `palette_url` come from desk's own processor."""
    theme = theme_of(request)
    return {
        "theme": theme,
        "themes": [{"key": key, "label": label, "icon": icon} for key, (label, icon) in THEMES.items()],
        "company_name": getattr(settings, "COMPANY_NAME", ""),
        "languages": settings.LANGUAGES,
        "mail_goes_out": settings.EMAIL_IS_CONFIGURED,
    }
