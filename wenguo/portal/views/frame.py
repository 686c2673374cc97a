"""What every page of the portal shares: the frame's links, whom to call, and secrecy of pages opened by a secret."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.insights.queries.public import tells_figures
from wenguo.portal.queries import service_unit
from wenguo.portal.tokens import keyed


def show(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the portal."""
    unit = service_unit()
    frame = {
        "portal_home_url": reverse("portal:home"),
        "portal_links": [
            {"url": reverse("portal:complain"), "label": _("Complain")},
            {"url": reverse("portal:track"), "label": _("Track")},
            {"url": reverse("portal:articles"), "label": _("Help")},
            {"url": reverse("portal:rights"), "label": _("Your rights")},
            *([{"url": reverse("portal:statistics"), "label": _("Our figures")}] if tells_figures() else []),
            {"url": reverse("portal:privacy"), "label": _("Privacy")},
            {"url": reverse("portal:accessibility"), "label": _("Accessibility")},
        ],
        "service_phone": unit.phone if unit else "",
    }
    return render(request, f"portal/{template}.html", frame | (context or {}), status=status)


def secret(answer: HttpResponse) -> HttpResponse:
    """Not kept by caches, not found by search engines, its address told to nobody else."""
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"  # no-referrer would take the Origin from our own forms
    return answer


def not_there(request: HttpRequest) -> HttpResponse:
    """Unknown, forged and no longer proved look alike."""
    return secret(show(request, "not_there", status=404))


def sender_key(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed hash; of IPv6 the household's network."""
    address = request.META.get("REMOTE_ADDR", "")
    if ":" in address:
        address = ":".join(address.split(":")[:4])
    return keyed("sender", address) if address else ""
