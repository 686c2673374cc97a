"""One copy of a template: its slots' values, hashes of its own audit chains included."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import randbytes
from typing import Any

from django.utils import timezone

from wenguo.complaints.rules import marks
from wenguo.customers.models import BlindToken, Customer
from wenguo.world.bench.templates import DAY, EPOCH, KINDS, Model, Template, is_end, microseconds

# A customer's blind tokens: their number differs from name to name, so their keys get room
MOST_TOKENS = 60
_HIDDEN = marks.internal("")


@dataclass(frozen=True)
class Copy:
    """What is decided for one copy before it is made."""

    days: int
    jitter: int
    # place → text, tokens (…_tokens) or key (…_key)
    places: Mapping[str, Any]


class Stamper:
    """Makes the values of a template's slots, copy by copy: kind by kind, in the order of `KINDS`."""

    def __init__(self, template: Template, written: datetime) -> None:
        self.template = template
        self.counts = {model: len(rows) for model, rows in template.tables.items()}
        if Customer in self.counts:
            self.counts[BlindToken] = MOST_TOKENS
        self._written_text = written.astimezone(UTC).isoformat(timespec="microseconds")
        of_kind = {kind: [slot.value for slot in template.slots if slot.kind == kind] for kind in KINDS}
        self._keys, self._known = of_kind["key"], of_kind["known"]
        self._moments, self._ends = of_kind["moment"], of_kind["end"]
        self._written = [microseconds(written)] * len(of_kind["written"])
        self._days = of_kind["day"]
        self._formats = of_kind["text"] + of_kind["json"] + of_kind["sealed"]
        self._documents = [_Document(parts) for parts in of_kind["tokens"]]

    def values(self, copy: Copy, first: Mapping[Model, int]) -> list[Any]:
        """The value of every slot; `first` is the copy's first key in each table."""
        places = self._places(copy, first)
        for place, canonical in self.template.links:
            places[place] = hashlib.sha256((canonical % places).encode()).hexdigest()
        by = copy.days * DAY
        moved_by = by + copy.jitter
        return [
            *[first[model] + row for model, row in self._keys],
            *[places[name] for name in self._known],
            *[value + moved_by for value in self._moments],
            *[value + by for value in self._ends],
            *self._written,
            *[value + copy.days for value in self._days],
            *[text % places for text in self._formats],
            *[document.tokens(places) for document in self._documents],
        ]

    def _places(self, copy: Copy, first: Mapping[Model, int]) -> dict[str, Any]:
        places = {**copy.places, "written": self._written_text}
        for name, (kind, value) in self.template.places.items():
            if kind == "key":
                places[name] = first[value[0]] + value[1]
            elif kind == "hex":
                places[name] = randbytes(len(value) // 2).hex()  # noqa: S311
            elif kind == "day":
                places[name] = date.fromordinal(value + copy.days).isoformat()
            else:
                by = copy.days * DAY + (0 if is_end(value) else copy.jitter)
                places[name] = _TEXT[kind](EPOCH + timedelta(microseconds=value + by))
        return places


class _Document:
    """The search tokens of a copy. Most of them are the same in all copies: they are joined once."""

    def __init__(self, parts: Sequence[tuple[str, str, str]]) -> None:
        same = dict.fromkeys(part for kind, part, _prefix in parts if kind == "word")
        self._text, self._words = " ".join(same), frozenset(same)
        self._hidden = {word.removeprefix(_HIDDEN): word for word in same if word.startswith(_HIDDEN)}
        self._formats = [part for kind, part, _prefix in parts if kind == "format"]
        self._places = [(part, prefix) for kind, part, prefix in parts if kind == "tokens"]

    def tokens(self, places: Mapping[str, Any]) -> str:
        found: dict[str, None] = dict.fromkeys(text % places for text in self._formats)
        for place, prefix in sorted(self._places, key=lambda pair: pair[1]):
            found.update(dict.fromkeys(self._new(places[place], prefix, found)))
        return " ".join([*found, self._same_without(found)])

    def _new(self, words: Iterable[str], prefix: str, found: Mapping[str, None]) -> list[str]:
        if prefix:  # a hidden word that is public too stands there once
            words = [prefix + word for word in words if word not in found and word not in self._words]
        return [word for word in words if word not in self._words]

    def _same_without(self, found: Mapping[str, None]) -> str:
        """A word hidden in all copies may be public in this one."""
        public = self._hidden.keys() & found.keys()
        if not public:
            return self._text
        gone = {self._hidden[word] for word in public}
        return " ".join(word for word in self._text.split(" ") if word not in gone)


def _shown(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


_TEXT: dict[str, Callable[[datetime], str]] = {
    "moment": datetime.isoformat,
    "exact": lambda moment: moment.isoformat(timespec="microseconds"),
    "shown": _shown,
}
