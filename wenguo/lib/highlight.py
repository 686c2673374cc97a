"""Where the words somebody searched for stand in a text, for showing it with marks. The text itself is not changed."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wenguo.lib.text import normalise, query_tokens

Piece = tuple[str, bool]  # a piece of the text, and whether it was searched for
_AROUND = 40  # characters shown before the first hit
_LONGEST = 2000  # characters looked at


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """The text cut where the words begin and end."""
    found: list[Piece] = []
    at = 0
    for hit in _hits(text, tuple(words)):
        found += [(text[at : hit.start()], False), (text[hit.start() : hit.end()], True)]
        at = hit.end()
    found.append((text[at:], False))
    return [piece for piece in found if piece[0]]


def snippet(text: str, words: Sequence[str], length: int = 120) -> list[Piece]:
    """The piece of a text around the first hit; empty where nothing is hit."""
    line = " ".join(text[:_LONGEST].split())
    first = next(iter(_hits(line, tuple(words))), None)
    if first is None:
        return []
    start = max(0, first.start() - _AROUND)
    shown = line[start : start + length]
    return pieces(("…" if start else "") + shown + ("…" if start + length < len(line) else ""), words)


def _hits(text: str, words: tuple[str, ...]) -> Iterable[re.Match[str]]:
    pattern = _pattern(words)
    if pattern is None:
        return []
    alike = normalise(text)
    # Where one spelling is as long as the other, traditional and full-width characters are marked too
    return pattern.finditer(alike if len(alike) == len(text) else text.lower())


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole words first, then what they are cut into; a single letter or digit marks too much."""
    wanted = [normalise(word) for word in words]
    wanted += [token for word in words for token in query_tokens(word)]
    telling = {word for word in wanted if len(word) > 1 or not word.isascii()}
    if not telling:
        return None
    return re.compile("|".join(re.escape(word) for word in sorted(telling, key=len, reverse=True)))
