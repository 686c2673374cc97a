"""A mistake in a query, told in the reader's language with its place, so that it can be put right at once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenguo.complaints.rules.fields import FIELDS_BY_NAME, Kind
from wenguo.complaints.rules.language import DEEPEST, LONGEST, MOST_TERMS, Mistake
from wenguo.lib.errors import Refused


@dataclass(frozen=True)
class Place:
    """The text before the mistake, the mistake, the text after it; what may have been meant, as whole queries."""

    before: str
    wrong: str
    after: str
    meant: tuple[tuple[str, str], ...] = ()


class Misread(Refused):
    """The query cannot be read. Nothing is guessed: it finds nothing until it is put right."""

    def __init__(self, mistake: Mistake, text: str) -> None:
        at = max(0, min(mistake.at, len(text)))
        end = min(at + mistake.length, len(text))
        super().__init__(
            _("%(problem)s (At character %(at)d.)") % {"problem": _SENTENCES[mistake.code](mistake), "at": at + 1},
            field="q",
        )
        self.at, self.length = at, end - at
        better = tuple((word, text[:at] + _quoted(word) + text[end:]) for word in mistake.meant)
        self.place = Place(text[:at], text[at:end] or " ", text[end:], better)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(sign in word for sign in ' ()（）"，,') else word


def _unknown_field(one: Mistake) -> str:
    known = _("There is no field “%(name)s”. To search for the text itself, put quotation marks around it.")
    return known % {"name": one.word} + _closest(one)


def _no_such_value(one: Mistake) -> str:
    return _("“%(value)s” is not known here.") % {"value": one.word} + _closest(one)


def _closest(one: Mistake) -> str:
    return " " + _("Did you mean %(names)s?") % {"names": _(" or ").join(one.meant)} if one.meant else ""


def _no_value(one: Mistake) -> str:
    examples = {
        Kind.DAY: "2026-11, 2026-10..2026-11, >=2026-11-01, 7d",
        Kind.NUMBER: "3, 1..2, <=2",
        Kind.YES: _("yes, no"),
    }
    example = examples.get(FIELDS_BY_NAME[one.word].kind, "")
    text = _("Write a value right after “%(name)s:”, without a blank.") % {"name": one.word}
    return f"{text} {_('For example:')} {example}" if example else text


_SENTENCES: dict[str, Callable[[Mistake], str]] = {
    "too_long": lambda one: _("The search is too long: at most %(n)d characters.") % {"n": LONGEST},
    "too_many": lambda one: _("The search has too many parts: at most %(n)d.") % {"n": MOST_TERMS},
    "too_deep": lambda one: _("Too many brackets inside each other: at most %(n)d.") % {"n": DEEPEST},
    "closes_nothing": lambda one: _("This bracket closes nothing. Take it away, or open one before."),
    "not_closed": lambda one: _("This bracket is not closed."),
    "quote_not_closed": lambda one: _("This quotation mark has no second one."),
    "nothing_after": lambda one: _("Something to leave out is missing after “%(sign)s”.") % {"sign": one.word},
    "nothing_beside": lambda one: _("“%(word)s” needs something on both sides.") % {"word": one.word},
    "nothing_here": lambda one: _("Something to search for is missing here."),
    "unknown_field": _unknown_field,
    "no_such_value": _no_such_value,
    "no_value": _no_value,
    "no_day": lambda one: (
        _("“%(value)s” is no day or period. Write 2026-11-22, 2026-11, 2026-10..2026-11, 7d or today.")
        % {"value": one.word}
    ),
    "no_number": lambda one: _("“%(value)s” is no number. Write 3, 1..2 or <=2.") % {"value": one.word},
    "no_yes": lambda one: _("“%(value)s” is neither yes nor no.") % {"value": one.word},
}
