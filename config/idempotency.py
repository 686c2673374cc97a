"""`Idempotency-Key`: the same request sent again gets the same answer, and nothing is done twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError

from wenguo.accounts.access import Caller
from wenguo.accounts.api import AUTH
from wenguo.lib.errors import Refused
from wenguo.outbox.actions import answer_once

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class _FailedError(Exception):
    """The answer was an error: nothing is kept, so that a corrected request may use the key again."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


View = Callable[..., HttpResponse]


def answered_once(refusal: Callable[[HttpRequest, Refused], HttpResponse]) -> Callable[[View], View]:
    """A decorator for every operation of the API. Keys belong to one caller and one address; a key used for another
    request is answered by `refusal`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def with_key(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = request.headers.get("Idempotency-Key")
            caller = _caller(request) if key is not None and request.method not in SAFE_METHODS else None
            if key is None or caller is None:
                return view(request, *args, **kwargs)
            scope = f"{caller.user.pk} {request.method} {request.path}"
            try:
                return _answer(scope, key, request, lambda: view(request, *args, **kwargs))
            except Refused as error:
                return refusal(request, error)

        return with_key

    return decorate


def _answer(scope: str, key: str, request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    def perform() -> list[str]:
        response = ask()
        if response.status_code >= 400:
            raise _FailedError(response)
        return [str(response.status_code), response["Content-Type"], response.content.decode()]

    try:
        answer = answer_once(scope, key, request.body, perform)
    except _FailedError as failed:
        return failed.response
    status, content_type, content = answer.body
    response = HttpResponse(content, status=int(status), content_type=content_type)
    if answer.is_repeated:
        response["Idempotent-Replayed"] = "true"
    return response


def _caller(request: HttpRequest) -> Caller | None:
    """Who asks; a token that does not work any more gets no kept answer."""
    try:
        return next((caller for ask in AUTH if (caller := ask(request))), None)
    except HttpError:
        return None
