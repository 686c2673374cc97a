"""Each request speaks the signed-in person's language and shows times in their zone; who has left is signed out."""

from collections.abc import Callable
from time import time
from zoneinfo import ZoneInfoNotFoundError

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from wenguo.accounts.actions import set_preferences
from wenguo.accounts.models import User
from wenguo.lib.remember import remembering

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"
_RENEW_AFTER = 1800  # seconds: the session slides with a write every half hour, not one for each request


def person(get_response: GetResponse) -> GetResponse:
    """After AuthenticationMiddleware and LocaleMiddleware. What a person may do is kept on `request.user` itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with remembering():
            return answer(request)

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            if SESSION_KEY in request.session:
                request.session.flush()
            return get_response(request)
        _renew(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()
        _use_zone_of(user)
        try:
            return _keep_chosen_language(request, user, get_response(request))
        finally:
            timezone.deactivate()

    return middleware


def _renew(request: HttpRequest) -> None:
    if time() - request.session.get(SEEN, 0) > _RENEW_AFTER:
        request.session[SEEN] = int(time())
        UserSession.objects.create_from_request(request)


def _use_zone_of(user: User) -> None:
    try:
        timezone.activate(user.zone)
    except (ZoneInfoNotFoundError, ValueError):
        timezone.deactivate()


def _keep_chosen_language(request: HttpRequest, user: User, response: HttpResponse) -> HttpResponse:
    """The switch on every page belongs to `ui`, which knows no people: here its choice becomes the person's own."""
    match = request.resolver_match
    if request.method == "POST" and match and match.view_name == "ui:language" and response.status_code < 400:
        chosen = request.POST.get("language", "")
        if chosen != user.language and chosen in dict(settings.LANGUAGES):
            set_preferences(user, language=chosen, time_zone=user.time_zone, by=user)
    return response
