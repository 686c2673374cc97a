"""How a row of a file becomes a complaint: mapping, dates, templates, numbers for rows without one. Pure."""

import hashlib
import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wenguo.intake.choices import Column

Values = AnyMapping[str, str]
Level = tuple[str, str, str]  # key, Chinese name, English name
LEVELED = (Column.PRODUCT, Column.ISSUE)
MOST_LEVELS = 4
_SLOT = re.compile(r"\{([^{}]+)\}")
_DANGLING = re.compile(r"^[\s:：,，;；·/-]+|[\s:：,，;；·/-]+$")
_YES, _NO = frozenset({"yes", "y", "true", "1", "是"}), frozenset({"no", "n", "false", "0", "否"})
_NAMED = {"templates": str, "split": str, "defaults": str, "values": dict, "groups": dict, "facts": list}


@dataclass(frozen=True)
class ClockFact:
    """A promise the file tells of: its rule, and the facts that say when it started and whether it was kept."""

    rule: str
    start: str
    met: str


@dataclass(frozen=True)
class Mapping:
    """Which column is what. `columns` lists alternatives, the first that is there and filled counts; of product and
    issue it lists levels. `status` takes the first column whose value is known."""

    name: str
    source_system: str
    columns: dict[str, list[str]]
    language: str = "zh-hans"
    time_zone: str = "Asia/Shanghai"
    dates: tuple[str, ...] = ("%Y-%m-%d", "%Y/%m/%d")
    required: tuple[str, ...] = ()
    templates: dict[str, str] = field(default_factory=dict)
    split: dict[str, str] = field(default_factory=dict)
    groups: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    facts: dict[str, list[str]] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    yes_or_no: tuple[str, ...] = ()
    clock: ClockFact | None = None
    label_zh: str = ""
    label_en: str = ""


class NotAMapping(ValueError):
    """The file does not describe a mapping; `str()` says where."""


def mapping_from(described: Any) -> Mapping:
    """Reads a preset or a mapping file, checking every part of it."""
    if not isinstance(described, dict):
        raise NotAMapping("{")
    known = Mapping.__dataclass_fields__
    if unknown := sorted(set(described) - set(known)):
        raise NotAMapping(unknown[0])
    terms = dict(described)
    for key in ("name", "source_system"):
        if not isinstance(terms.get(key), str) or not re.fullmatch(r"[\w.-]{1,40}", terms[key], re.ASCII):
            raise NotAMapping(key)
    _check_columns(terms.get("columns"))
    for key, wanted in _NAMED.items():
        _check_named(key, terms.get(key, {}), wanted)
    for key in ("dates", "required", "days", "yes_or_no"):
        if key in terms:
            terms[key] = tuple(_words(key, terms[key]))
    terms["groups"] = {name: _pairs(group) for name, group in terms.get("groups", {}).items()}
    try:
        ZoneInfo(terms.get("time_zone", "Asia/Shanghai"))
        terms["clock"] = ClockFact(**terms["clock"]) if terms.get("clock") else None
    except (TypeError, ValueError, KeyError, OSError) as error:
        raise NotAMapping("time_zone / clock") from error
    return Mapping(**terms)


def _check_columns(columns: Any) -> None:
    if not isinstance(columns, dict) or not columns:
        raise NotAMapping("columns")
    for name, alternatives in columns.items():
        if name not in Column.values:
            raise NotAMapping(f"columns.{name}")
        _words(f"columns.{name}", alternatives)


def _check_named(key: str, value: Any, wanted: type) -> None:
    if not isinstance(value, dict) or not all(isinstance(one, wanted) for one in value.values()):
        raise NotAMapping(key)


def _words(key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise NotAMapping(key)
    return value


def _pairs(group: Any) -> dict[str, tuple[str, str]]:
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in group.values()):
        raise NotAMapping("groups")
    return {letter: (pair[0], pair[1]) for letter, pair in group.items()}


def missing_columns(mapping: Mapping, present: Sequence[str]) -> list[str]:
    """Required columns that are not there; or, where none is required, a sign that nothing at all fits."""
    lacking = [name for name in mapping.required if name not in present]
    text = [name for key in (Column.WORDS, Column.TITLE, Column.ISSUE) for name in mapping.columns.get(key, [])]
    if not lacking and not any(name in present for name in text):
        return text[:3]
    return lacking


def first_filled(row: Values, alternatives: Sequence[str]) -> str:
    """The first of these columns that holds anything, cleaned at its ends."""
    return next((text for name in alternatives if (text := row.get(name, "").strip())), "")


def fill(template: str, row: Values) -> str:
    """`{Product}: {Issue}` with the row's values; what dangles around empty ones is cut off."""
    text = _SLOT.sub(lambda slot: " ".join(row.get(slot[1], "").split()), template)
    return _DANGLING.sub("", " ".join(text.split()))


def moment_of(text: str, formats: Sequence[str], zone: str) -> datetime | None:
    """The moment a text means in this zone, as UTC; a day alone means its beginning. None: no format fits."""
    for form in formats:
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return read.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    try:
        iso = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (iso if iso.tzinfo else iso.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def why_unlikely(moment: datetime, now: datetime, earliest_year: int) -> str:
    """`future`, `past` or empty."""
    if moment > now + timedelta(days=1):
        return "future"
    return "past" if moment < datetime.combine(date(earliest_year, 1, 1), time(), UTC) else ""


def yes_or_no(text: str) -> bool | None:
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def levels_of(mapping: Mapping, column: Column, row: Values) -> tuple[Level, ...]:
    """The path of a node: one name a column, or for grouped codes the group and the code."""
    texts = [" ".join(row.get(name, "").split())[:200] for name in mapping.columns.get(column, [])]
    groups = mapping.groups.get(column)
    if column in mapping.split and texts:
        texts[0] = texts[0].split(mapping.split[column])[0].strip()
    filled = [text for text in texts if text][:MOST_LEVELS]
    if not groups or not filled:
        return tuple((text, text, text) for text in filled)
    code = filled[0]
    letter = code[:1]
    zh, en = groups.get(letter, (letter, letter))
    return (letter, zh, en), (code, f"{zh} {code}", f"{en} {code}")


def known_value(mapping: Mapping, column: Column, row: Values) -> str:
    """The first value of these columns that the mapping knows, translated; else its default."""
    known = mapping.values.get(column, {})
    for name in mapping.columns.get(column, []):
        text = row.get(name, "").strip()
        if text in known:
            return known[text]
    return mapping.defaults.get(column, "")


def content_id(row: Values, occurrence: int) -> str:
    """A number for a row that has none: the hash of its content, and which of several equal rows it is."""
    content = "\x1f".join(f"{name}\x1e{row[name].strip()}" for name in sorted(row))
    mark = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:32]
    return f"sha256:{mark}" if occurrence == 1 else f"sha256:{mark}.{occurrence}"
