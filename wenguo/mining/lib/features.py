"""Texts → sparse TF-IDF of character runs and words, fast enough to read thousands of short texts a second on one core.

Every run of characters and every word is a 64-bit hash, computed for all texts at once and folded into 2²⁴ slots; a
feature is a slot that enough texts of the training fell into. Of a million features three in a hundred share theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wenguo.lib.text import normalise
from wenguo.lib.words import WORDS

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse in 64 bits
_INVERSE = pow(_BASE, -1, 2**64)
_BITS = 24
_SLOTS = 1 << _BITS
_LONGEST = 20_000  # characters of a text that are read

_dictionary = rjieba.Jieba()
for _word in WORDS:
    _dictionary.add_word(_word, None, None)


def tidy(text: str) -> str:
    """One spelling, one space where there were many: what is compared and cut into features."""
    return " ".join(normalise(text[:_LONGEST]).split())


def segments(text: str) -> list[str]:
    """Words in order, nothing left out: joined they are the text again."""
    cut: list[str] = _dictionary.cut(text, hmm=False)
    return cut


@dataclass(frozen=True)
class Runs:
    """Which features a column gives: characters and words in runs of these lengths, kept when in `least` texts."""

    characters: tuple[int, ...] = (1, 2, 3, 4)
    words: tuple[int, ...] = (1, 2)
    least: int = 2


def _mixed(value: Hashes) -> Hashes:
    """splitmix64's finaliser: every bit of the input reaches every bit of the output."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _powers(base: int, n: int) -> Hashes:
    power = np.full(n, base, dtype=np.uint64)
    power[0] = 1
    return np.cumprod(power, dtype=np.uint64)


@dataclass
class _Line:
    """All texts behind one another, a line break after each."""

    text: Places  # the text each character belongs to
    broken: Places  # line breaks before each place: a run over one belongs to no text
    prefix: Hashes  # sum of code × BASE^place before each place
    back: Hashes  # BASE^−place: brings a run's hash to where it would be at the start

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Line":
        joined = "\n".join([*texts, ""])
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
        ends = codes == ord("\n")
        power = _powers(_BASE, len(codes) + 1)
        prefix = np.zeros(len(codes) + 1, dtype=np.uint64)
        np.cumsum(_mixed(codes) * power[:-1], out=prefix[1:])
        broken = np.zeros(len(codes) + 1, dtype=np.int64)
        np.cumsum(ends, out=broken[1:])
        return cls(broken[:-1], broken, prefix, _powers(_INVERSE, len(codes) + 1))

    def runs(self, start: Places, end: Places, salt: int) -> tuple[Places, Hashes]:
        """(text, hash) of the runs [start, end) that lie inside one text."""
        whole = self.broken[start] == self.broken[end]
        start, end = start[whole], end[whole]
        summed = (self.prefix[end] - self.prefix[start]) * self.back[start]
        return self.text[start], _mixed(summed + _mixed((end - start).astype(np.uint64) + np.uint64(salt << 32)))


def _slot(hashes: Hashes) -> Places:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.int64)


def occurrences(texts: Sequence[str], runs: Runs) -> Iterator[tuple[Places, Hashes]]:
    """(text, hash) of every run in tidy texts, kind after kind."""
    line = _Line.of(texts)
    places = np.arange(len(line.text), dtype=np.int64)
    for length in runs.characters:
        yield line.runs(places[: len(places) - length + 1], places[length - 1 :] + 1, salt=0)
    if runs.words:
        cut = [segments(text) for text in texts]
        lengths = np.fromiter((len(word) for words in cut for word in [*words, "\n"]), dtype=np.int64)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        for length in runs.words:
            yield line.runs(starts[: len(starts) - length + 1], ends[length - 1 :], salt=length)


def _distinct(keys: Places) -> tuple[Places, Places]:
    """Sorted distinct keys and how often each was there."""
    keys = np.sort(keys)
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    at = np.flatnonzero(first)
    return keys[at], np.diff(np.append(at, len(keys)))


@dataclass
class Column:
    """TF-IDF of one column: 1 + log(count), times the smoothed inverse frequency, each text of length 1."""

    runs: Runs = field(default_factory=Runs)
    vocabulary: Places = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    idf: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def fit(self, texts: Sequence[str]) -> "Column":
        pairs = [(text << _BITS) | _slot(hashes) for text, hashes in occurrences(texts, self.runs)]
        once, _count = _distinct(np.concatenate(pairs))
        texts_with = np.bincount(once & (_SLOTS - 1), minlength=_SLOTS)
        self.vocabulary = np.flatnonzero(texts_with >= max(1, min(self.runs.least, len(texts) // 2)))
        self.idf = np.log((1 + len(texts)) / (1 + texts_with[self.vocabulary])) + 1
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        text, feature, count = self._counted(texts)
        value = (1 + np.log(count)) * self.idf[feature]
        length = np.sqrt(np.bincount(text, value * value, minlength=len(texts)))
        return csr_matrix((value / length[text], (text, feature)), shape=(len(texts), len(self.vocabulary)))

    @cached_property
    def feature_of(self) -> NDArray[np.int32]:
        """Slot → feature, −1 where training had none. 64 MB, made anew after loading."""
        table = np.full(_SLOTS, -1, dtype=np.int32)
        table[self.vocabulary] = np.arange(len(self.vocabulary), dtype=np.int32)
        return table

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "feature_of"}

    def _counted(self, texts: Sequence[str]) -> tuple[Places, Places, Places]:
        table, width = self.feature_of, max(1, len(self.vocabulary))
        keys = []
        for text, hashes in occurrences(texts, self.runs):
            feature = table[_slot(hashes)]
            known = feature >= 0
            keys.append(text[known] * width + feature[known])
        pairs, count = _distinct(np.concatenate(keys))
        return pairs // width, pairs % width, count
