"""The task `hot-events`: messages about one happening, gathered and ranked by how much they move people.

Alike = TF-IDF of characters and words, title and body apart. Messages are joined by average linkage inside what
neighbours connect, so that a chain of half-alike messages does not become one event.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import AgglomerativeClustering

from wenguo.mining.lib.features import Column, Runs, tidy
from wenguo.mining.lib.logs import DAY
from wenguo.mining.lib.measures import Floats, Measures
from wenguo.mining.lib.outcome import Data, Outcome, Watch, speed
from wenguo.mining.lib.tables import CUSTOMERS, TEXTS, TIMES, TITLES, Rows, TooLittle, seconds
from wenguo.mining.lib.texts import read_texts

LIKES = ("likes", "like", "点赞数", "赞")
AGAINST = ("against", "dislikes", "反对数", "反对")
EVENTS = ("event", "event_id", "问题id", "热点", "cluster")
_JOIN = 0.20  # average likeness inside an event
_NEIGHBOUR = 0.17  # likeness that connects at all
_TITLE_SHARE = 0.55
_HALF_LIFE_DAYS = 180.0
_BLOCK = 1000
_LARGEST = 3000  # messages in one component that are linked exactly


@dataclass(frozen=True)
class Event:
    """`rows` of the file, the warmest event first; `name` is the title most like all the others."""

    rows: list[int]
    heat: float
    name: str
    words: list[str]


def likeness(titles: Sequence[str], bodies: Sequence[str]) -> csr_matrix:
    """Row × row, 0 to 1, only what reaches the neighbour's threshold."""
    parts = []
    for texts, share in ((titles, _TITLE_SHARE), (bodies, 1 - _TITLE_SHARE)):
        cleaned = [tidy(text) for text in texts]
        features = Column(Runs(characters=(2, 3), words=(1, 2), least=2)).fit(cleaned).transform(cleaned)
        parts.append(features * np.sqrt(share))
    return _near(parts)


def _near(parts: Sequence[csr_matrix]) -> csr_matrix:
    n = parts[0].shape[0]
    rows, columns, values = [], [], []
    for start in range(0, n, _BLOCK):
        block = sum((part[start : start + _BLOCK] @ part.T).toarray() for part in parts)
        row, column = np.nonzero(block >= _NEIGHBOUR)
        rows.append(row + start)
        columns.append(column)
        values.append(block[row, column])
    return csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(n, n))


def gathered(near: csr_matrix) -> list[list[int]]:
    """Groups of rows, every row in one; neighbours' components cut by average linkage."""
    n, part = connected_components(near, directed=False)
    order = np.argsort(part, kind="stable")
    groups: list[list[int]] = []
    for members in np.split(order, np.cumsum(np.bincount(part, minlength=n))[:-1]):
        if len(members) == 1 or len(members) > _LARGEST:
            groups += [[int(row)] for row in members] if len(members) > 1 else [[int(members[0])]]
            continue
        groups += list(_linked(near, members))
    return groups


def _linked(near: csr_matrix, members: NDArray[np.int64]) -> Iterator[list[int]]:
    distance = 1 - np.clip(near[members][:, members].toarray(), 0, 1)
    np.fill_diagonal(distance, 0)
    linkage = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=1 - _JOIN)
    mark = linkage.fit_predict(distance)
    for one in range(mark.max() + 1):
        yield [int(row) for row in members[mark == one]]


def heat(rows: Sequence[int], people: Sequence[str], votes: Floats, age_days: Floats) -> float:
    """Each person counts once, and by the logarithm of the votes on their messages; what is old cools by halves."""
    best: dict[str, float] = {}
    for row in rows:
        warm = (1 + np.log1p(votes[row])) * 0.5 ** (age_days[row] / _HALF_LIFE_DAYS)
        best[people[row]] = max(float(warm), best.get(people[row], 0.0))
    return float(sum(best.values()))


def events_of(rows: Rows, asked: Sequence[str]) -> list[Event]:
    """All events, singletons too, the warmest first."""
    title, body = rows.column(rows.find(TITLES)), rows.column(rows.find(TEXTS))
    if asked or not (any(title) and any(body)):
        body = read_texts(rows, asked)
        title = body if asked or not any(title) else title
    near = likeness(title, body)
    votes = _numbers(rows.column(rows.find(LIKES))) + _numbers(rows.column(rows.find(AGAINST)))
    moments = seconds(rows.column(rows.find(TIMES)))
    newest = max((one for one in moments if one is not None), default=0.0)
    age = np.array([0.0 if one is None else (newest - one) / DAY for one in moments])
    named = rows.column(rows.find(CUSTOMERS))
    people = [who or str(row) for row, who in enumerate(named)]
    found = []
    for members in gathered(near):
        inside = near[members][:, members]
        middle = members[int(np.asarray(inside.sum(axis=1)).ravel().argmax())]
        warmth = heat(members, people, votes, age)
        found.append(Event(members, warmth, (title[middle] or body[middle])[:60], []))
    return sorted(found, key=lambda event: (-event.heat, event.rows[0]))


def _numbers(texts: Sequence[str]) -> Floats:
    return np.array([float(text) if text.replace(".", "", 1).isdigit() else 0.0 for text in texts])


def evaluate(data: Data) -> Outcome:
    rows = data.test
    if len(rows) < 2:
        raise TooLittle(rows.name, len(rows), 2)
    watch = Watch()
    events = events_of(rows, data.asked.text)
    passed = watch.lap()
    event_of = {row: rank for rank, event in enumerate(events, start=1) for row in event.rows}
    label = rows.find((data.asked.label,) if data.asked.label else EVENTS)
    marks = rows.column(label)
    measures: Measures = {
        "messages": len(rows),
        "events": sum(len(event.rows) > 1 for event in events),
        **(_measured(marks, event_of) if any(marks) else dict.fromkeys(("pair_precision", "pair_recall", "pair_f1"))),
        "train_s": 0.0,
        "predict_per_s": speed(len(rows), passed),
    }
    top = [
        {"rank": rank, "messages": len(event.rows), "heat": round(event.heat, 2), "name": event.name}
        for rank, event in enumerate(events[:10], start=1)
    ]
    named = rows.names()
    lines = [{"id": named[row], "event": event_of[row], "rank": event_of[row]} for row in range(len(rows))]
    return Outcome(measures, lines, None, {"top": top})


def _measured(marks: Sequence[str], event_of: dict[int, int]) -> Measures:
    """Of the pairs of marked messages: told to be one event, and being one."""
    rows = [row for row, mark in enumerate(marks) if mark]
    same = _pairs([marks[row] for row in rows])
    said = _pairs([str(event_of[row]) for row in rows])
    both = _pairs([f"{marks[row]}\n{event_of[row]}" for row in rows])
    return {
        "pair_precision": both / said if said else None,
        "pair_recall": both / same if same else None,
        "pair_f1": 2 * both / (said + same) if said + same else None,
    }


def _pairs(names: Sequence[str]) -> int:
    _name, n = np.unique(np.array(names, dtype=np.str_), return_counts=True)
    return int((n * (n - 1) // 2).sum())
