"""Pure pieces: placeholders of a text, filling them, words to avoid in it, and its blocks for display."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([a-z_]{1,40})\}")


@dataclass(frozen=True)
class Filled:
    """A text with its placeholders filled; `missing` are those nobody gave a value for."""

    text: str
    missing: tuple[str, ...]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """A value that is empty, or missing, takes its line with it: half a sentence is worse than none.

    Values are never looked at for placeholders again: what a complainant wrote cannot pull in other values.
    """
    missing = tuple(sorted(placeholders(text) - values.keys()))
    lines = [line for line in text.split("\n") if all(values.get(name, "").strip() for name in placeholders(line))]
    filled = PLACEHOLDER.sub(lambda found: values[found.group(1)], "\n".join(lines))
    return Filled(re.sub(r"\n{3,}", "\n\n", filled).strip(), missing)


@dataclass(frozen=True)
class Hit:
    """A word to avoid, where it stands in the text, and what to say instead."""

    word: str
    start: int
    better: str


def hits(text: str, words: Iterable[tuple[str, str]]) -> list[Hit]:
    """Every place of every word, in reading order; upper and lower case alike."""
    plain = text.lower()
    found = [
        Hit(word, match.start(), better)
        for word, better in words
        if word
        for match in re.finditer(re.escape(word.lower()), plain)
    ]
    return sorted(found, key=lambda hit: (hit.start, -len(hit.word)))


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list of points."""

    lines: tuple[str, ...]
    is_list: bool


def blocks(body: str) -> list[Block]:
    """Blank lines part paragraphs; lines beginning with `- ` are points."""
    made: list[Block] = []
    for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        plain = tuple(line for line in part.split("\n") if not line.startswith("- "))
        points = tuple(line[2:].strip() for line in part.split("\n") if line.startswith("- "))
        made += [Block(lines, is_list) for lines, is_list in ((plain, False), (points, True)) if lines]
    return made


def likeness(text: str, keywords: Iterable[str]) -> int:
    """How many letters of keywords stand in the text: longer words weigh more."""
    plain = text.lower()
    return sum(len(word) for word in keywords if word.lower() in plain)
