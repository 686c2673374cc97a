"""One linear machine per label over character and word features: the house's default for text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, diags, hstack
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

from wenguo.mining.lib.features import Column, Runs, segments, tidy
from wenguo.mining.lib.measures import Floats

VIEWS = (Runs(characters=(1, 2, 3), words=(1, 2)), Runs(characters=(), words=(1,)))
Labels = NDArray[np.str_]
Matrix = NDArray[np.bool_]
_LONGEST_EXPLAINED = 300  # words of a text that are looked at


@dataclass
class Machines:
    """A support vector machine for each column of a yes-no matrix; a column that is all yes or all no scores ±1.

    With `telling`, features weigh by how unevenly they fall on yes and no (Wang and Manning 2012, NB-SVM).
    """

    c: float = 0.5
    telling: float = 0.0  # added to every count, for the ratio; 0 leaves the features as they are
    weights: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))
    bias: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, dtype=np.float32))

    def fit(self, features: csr_matrix, wanted: Matrix, seed: int = 0, balanced: bool = False) -> "Machines":
        self.weights = np.zeros((features.shape[1], wanted.shape[1]), dtype=np.float32)
        self.bias = np.zeros(wanted.shape[1], dtype=np.float32)
        for one, yes in enumerate(wanted.T):
            if yes.all() or not yes.any():
                self.bias[one] = 1.0 if yes.any() else -1.0
                continue
            machine = LinearSVC(C=self.c, random_state=seed, class_weight="balanced" if balanced else None)
            weigh = _telling(features, yes, self.telling) if self.telling else np.ones(features.shape[1])
            machine.fit(features @ diags(weigh) if self.telling else features, yes)
            self.weights[:, one], self.bias[one] = machine.coef_[0] * weigh, machine.intercept_[0]
        return self

    def scores(self, features: csr_matrix) -> Floats:
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)


def _telling(features: csr_matrix, yes: NDArray[np.bool_], smooth: float) -> Floats:
    """|log(share of the feature among yes ÷ among no)|, 1 on average."""
    there = features.copy()
    there.data = np.ones_like(there.data)
    with_yes = np.asarray(there[yes].sum(axis=0)).ravel() + smooth
    with_no = np.asarray(there[~yes].sum(axis=0)).ravel() + smooth
    ratio = np.abs(np.log((with_yes / with_yes.sum()) / (with_no / with_no.sum())))
    return np.asarray(ratio / max(float(ratio.mean()), 1e-12))


def yes_no(labels: Sequence[Sequence[str]], classes: Labels) -> Matrix:
    """Row × class: does the row carry it; labels that are no class are left out."""
    place = {str(label): at for at, label in enumerate(classes)}
    wanted = np.zeros((len(labels), len(classes)), dtype=bool)
    for row, ones in enumerate(labels):
        for label in ones:
            if label in place:
                wanted[row, place[label]] = True
    return wanted


def temperature(scores: Floats, right: NDArray[np.int64]) -> float:
    """The factor for scores at which their softmax is most likely on rows kept back (Guo et al. 2017)."""
    if not len(right):
        return 1.0
    rows = np.arange(len(right))

    def loss(log_factor: float) -> float:
        return float(-log_softmax(scores * np.exp(log_factor), axis=1)[rows, right].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 4.0), method="bounded").x))


def explain(score: Callable[[Sequence[str]], Floats], text: str, most: int = 5) -> list[tuple[str, float]]:
    """The words without which the score would fall furthest, and by how much; any model can be asked this way."""
    words = segments(tidy(text))[:_LONGEST_EXPLAINED]
    places = [at for at, word in enumerate(words) if word.strip() and any(sign.isalnum() for sign in word)]
    if not places:
        return []
    without = [" ".join(["".join(words[:at]), "".join(words[at + 1 :])]) for at in places]
    fell = score(["".join(words)])[0] - score(without)
    drop: dict[str, float] = {}
    for at, by in zip(places, fell, strict=True):
        drop[words[at]] = max(float(by), drop.get(words[at], 0.0))
    best = sorted(drop.items(), key=lambda one: (-one[1], one[0]))
    return [(word, round(by, 4)) for word, by in best[:most] if by > 0]


@dataclass
class Classifier:
    """One label a text. Keeps a fifth of the groups back to learn how far its scores may be trusted.

    Words stand in a view of their own too: among a long text's many characters they would drown.
    """

    runs: tuple[Runs, ...] = VIEWS
    blend: tuple[tuple[float, float], ...] = ((1.0, 0.0), (0.1, 1.0))  # (C, telling) of the machines that are averaged
    classes: Labels = field(default_factory=lambda: np.empty(0, dtype=np.str_))
    columns: list[Column] = field(default_factory=list)
    machines: Machines = field(default_factory=Machines)
    factor: float = 1.0
    sure: float = 0.0  # confidence from which at least 95 in 100 were right on the rows kept back

    def fit(self, texts: Sequence[str], labels: Sequence[str], kept_back: NDArray[np.int64], seed: int) -> "Classifier":
        self.classes = np.unique(np.array(labels, dtype=np.str_))
        features = self._learn_features(texts)
        wanted = yes_no([[label] for label in labels], self.classes)
        rest = np.setdiff1d(np.arange(len(texts)), kept_back)
        if len(kept_back) and len(rest):
            trial = self._learned(features[rest], wanted[rest], seed).scores(features[kept_back])
            right = wanted[kept_back].argmax(axis=1)
            self.factor = temperature(trial, right)
            self.sure = sure_from(softmax(trial * self.factor, axis=1), right)
        self.machines = self._learned(features, wanted, seed)
        return self

    def _learned(self, features: csr_matrix, wanted: Matrix, seed: int) -> Machines:
        """The average of several kinds, each on one scale. All are linear, so the average is one machine again."""
        total = Machines()
        for c, telling in self.blend:
            one = Machines(c, telling).fit(features, wanted, seed)
            scale = max(float(one.scores(features).std()), 1e-9)
            one.weights, one.bias = one.weights / scale, one.bias / scale
            total.weights = one.weights if not total.weights.size else total.weights + one.weights
            total.bias = one.bias if not total.bias.size else total.bias + one.bias
        return total

    def _learn_features(self, texts: Sequence[str]) -> csr_matrix:
        cleaned = [tidy(text) for text in texts]
        self.columns = [Column(runs).fit(cleaned) for runs in self.runs]
        return self._features(cleaned)

    def _features(self, cleaned: Sequence[str]) -> csr_matrix:
        return hstack([column.transform(cleaned) for column in self.columns]).tocsr()

    def scores(self, texts: Sequence[str]) -> Floats:
        return self.machines.scores(self._features([tidy(text) for text in texts]))

    def chances(self, texts: Sequence[str]) -> Floats:
        return np.asarray(softmax(self.scores(texts) * self.factor, axis=1), dtype=np.float64)

    def explain(self, text: str, label: str, most: int = 5) -> list[tuple[str, float]]:
        at = int(np.flatnonzero(self.classes == label)[0])
        return explain(lambda texts: self.scores(texts)[:, at], text, most)


def sure_from(chances: Floats, right: NDArray[np.int64], aim: float = 0.95) -> float:
    """The least confidence above which the aim was met; 1 when it was never met: then the model abstains."""
    confidence, hit = chances.max(axis=1), chances.argmax(axis=1) == right
    order = np.argsort(-confidence, kind="stable")
    met = np.flatnonzero(np.cumsum(hit[order]) / np.arange(1, len(order) + 1) >= aim)
    return float(confidence[order][met[-1]]) if len(met) else 1.0
