"""How well predictions meet labels. Rows without a label are left out by the caller; nothing to measure is None."""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
Measures = dict[str, Any]
_BINS = 15


def f1(hits: int, predicted: int, actual: int) -> float:
    """Harmonic mean of precision and recall; 0 where neither predicted nor actual."""
    return 2 * hits / (predicted + actual) if predicted + actual else 0.0


def set_measures(actual: Sequence[Collection[Hashable]], predicted: Sequence[Collection[Hashable]]) -> Measures:
    """Micro and macro F1 over label sets; macro is the mean over the labels that occur among the actual ones."""
    hits: dict[Any, int] = {}
    said: dict[Any, int] = {}
    there: dict[Any, int] = {}
    for mine, theirs in zip(predicted, actual, strict=True):
        for label in set(mine):
            said[label] = said.get(label, 0) + 1
            if label in theirs:
                hits[label] = hits.get(label, 0) + 1
        for label in set(theirs):
            there[label] = there.get(label, 0) + 1
    per_class = {str(label): _one(hits.get(label, 0), said.get(label, 0), n) for label, n in sorted(there.items())}
    return {
        "micro_f1": f1(sum(hits.values()), sum(said.values()), sum(there.values())) if actual else None,
        "macro_f1": float(np.mean([one["f1"] for one in per_class.values()])) if per_class else None,
        "per_class": per_class,
    }


def _one(hits: int, said: int, there: int) -> dict[str, float]:
    return {
        "precision": hits / said if said else 0.0,
        "recall": hits / there if there else 0.0,
        "f1": f1(hits, said, there),
        "n": there,
    }


def class_measures(actual: Sequence[str], predicted: Sequence[str]) -> Measures:
    """Of one label a row: micro F1 is accuracy then; both are printed since both are asked for."""
    sets = set_measures([[label] for label in actual], [[label] for label in predicted])
    return {"accuracy": accuracy(actual, predicted), **sets}


def accuracy(actual: Sequence[Any], predicted: Sequence[Any]) -> float | None:
    return float(np.mean([a == b for a, b in zip(actual, predicted, strict=True)])) if len(actual) else None


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float | None:
    """Expected calibration error over 15 equal bins of confidence (Guo et al. 2017): 0 = keeps its word."""
    if not len(confidence):
        return None
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
        for one in np.unique(bins)
    ]
    return float(sum(gaps))


def auc(scores: Floats, positive: NDArray[np.bool_]) -> float | None:
    """Chance that a positive row scores above a negative one, ties half (Mann–Whitney); None with one class only."""
    n_positive, n = int(positive.sum()), len(positive)
    if n_positive in (0, n):
        return None
    ranks = rankdata(scores)
    return float((ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * (n - n_positive)))


def mean_absolute(errors: Floats) -> float | None:
    return float(np.abs(errors).mean()) if len(errors) else None
