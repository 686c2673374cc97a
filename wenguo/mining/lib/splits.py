"""Which rows are kept back: later rows where there is a time, whole customers, near-duplicates on one side."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from wenguo.mining.lib.duplicates import near_pairs

Places = NDArray[np.int64]
NEAR = 0.6  # share of character pairs in common from which two texts may not stand on both sides of a split


def groups_of(texts: Sequence[str], customers: Sequence[str] | None = None) -> Places:
    """A number per row, the same for near-duplicates and for rows of one customer."""
    pairs = [(pair.first, pair.second) for pair in near_pairs(texts, least=NEAR)]
    if customers:
        first: dict[str, int] = {}
        pairs += [(first.setdefault(who, row), row) for row, who in enumerate(customers) if who]
    left = np.array([one for one, _other in pairs], dtype=np.int64)
    right = np.array([other for _one, other in pairs], dtype=np.int64)
    links = coo_matrix((np.ones(len(pairs)), (left, right)), shape=(len(texts), len(texts)))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def folds(groups: Places, n: int, seed: int) -> list[tuple[Places, Places]]:
    """n (train, test) pairs; a group is never divided, and the folds are as even as its groups allow."""
    names, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load, fold_of = np.zeros(n), np.zeros(len(names), dtype=np.int64)
    for group in order:
        fold_of[group] = int(load.argmin())
        load[fold_of[group]] += sizes[group]
    fold = fold_of[np.searchsorted(names, groups)]
    return [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(n)]


def later(times: Sequence[str | float], share: float) -> tuple[Places, Places]:
    """(earlier, later) rows, the later `share` kept back; equal times stay on one side."""
    keys = np.array(times)
    cut = np.sort(keys, kind="stable")[min(len(keys) - 1, int(len(keys) * (1 - share)))]
    return np.flatnonzero(keys < cut), np.flatnonzero(keys >= cut)
