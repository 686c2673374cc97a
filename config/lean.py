"""Calls with a token skip what is only about browsers: sessions, cookies, forms, messages, sign-in lockout (ADR 0014).

What all answers share stays before it in MIDDLEWARE; what a machine needs is here: the names we serve, the language
asked for, settings read once.
"""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, resolve
from django.utils import translation

from config import replica
from wenguo.lib.remember import remembering

API = "/api/"
GetResponse = Callable[[HttpRequest], HttpResponse]


def tokens_first(get_response: GetResponse) -> GetResponse:
    """Early in MIDDLEWARE: what comes after it never sees a call with a token."""
    answer = cast("GetResponse", convert_exception_to_response(_answer))

    def middleware(request: HttpRequest) -> HttpResponse:
        with_token = request.headers.get("Authorization", "").startswith("Bearer ")
        if not with_token or not request.path_info.startswith(API) or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return get_response(request)
        return answer(request)

    return middleware


def _answer(request: HttpRequest) -> HttpResponse:
    request.get_host()
    request.user = AnonymousUser()
    translation.activate(translation.get_language_from_request(request))
    request.resolver_match = found = resolve(request.path_info)
    with remembering():
        response = replica.answered(request, found) if replica.COPY in settings.DATABASES else _called(request, found)
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response


def _called(request: HttpRequest, found: ResolverMatch) -> HttpResponse:
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer
