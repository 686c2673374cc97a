"""A post of a staff page that came too late: signed out meanwhile, or the form's secret changed. What was typed comes
back and can be sent again, instead of being lost."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode

STAFF = "/desk/"  # below /accounts/ what is typed are passwords and codes: those are never repeated
NOT_REPEATED = {"csrfmiddlewaretoken"}
HIDDEN = {"draft_key", "once", "version"}  # what the page wrote, not the person


def typed_texts(request: HttpRequest) -> list[dict[str, object]]:
    """Every field of the post, the texts to be shown; nothing where nobody typed a text."""
    if request.method != "POST" or not request.path.startswith(STAFF) or not _is_ours(request):
        return []
    names = [name for name in request.POST if name not in NOT_REPEATED]
    kept = [(name, value) for name in names for value in request.POST.getlist(name)]
    fields = [{"name": name, "value": value, "is_text": _is_text(name, value)} for name, value in kept]
    return fields if any(field["is_text"] for field in fields) else []


def shown_again(request: HttpRequest, fields: list[dict[str, object]], *, signed_out: bool) -> HttpResponse:
    """The form's texts with a fresh secret; a part of the page where htmx posted it."""
    in_place = request.headers.get("HX-Request") == "true"
    login = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': STAFF})}"
    context = {
        "fields": fields,
        "had_files": bool(request.FILES),
        "signed_out": signed_out,
        "login_url": login,
    }
    return render(request, "ui/_stale_form.html" if in_place else "ui/stale.html", context, status=403)


def _is_text(name: str, value: str) -> bool:
    """Codes, numbers and dates have neither spaces nor Chinese."""
    return name not in HIDDEN and (not value.isascii() or len(value.split()) > 1)


def _is_ours(request: HttpRequest) -> bool:
    """Posted from a page of ours: a foreign page shall not put words before somebody who only has to press send."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
