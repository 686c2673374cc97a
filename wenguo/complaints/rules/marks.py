"""Marks in the full-text index beside the words: when a complaint came, whose it is, what only colleagues may find.

A mark begins with a letter that `lib.text.normalise` turns into another one, so nothing typed ever looks like a mark.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

_SIGN = "ª"  # feminine ordinal indicator: NFKC makes it a plain "a"
OPEN = f"{_SIGN}o"
MOST_MARKS = 12


def internal(token: str) -> str:
    """A word that stands only in what colleagues write to each other."""
    return f"{_SIGN}i{token}"


def unit(key: int) -> str:
    """The unit is involved."""
    return f"{_SIGN}u{key}"


def received(moment: datetime) -> tuple[str, str]:
    """Day and month of receipt, in UTC: a mark must not depend on who reads it where."""
    day = moment.astimezone(UTC).date()
    return _day(day), _month(day)


def between(first: date, last: date) -> list[str]:
    """Few marks that cover these UTC days: the days themselves, or whole months, which may cover more at both ends.

    Empty where it would take too many: the index weighs each of them at every place.
    """
    if (last - first).days < MOST_MARKS:
        return [_day(first + timedelta(days=number)) for number in range((last - first).days + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MOST_MARKS:
        return []
    start = first.year * 12 + first.month - 1
    return [_month(date(number // 12, number % 12 + 1, 1)) for number in range(start, start + months)]


def document(public: Iterable[str], private: Iterable[str], marks: Iterable[str]) -> str:
    """One document: public words, words only colleagues may find, marks; each once."""
    words = dict.fromkeys(public)
    hidden = [internal(token) for token in dict.fromkeys(private) if token not in words]
    return " ".join([*words, *hidden, *dict.fromkeys(marks)])


def _day(day: date) -> str:
    return f"{_SIGN}d{day:%Y%m%d}"


def _month(day: date) -> str:
    return f"{_SIGN}m{day:%Y%m}"
