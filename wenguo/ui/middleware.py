"""Between views and browsers: a refusal becomes a page, redirects reach htmx, finished drafts are forgotten."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.ui.stale import shown_again, typed_texts

DRAFT_FIELD = "draft_key"
DRAFT_COOKIE = "wenguo_draft_done"
GetResponse = Callable[[HttpRequest], HttpResponse]
STATUS: dict[type[Exception], int] = {NotAllowed: 403, Changed: 409, Refused: 422}


def is_fragment(request: HttpRequest) -> bool:
    """htmx or a dialog asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


class SayWhy:
    """A refusal no view caught becomes a page with its sentence, or a banner on top where htmx asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        status = STATUS.get(type(error))
        if status is None:
            return None
        context = {"sentence": getattr(error, "sentence", ""), "changes": getattr(error, "changes", ())}
        if not is_fragment(request):
            return render(request, f"{status}.html", context, status=status)
        answer = render(request, "ui/_refusal.html", context, status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#notices", "innerHTML"
        return answer


def after_post(get_response: GetResponse) -> GetResponse:
    """A redirect after a POST means it worked: forget that form's draft, and let htmx load the new page itself.

    htmx and fetch follow a 302 unseen and would show a whole page inside a panel (and use up its messages).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        redirects = 300 <= response.status_code < 400 and "Location" in response
        if not redirects and "HX-Redirect" not in response:
            return response
        if redirects and _asks_to_sign_in(response):
            fields = typed_texts(request)
            return shown_again(request, fields, signed_out=True) if fields else _as_asked(request, response)
        if request.method == "POST" and (key := request.POST.get(DRAFT_FIELD)):
            # Without a “/”, for which the cookie would be put in quotes that the script does not know
            done = quote(key[:200], safe="")
            response.set_cookie(DRAFT_COOKIE, done, max_age=120, samesite="Lax", secure=request.is_secure())
        return _as_asked(request, response) if redirects else response

    return middleware


def _asks_to_sign_in(response: HttpResponse) -> bool:
    """Nothing worked: the post never reached its view."""
    return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _as_asked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return _for_htmx(response) if is_fragment(request) else response


def _for_htmx(response: HttpResponse) -> HttpResponse:
    answer = HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    answer.cookies = response.cookies
    return answer
