"""Each request speaks the signed-in person's language and shows times in their zone; who has left is signed out."""

from collections.abc import Callable
from zoneinfo import ZoneInfoNotFoundError

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

GetResponse = Callable[[HttpRequest], HttpResponse]


def person(get_response: GetResponse) -> GetResponse:
    """After AuthenticationMiddleware and LocaleMiddleware. What a person may do is kept on `request.user` itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            if SESSION_KEY in request.session:
                request.session.flush()
            return get_response(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
        try:
            timezone.activate(user.zone)
        except ZoneInfoNotFoundError:
            timezone.deactivate()
        try:
            return get_response(request)
        finally:
            timezone.deactivate()

    return middleware
