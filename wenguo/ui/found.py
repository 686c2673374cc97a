"""An object somebody asked for by its address: what is unknown and what is not theirs to see are both “not found”."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def found(getter: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    """Calls a room's `get_…_for`; its DoesNotExist becomes a 404 for pages and the API alike."""
    try:
        return getter(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error
