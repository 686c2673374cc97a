"""Near-duplicates: texts with nearly the same pairs of characters, found without comparing each with each.

MinHash (Broder 1997) with banding; what falls into one band is compared exactly. Score = Jaccard index of the sets of
character pairs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wenguo.mining.lib.features import Hashes, Places, Runs, occurrences, tidy
from wenguo.mining.lib.measures import Measures, f1
from wenguo.mining.lib.outcome import Data, Outcome, Watch, speed
from wenguo.mining.lib.tables import IDS
from wenguo.mining.lib.texts import read_texts

_HASHES, _ROWS = 160, 4  # 40 bands of 4: of pairs with Jaccard .5 92 in 100 meet in a band, of .6 all but 4 in 1,000
_CROWD = 40  # in a crowded bucket a text is compared with so many neighbours, not with all


class Pair(NamedTuple):
    first: int
    second: int
    score: float


def near_pairs(texts: Sequence[str], least: float = 0.5, seed: int = 0) -> list[Pair]:
    """Pairs of rows (first < second) whose texts are alike, best first. Empty texts are like nothing."""
    sets = _sets([tidy(text) for text in texts])
    found = [
        Pair(first, second, score)
        for first, second in _candidates(sets, seed)
        if (score := jaccard(sets[first], sets[second])) >= least
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def jaccard(one: Hashes, other: Hashes) -> float:
    """Of two sorted sets: common ÷ all; two empty ones have nothing in common."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return float(common / (len(one) + len(other) - common))


def _sets(texts: Sequence[str]) -> list[Hashes]:
    """Sorted distinct character pairs of each text; of a text of one character, that character."""
    (row, hashes), (single_row, single) = occurrences(texts, Runs(characters=(2, 1), words=()))
    lonely = np.bincount(row, minlength=len(texts))[single_row] == 0
    row, hashes = np.concatenate([row, single_row[lonely]]), np.concatenate([hashes, single[lonely]])
    order = np.argsort(row, kind="stable")
    ends = np.cumsum(np.bincount(row, minlength=len(texts)))[:-1]
    return [np.unique(part) for part in np.split(hashes[order], ends)]


def _candidates(sets: Sequence[Hashes], seed: int) -> Iterator[tuple[int, int]]:
    rows = np.array([row for row, one in enumerate(sets) if len(one)], dtype=np.int64)
    if len(rows) < 2:
        return
    signature = _signature([sets[row] for row in rows], seed)
    seen: set[tuple[int, int]] = set()
    for band in range(0, _HASHES, _ROWS):
        for bucket in _buckets(signature[band : band + _ROWS]):
            members = rows[bucket]
            for place, first in enumerate(members):
                for second in members[place + 1 : place + 1 + _CROWD]:
                    pair = (int(first), int(second))
                    if pair not in seen:
                        seen.add(pair)
                        yield pair


def _signature(sets: Sequence[Hashes], seed: int) -> NDArray[np.uint64]:
    """For each of the hash functions the least hash of every set."""
    all_hashes = np.concatenate(sets)
    starts = np.cumsum([0, *(len(one) for one in sets)])[:-1]
    random = np.random.default_rng(seed)
    factors = random.integers(1, 2**63, _HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    shifts = random.integers(0, 2**63, _HASHES, dtype=np.uint64)
    return np.stack(
        [
            np.minimum.reduceat((all_hashes * a + b) >> np.uint64(8), starts)
            for a, b in zip(factors, shifts, strict=True)
        ]
    )


def _buckets(band: NDArray[np.uint64]) -> Iterator[Places]:
    """Places with the same values in all rows of the band, two or more at a time, in order."""
    key = band[0].copy()
    for row in band[1:]:
        key = key * np.uint64(0x9E3779B97F4A7C15) + row
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order])) + 1
    yield from (part for part in np.split(order, starts) if len(part) > 1)


def evaluate(data: Data) -> Outcome:
    """Pairs inside the test file, and of its rows with the training file's when there is one.

    With a label (`--label`: the name of the happening or the original) pairs of equal label are what should be found.
    """
    new = read_texts(data.test, data.asked.text)
    old = read_texts(data.train, data.asked.text) if len(data.train) else []
    watch = Watch()
    pairs = [pair for pair in near_pairs([*new, *old], seed=data.asked.seed) if pair.first < len(new)]
    passed = watch.lap()
    marks = data.test.column(data.test.need((), data.asked.label)) if data.asked.label else [""] * len(new)
    inside = [pair for pair in pairs if pair.second < len(new)]
    measures: Measures = {
        "pairs": len(pairs),
        "rows": len(new),
        "rows_with_a_duplicate": len({row for pair in pairs for row in (pair.first, pair.second) if row < len(new)}),
        **_measured(inside, marks),
        "train_s": 0.0,
        "predict_per_s": speed(len(new) + len(old), passed),
    }
    return Outcome(measures, _lines(data, pairs, len(new)))


def _measured(pairs: Sequence[Pair], marks: Sequence[str]) -> Measures:
    marked = [mark for mark in marks if mark]
    if not marked:
        return dict.fromkeys(("pair_precision", "pair_recall", "pair_f1"))
    same = sum(n * (n - 1) // 2 for n in Counter(marked).values())
    told = [pair for pair in pairs if marks[pair.first] and marks[pair.second]]
    hits = sum(marks[pair.first] == marks[pair.second] for pair in told)
    return {
        "pair_precision": hits / len(told) if told else None,
        "pair_recall": hits / same if same else None,
        "pair_f1": f1(hits, len(told), same),
    }


def _lines(data: Data, pairs: Sequence[Pair], new: int) -> list[dict[str, Any]]:
    def name(row: int) -> str:
        rows, at = (data.test, row) if row < new else (data.train, row - new)
        column = rows.find(IDS)
        return (rows.rows[at].get(column) or "").strip() if column else str(at + 1)

    return [
        {"id": name(pair.first), "other": name(pair.second), "confidence": round(pair.score, 4)}
        | {"other_file": "train" if pair.second >= new else "test"}
        for pair in pairs
    ]
