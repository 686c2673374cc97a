"""A post whose secret did not fit (a stale page, cookies gone): what was typed comes back instead of being lost."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve
from django.views.csrf import csrf_failure

from wenguo.portal.forms import ComplaintForm
from wenguo.portal.tokens import new_form_token
from wenguo.portal.views.complain import show_form
from wenguo.portal.views.frame import secret, show
from wenguo.ui.stale import shown_again, typed_texts

NOT_REPEATED = {"csrfmiddlewaretoken", "form_token", "draft_key"}
LONG = 80  # characters from which a value is shown as a text


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Visitors and staff get their words back in a fresh form; where nothing was typed, the ordinary page."""
    if not _is_portal(request):
        typed = typed_texts(request)
        signed_out = not request.user.is_authenticated
        return shown_again(request, typed, signed_out=signed_out) if typed else csrf_failure(request, reason=reason)
    get_token(request)  # the answer carries a fresh secret
    if request.path == "/complain/":
        form = ComplaintForm(request.POST.copy())
        form.data["form_token"] = ""  # type: ignore[index]
        form.is_valid()  # too old by now: says so, and gives a new token
        return show_form(request, form, status=403)
    kept = [(name, value) for name in request.POST if name not in NOT_REPEATED for value in request.POST.getlist(name)]
    fields = [{"name": name, "value": value, "long": len(value) >= LONG or "\n" in value} for name, value in kept]
    return secret(show(request, "stale", {"fields": fields, "form_token": new_form_token()}, status=403))


def _is_portal(request: HttpRequest) -> bool:
    try:
        return resolve(request.path).app_name == "portal" and not request.path.startswith("/desk/")
    except Resolver404:
        return False
