"""From the rows of one life to a template: what is the same in every copy, and where each copy differs.

A cell is a constant or the number of a slot. A slot says how its value is made for a copy: a key, a moment or a day
moved on, a text with places to fill in, a hash of the copy's own audit chain.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from wenguo.audit.models import AuditEntry
from wenguo.lib.fields import EncryptedTextField
from wenguo.lib.text import tokens
from wenguo.world.bench.scratch import FIRST, KEY

Model = type[models.Model]
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
DAY = 86_400 * SECOND
WRITTEN = "ZZWRITTEN"
# in this order the slots of a template are numbered
KINDS = ("key", "known", "moment", "end", "written", "day", "text", "json", "sealed", "tokens")
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00"
_SHOWN = r"\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d"
_HEX = r"\b[0-9a-f]{16,64}\b"
_DAY = r"\b\d{4}-\d\d-\d\d\b"
_VARYING = re.compile(rf"(?P<moment>{_MOMENT})|(?P<shown>{_SHOWN})|(?P<day>{_DAY})|(?P<hex>{_HEX})|{KEY}")


@dataclass(frozen=True)
class Slot:
    """One of `KINDS`: an own key, somebody else's, a moment, a day's last second, the moment of writing, a day, texts
    with places to fill in, a list of search tokens."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Cell:
    """Exactly one of both: a constant, or a slot's number."""

    field: "models.Field[Any, Any]"
    constant: Any = None
    slot: int | None = None


@dataclass
class Template:
    """What one life wrote, ready to be copied."""

    tables: dict[Model, list[list[Cell]]] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    # text places → what fills them: ("key", (table, number)), ("moment", µs), ("day", ordinal), ("hex", text) …
    places: dict[str, tuple[str, Any]] = field(default_factory=dict)
    # audit entries in order of writing: the canonical JSON to be hashed, by the place its hash fills
    links: list[tuple[str, str]] = field(default_factory=list)
    # the moment all others are counted from, in µs since EPOCH
    received_at: int = 0
    until: int = 0


def microseconds(moment: datetime) -> int:
    """Since EPOCH, exactly."""
    passed = moment - EPOCH
    return (passed.days * 86_400 + passed.seconds) * SECOND + passed.microseconds


class Moulder:
    """Makes the template of one life's rows."""

    def __init__(
        self, rows: Mapping[Model, Sequence[models.Model]], markers: Mapping[str, str], known: Mapping[int, str]
    ) -> None:
        """`markers`: text in the rows → place it leaves; `known`: keys of other rows → place of their key."""
        self.made = Template()
        self._numbers: dict[tuple[str, Any], int] = {}
        self._known = known
        markers = {**markers, WRITTEN: "written"}
        self._markers = dict(sorted(markers.items(), key=lambda pair: -len(pair[0])))
        self._marked = re.compile("|".join(map(re.escape, self._markers)) or r"(?!)")
        self._own = {
            row.pk: (model, place)
            for model, found in rows.items()
            if isinstance(model._meta.pk, models.BigAutoField)
            for place, row in enumerate(found)
        }
        self._hashes = self._linked(rows.get(AuditEntry, []))
        for model, found in rows.items():
            self.made.tables[model] = [self._row(row) for row in found]
        self._sort_slots()

    def _linked(self, entries: Sequence[models.Model]) -> dict[str, str]:
        """Each entry's hash → the place its new hash fills; heads of subjects are hashes too."""
        found = {}
        for number, entry in enumerate(entries):
            found[entry.hash] = f"hash{number}"  # type: ignore[attr-defined]
        return found

    def _row(self, row: models.Model) -> list[Cell]:
        if isinstance(row, AuditEntry):
            self._link(row)
        return [self._cell(row, one) for one in row._meta.concrete_fields]

    def _link(self, entry: AuditEntry) -> None:
        link = replace(entry.as_link(), written_at=WRITTEN)
        canonical = json.dumps(link.__dict__, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.made.links.append((self._hashes[entry.hash], self._filled_in(canonical)))

    def _cell(self, row: models.Model, one: "models.Field[Any, Any]") -> Cell:
        value = getattr(row, one.attname)
        slot = None if value is None else self._slot(row, one, value)
        return Cell(one, value) if slot is None else Cell(one, slot=self._number(slot))

    def _slot(self, row: models.Model, one: "models.Field[Any, Any]", value: Any) -> Slot | None:
        if isinstance(value, bool):
            return None
        if isinstance(value, int):
            return self._key_slot(value) if value >= FIRST else None
        if isinstance(value, datetime):
            if one.name == "written_at":
                return Slot("written", None)
            moment = microseconds(value)
            return Slot("end" if is_end(moment) else "moment", moment)
        if isinstance(value, date):
            return Slot("day", value.toordinal())
        if isinstance(value, dict | list):
            return self._text("json", json.dumps(value, ensure_ascii=False))
        if isinstance(value, str):
            return self._text("sealed" if isinstance(one, EncryptedTextField) else "text", value)
        return None

    def _text(self, kind: str, value: str) -> Slot | None:
        if "zzwords" in value:
            return Slot("tokens", self._token_list(value))
        filled = self._filled_in(value)
        return Slot(kind, filled) if filled != value.replace("%", "%%") else None

    def _token_list(self, value: str) -> tuple[tuple[str, str, str], ...]:
        """("word", …) · ("format", …) · ("tokens", place, prefix) in order; the reference's tokens become one place."""
        of_reference = set(tokens(self._reference))
        parts = [("tokens", "reference_tokens", "")]
        for token in value.split():
            marked = self._marked.search(token)
            if marked and marked.end() == len(token):
                parts.append(("tokens", self._markers[marked[0]], token[: marked.start()]))
            elif token not in of_reference:
                filled = self._varied(token)
                parts.append(("word", token, "") if filled == token else ("format", filled, ""))
        return tuple(parts)

    @property
    def _reference(self) -> str:
        return next((text for text, place in self._markers.items() if place == "reference"), "")

    def _filled_in(self, text: str) -> str:
        """As a %-format: markers, keys, moments, days and hashes become places."""
        pieces, last = [], 0
        for found in self._marked.finditer(text):
            pieces.append(self._varied(text[last : found.start()]))
            pieces.append(f"%({self._markers[found[0]]})s")
            last = found.end()
        return "".join(pieces) + self._varied(text[last:])

    def _varied(self, text: str) -> str:
        return _VARYING.sub(self._place, text.replace("%", "%%"))

    def _place(self, found: re.Match[str]) -> str:
        text, kind = found[0], found.lastgroup
        if kind == "hex":
            return self._hex(text)
        if kind == "moment":
            exact = "exact" if "." in text else "moment"
            return self._keep(exact, microseconds(datetime.fromisoformat(text)))
        if kind == "shown":
            year, month, day, hour, minute = map(int, re.findall(r"\d+", text))
            second = 59 if minute == 59 else 0  # the end of a day
            zone = timezone.get_default_timezone()
            return self._keep("shown", microseconds(datetime(year, month, day, hour, minute, second, tzinfo=zone)))
        if kind == "day":
            return self._keep("day", date.fromisoformat(text).toordinal())
        key = int(text)
        if key in self._known:
            return f"%({self._known[key]})s"
        return self._keep("key", self._own[key]) if key in self._own else text

    def _hex(self, text: str) -> str:
        if text in self._hashes:
            return f"%({self._hashes[text]})s"
        return text if set(text) == {"0"} else self._keep("hex", text)

    def _keep(self, kind: str, value: Any) -> str:
        for name, known in self.made.places.items():
            if known == (kind, value):
                return f"%({name})s"
        name = f"{kind}{len(self.made.places)}"
        self.made.places[name] = (kind, value)
        return f"%({name})s"

    def _key_slot(self, key: int) -> Slot:
        """One of the life's own rows, or the place of somebody else's key."""
        return Slot("known", self._known[key]) if key in self._known else Slot("key", self._own[key])

    def _number(self, slot: Slot) -> int:
        key = (slot.kind, slot.value)
        if key not in self._numbers:
            self._numbers[key] = len(self.made.slots)
            self.made.slots.append(slot)
        return self._numbers[key]

    def _sort_slots(self) -> None:
        """Kind by kind, so that values of one kind are made at a stretch."""
        order = sorted(range(len(self.made.slots)), key=lambda number: KINDS.index(self.made.slots[number].kind))
        moved = {old: new for new, old in enumerate(order)}
        self.made.slots = [self.made.slots[old] for old in order]
        for rows in self.made.tables.values():
            for row in rows:
                row[:] = [cell if cell.slot is None else replace(cell, slot=moved[cell.slot]) for cell in row]


def is_end(moment: int) -> bool:
    """Whether this is the last second of a day, as promises end (µs since EPOCH): it moves by whole days only."""
    return moment % (60 * SECOND) == 59 * SECOND
