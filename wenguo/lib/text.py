"""Text made comparable and searchable. The same tokens serve the index and the query, on both databases.

Written for `array_to_tsvector(string_to_array(tokens, ' '))` and FTS5 unicode61: tokens are lower case letters and
digits only, at most 64 characters, at most `INDEXED_CHARACTERS` of a text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import opencc
import rjieba

from wenguo.lib.masking import mask_personal
from wenguo.lib.mending import mend
from wenguo.lib.words import WORDS

__all__ = [
    "INDEXED_CHARACTERS",
    "index_tokens",
    "mask_personal",
    "mend",
    "normalise",
    "query_tokens",
    "sentence_start",
    "tokens",
]

INDEXED_CHARACTERS = 100_000  # keeps a 10 MB text under a second and a tsvector under its 1 MB
_LONGEST_TOKEN = 64  # PostgreSQL refuses lexemes over 2 KB
_MOST_QUERY_TOKENS = 32
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U0002a6df\U0002a700-\U0002ebe0"
_RUNS = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_SENTENCE_END = re.compile(r"[。！？；…!?;]+[”’」』\")）]*|\.(?=\s)|\n")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _dictionary() -> rjieba.Jieba:
    dictionary = rjieba.Jieba()
    for word in WORDS:
        dictionary.add_word(word, None, None)
    return dictionary


def normalise(text: str) -> str:
    """One spelling for comparing: half width (NFKC), simplified Chinese, lower case."""
    simplified: str = _simplifier().convert(unicodedata.normalize("NFKC", text))
    return simplified.lower()


def tokens(text: str) -> list[str]:
    """Everything a text is to be found by, in order, repeats included.

    Of Chinese: every character and every dictionary word at every place, so that whatever piece of a text is asked
    for, its words are here. Of the rest: whole words and numbers, and the letters and digits of mixed ones apart.
    """
    found: list[str] = []
    for han, word in _runs(text):
        if han:
            found += han
            found += (piece for piece in _dictionary().cut_all(han) if len(piece) > 1)
        else:
            found.append(word)
            parts = _PARTS.findall(word)
            found += (part for part in parts if 1 < len(part) < len(word))
    return found


def index_tokens(text: str) -> str:
    """Distinct tokens, space-joined, for the search index."""
    return " ".join(dict.fromkeys(tokens(text)))


def query_tokens(text: str) -> list[str]:
    """What all must be in the index of a matching text; empty when nothing searchable was typed."""
    wanted: list[str] = []
    for han, word in _runs(text[:1000]):
        wanted += _dictionary().cut(han, hmm=False) if han else [word]
    return list(dict.fromkeys(wanted))[:_MOST_QUERY_TOKENS]


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """(Chinese run, "") or ("", other word), in order."""
    for found in _RUNS.finditer(normalise(text[:INDEXED_CHARACTERS])[:INDEXED_CHARACTERS]):
        yield found[1] or "", (found[2] or "")[:_LONGEST_TOKEN]


def sentence_start(text: str, n: int) -> str:
    """The beginning of a text on one line, at most n characters, cut at a sentence end where one is near."""
    line = " ".join(text[: n * 8].split())
    if len(line) <= n and len(text) <= n * 8:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line[:n])]
    if ends and ends[-1] >= n // 2:
        return line[: ends[-1]].rstrip()
    cut = line[: n - 1]
    if cut and line[n - 1 : n].isascii() and line[n - 1 : n].isalnum() and " " in cut[n // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip() + "…"
