"""The query language: what people type above a list becomes a tree, or a mistake with its place. Pure.

The grammar is written down in docs/howto/search.md. Nothing is guessed: what is no word, field or sign of the language
is a `Mistake`, and a mistake finds nothing.
"""

import re
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from wenguo.complaints.rules.fields import FIELDS_BY_NAME, Kind, SearchField, closest_fields

LONGEST = 1000  # characters
DEEPEST = 10
FROM_FORM = -1  # the place of what nobody typed
MOST_TERMS = 60

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r'[^\s()（）"“”]+')
_VALUE = re.compile(r'[^\s()（）"“”,，]+')
_NAME = re.compile(r"([^\W\d]\w*)[:：](?!//)")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”]')
_OR = frozenset({"OR", "或", "||"})
_AND = frozenset({"AND", "且", "&&"})
_NOT = frozenset({"NOT", "非"})


@dataclass(frozen=True)
class Word:
    """Words of a text; `exact` asks for them just as they stand between quotation marks."""

    text: str
    at: int
    exact: bool = False


@dataclass(frozen=True)
class Value:
    text: str
    at: int


@dataclass(frozen=True)
class Condition:
    """A field that has one of these values."""

    field: SearchField
    values: tuple[Value, ...]
    at: int


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Node", ...]


Node: TypeAlias = Word | Condition | Not | And | Or
EVERYTHING = And(())


class Mistake(ValueError):
    """What is wrong (a code of `queries.told`), where in the text, and what might have been meant."""

    def __init__(self, code: str, at: int, length: int = 1, word: str = "", meant: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.at, self.length, self.word, self.meant = code, at, max(length, 1), word, meant


def parse(text: str) -> Node:
    """The tree of a query; EVERYTHING for an empty one."""
    if len(text) > LONGEST:
        raise Mistake("too_long", LONGEST, len(text) - LONGEST)
    reader = _Reader(text)
    reader.skip()
    if reader.is_at_end:
        return EVERYTHING
    found = _alternatives(reader, 0)
    if reader.at < len(text):
        raise Mistake("closes_nothing", reader.at, word=text[reader.at])
    return found


class _Reader:
    """A place in the text, and how many terms were read."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.terms = text, 0, 0

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.text)

    def skip(self) -> None:
        if found := _SPACE.match(self.text, self.at):
            self.at = found.end()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def take_sign(self, signs: str) -> bool:
        if self.is_at_end or self.text[self.at] not in signs:
            return False
        self.at += 1
        return True

    def take_keyword(self, words: frozenset[str]) -> bool:
        found = _WORD.match(self.text, self.at)
        if not found or found[0] not in words:
            return False
        self.at = found.end()
        self.skip()
        return True


def _alternatives(reader: _Reader, depth: int) -> Node:
    """One group, or several with OR between them."""
    groups = [_group(reader, depth)]
    while reader.take_keyword(_OR):
        groups.append(_group(reader, depth))
    return groups[0] if len(groups) == 1 else Or(tuple(groups))


def _group(reader: _Reader, depth: int) -> Node:
    """Terms that all must hold."""
    terms = [_term(reader, depth)]
    while not reader.is_at_end and reader.text[reader.at] not in ")）" and not _at_or(reader):
        reader.take_keyword(_AND)
        terms.append(_term(reader, depth))
    return terms[0] if len(terms) == 1 else And(tuple(terms))


def _at_or(reader: _Reader) -> bool:
    found = _WORD.match(reader.text, reader.at)
    return bool(found and found[0] in _OR)


def _term(reader: _Reader, depth: int) -> Node:
    start = reader.at
    if reader.take_sign("-－") or reader.take_keyword(_NOT):
        if reader.is_at_end or _SPACE.match(reader.text, reader.at) or reader.text[reader.at] in ")）":
            raise Mistake("nothing_after", start, reader.at - start, reader.text[start : reader.at])
        return Not(_plain_term(reader, depth))
    return _plain_term(reader, depth)


def _plain_term(reader: _Reader, depth: int) -> Node:
    """A group in brackets, a phrase, a field or a word; the blanks after it are skipped."""
    reader.terms += 1
    if reader.terms > MOST_TERMS:
        raise Mistake("too_many", reader.at)
    start = reader.at
    if reader.take_sign("(（"):
        found = _inside(reader, start, depth)
    elif phrase := _phrase(reader):
        found = Word(phrase.text, phrase.at, exact=True)
    elif name := reader.take(_NAME):
        found = _condition(reader, name[1], start)
    elif word := reader.take(_WORD):
        found = Word(_checked(word[0], start), start)
    else:
        raise Mistake("nothing_here", min(start, len(reader.text)), word=reader.text[start : start + 1])
    reader.skip()
    return found


def _checked(word: str, at: int) -> str:
    if word in _OR | _AND:
        raise Mistake("nothing_beside", at, len(word), word)
    return word


def _inside(reader: _Reader, start: int, depth: int) -> Node:
    if depth >= DEEPEST:
        raise Mistake("too_deep", start)
    reader.skip()
    found = _alternatives(reader, depth + 1)
    if not reader.take_sign(")）"):
        raise Mistake("not_closed", start, word=reader.text[start])
    return found


def _phrase(reader: _Reader) -> Value | None:
    start = reader.at
    if found := reader.take(_QUOTED):
        return Value(found[1].strip(), start)
    if not reader.is_at_end and reader.text[reader.at] in '"“”':
        raise Mistake("quote_not_closed", start, word=reader.text[start])
    return None


def _condition(reader: _Reader, name: str, start: int) -> Condition:
    field = FIELDS_BY_NAME.get(name.lower())
    if field is None:
        raise Mistake("unknown_field", start, len(name), name, closest_fields(name))
    values = [_value(reader, field, start)]
    while reader.take_sign(",，"):
        values.append(_value(reader, field, start))
    return Condition(field, tuple(values), start)


def _value(reader: _Reader, field: SearchField, start: int) -> Value:
    at = reader.at
    value = _phrase(reader)
    if value is None and (plain := reader.take(_VALUE)):
        value = Value(plain[0], at)
    if value is None or not value.text:
        raise Mistake("no_value", start, reader.at - start, field.name)
    return value


def misfit(field: SearchField, value: Value, meant: tuple[str, ...] = ()) -> NoReturn:
    """This field cannot have such a value."""
    code = {Kind.DAY: "no_day", Kind.NUMBER: "no_number", Kind.YES: "no_yes"}.get(field.kind, "no_such_value")
    raise Mistake(code, value.at, len(value.text), value.text, meant)
