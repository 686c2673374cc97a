"""What is wrong with a request, in the caller's language: sentences for the checks pydantic makes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES = {
    "missing": gettext_lazy("This field is missing."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "none_required": gettext_lazy("Leave this field out."),
    "string_unicode": gettext_lazy("Send text as UTF-8."),
    "string_pattern_mismatch": gettext_lazy("This does not have the expected form."),
    "string_too_short": gettext_lazy("Write at least %(min_length)s characters."),
    "string_too_long": gettext_lazy("Write at most %(max_length)s characters."),
    "too_short": gettext_lazy("Send at least %(min_length)s entries."),
    "too_long": gettext_lazy("Send at most %(max_length)s entries."),
    "greater_than": gettext_lazy("Send a number above %(gt)s."),
    "greater_than_equal": gettext_lazy("Send a number of %(ge)s or more."),
    "less_than": gettext_lazy("Send a number below %(lt)s."),
    "less_than_equal": gettext_lazy("Send a number of %(le)s or less."),
    "enum": gettext_lazy("Choose one of: %(expected)s."),
    "literal_error": gettext_lazy("Choose one of: %(expected)s."),
    "timezone_aware": gettext_lazy("Say the time zone: 2026-11-21T08:30:00+08:00."),
    "date_from_datetime_inexact": gettext_lazy("Send a date without a time: 2026-11-21."),
    "decimal_max_digits": gettext_lazy("This number has too many digits."),
    "decimal_max_places": gettext_lazy("This number has too many decimal places."),
}
# By the beginning of the check's name: `int_type`, `int_parsing`, `int_from_float` … are one mistake to a caller.
_KINDS = {
    "string_": gettext_lazy("Send text."),
    "int_": gettext_lazy("Send a whole number."),
    "float_": gettext_lazy("Send a number."),
    "decimal_": gettext_lazy("Send a number such as 12.50."),
    "finite_": gettext_lazy("Send a number."),
    "bool_": gettext_lazy("Send true or false."),
    "datetime_": gettext_lazy("Send a date and time: 2026-11-21T08:30:00+08:00."),
    "date_": gettext_lazy("Send a date: 2026-11-21."),
    "time_": gettext_lazy("Send a time: 08:30."),
    "list_": gettext_lazy("Send a list."),
    "dict_": gettext_lazy("Send an object."),
    "mapping_": gettext_lazy("Send an object."),
    "model_": gettext_lazy("Send an object."),
    "uuid_": gettext_lazy("Send a UUID."),
    "url_": gettext_lazy("Send a web address."),
    "json_": gettext_lazy("Send valid JSON."),
}


def sentence_for(error: Mapping[str, Any]) -> str:
    """The sentence for one of pydantic's errors; its own words (English) where there is none."""
    kind = str(error["type"])
    if known := _SENTENCES.get(kind):
        return str(known) % {key: str(value) for key, value in error.get("ctx", {}).items()}
    beginning = next((start for start in _KINDS if kind.startswith(start)), None)
    if beginning:
        return str(_KINDS[beginning])
    return str(error["msg"]).removeprefix("Value error, ")


def fault_of(error: Mapping[str, Any]) -> dict[str, str]:
    """One entry of `errors` in the answer. `loc` begins with where it was read (body, query) and the schema's name."""
    place = [str(step) for step in error["loc"]]
    return {"field": ".".join(place[1:]) or place[0], "message": sentence_for(error), "code": str(error["type"])}


def title_for(status: int) -> str:
    """What the status means, in a word or two."""
    titles = {
        400: _("The request cannot be read"),
        401: _("Sign in first"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not possible here"),
        409: _("Changed in the meantime"),
        413: _("Too large"),
        415: _("Wrong type of content"),
        422: _("Refused"),
        429: _("Too many requests"),
    }
    return titles.get(status, _("It did not work"))
