"""Language and theme of this browser, and the gallery for those who build pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from wenguo.ui import samples
from wenguo.ui.context import THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language in a cookie and goes back."""
    return set_language(request)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the theme in a cookie and goes back."""
    chosen = request.POST.get("theme", "auto")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/gallery.html", samples.gallery())


@require_GET
@login_required
def gallery_dialog(request: HttpRequest) -> HttpResponse:
    """A page that is also a dialog."""
    return render(request, "ui/gallery_dialog.html", {"form": samples.SampleForm()})


@require_GET
@login_required
def gallery_options(request: HttpRequest) -> HttpResponse:
    """What a type-ahead asks for."""
    typed = request.GET.get("q", "").strip().lower()
    found = [(value, label) for value, label in samples.UNITS if typed in str(label).lower()]
    return JsonResponse({"items": [{"value": value, "label": str(label), "hint": _("unit")} for value, label in found]})
