"""Small change of every view: finding what was asked for, who asks, and going elsewhere."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wenguo.ui.middleware import is_fragment

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def found(getter: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    """Calls a room's `get_…_for`; unknown and not visible are both a 404, for pages and the API alike."""
    try:
        return getter(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def signed_in(request: HttpRequest) -> Any:
    """The person behind a page that asks for signing in (`login_required` stands before it)."""
    return request.user


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that a dialog follows too: it loads the page instead of showing it inside itself."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
