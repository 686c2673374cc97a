"""How an opinion is meant, −1 0 1, given the aspect it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax

from wenguo.mining.lib.features import Column, Runs, tidy
from wenguo.mining.lib.linear import Labels, Machines, explain, temperature, yes_no
from wenguo.mining.lib.measures import Floats, f1
from wenguo.mining.lib.multilabel import Folds
from wenguo.mining.lib.opinionwords import counts

_VIEWS = (Runs(characters=(1, 2, 3), words=(1, 2)), Runs(characters=(1,), words=(1, 2), least=1))
_OWN_SHARE = 1.0  # weight of what a feature says about one aspect, beside what it says about all


@dataclass
class Polarity:
    """Every feature stands twice: for all aspects, and for its own, for "high" praises mileage and damns a price.

    Rare polarities weigh more while learning; a shift per polarity, learned on kept-back rows, makes macro F1 best.
    """

    c: float = 0.1
    aspects: Labels = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    classes: Labels = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    columns: list[Column] = field(default_factory=list)
    machines: list[Machines] = field(default_factory=list)
    shift: Floats = field(default_factory=lambda: np.empty(0))
    factor: float = 1.0

    def fit(
        self, texts: Sequence[str], aspects: Sequence[str], marks: Sequence[str], parts: Folds, seed: int = 0
    ) -> "Polarity":
        self.classes = np.unique(np.array(marks, dtype=np.str_))
        self.aspects = np.unique(np.array(aspects, dtype=np.str_))
        cleaned = [tidy(text) for text in texts]
        self.columns = [Column(runs).fit(cleaned) for runs in _VIEWS]
        wanted = yes_no([[mark] for mark in marks], self.classes)
        views = self._views(cleaned, aspects)
        out = np.zeros(wanted.shape)
        for learn, keep in parts:
            self.machines = [Machines(self.c).fit(view[learn], wanted[learn], seed, balanced=True) for view in views]
            out[keep] = self._scores([view[keep] for view in views])
        self.machines = [Machines(self.c).fit(view, wanted, seed, balanced=True) for view in views]
        right = wanted.argmax(axis=1)
        self.shift = _best_shift(out, right) if parts else np.zeros(len(self.classes))
        self.factor = temperature(out + self.shift, right) if parts else 1.0
        return self

    def _views(self, cleaned: Sequence[str], aspects: Sequence[str]) -> list[csr_matrix]:
        about = yes_no([[aspect] for aspect in aspects], self.aspects)
        said = csr_matrix(counts(cleaned))
        return [self._twice(hstack([column.transform(cleaned), said]).tocsr(), about) for column in self.columns]

    def _twice(self, features: csr_matrix, about: NDArray[np.bool_]) -> csr_matrix:
        """Features, the aspect itself, and the features once more in their aspect's own block."""
        found, width = features.tocoo(), features.shape[1]
        known = np.asarray(about.any(axis=1))[found.row]
        block = np.asarray(about.argmax(axis=1))[found.row[known]]
        shape = (features.shape[0], width * len(self.aspects))
        places = (found.row[known], found.col[known] + block.astype(np.int64) * width)
        own = csr_matrix((found.data[known] * _OWN_SHARE, places), shape=shape)
        return hstack([features, csr_matrix(about.astype(np.float64)), own]).tocsr()

    def _scores(self, views: Sequence[csr_matrix]) -> Floats:
        scores = [machine.scores(view) for machine, view in zip(self.machines, views, strict=True)]
        return np.asarray(np.mean(scores, axis=0))

    def scores(self, texts: Sequence[str], aspects: Sequence[str]) -> Floats:
        return self._scores(self._views([tidy(text) for text in texts], aspects)) + self.shift

    def chances(self, scores: Floats) -> Floats:
        return np.asarray(softmax(scores * self.factor, axis=1))

    def explain(self, text: str, aspect: str, mark: str, most: int = 5) -> list[tuple[str, float]]:
        at = int(np.flatnonzero(self.classes == mark)[0])
        return explain(lambda texts: self.scores(texts, [aspect] * len(texts))[:, at], text, most)


def _best_shift(scores: Floats, right: NDArray[np.int64]) -> Floats:
    """Added to the scores so that macro F1 is best on kept-back rows; the commonest class stays where it is."""
    shift = np.zeros(scores.shape[1])
    commonest = int(np.bincount(right, minlength=scores.shape[1]).argmax())
    for _round in range(3):
        for one in range(len(shift)):
            if one == commonest:
                continue
            tries = []
            for by in np.linspace(-0.6, 0.9, 61):
                moved = shift.copy()
                moved[one] = by
                tries.append((_macro((scores + moved).argmax(axis=1), right, len(shift)), -abs(by), by))
            shift[one] = max(tries)[2]
    return shift


def _macro(said: NDArray[np.int64], right: NDArray[np.int64], n: int) -> float:
    there = [one for one in range(n) if (right == one).any()]
    each = [f1(int(((said == k) & (right == k)).sum()), int((said == k).sum()), int((right == k).sum())) for k in there]
    return float(np.mean(each))
