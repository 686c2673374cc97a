"""Models kept in a folder: every version with a card, one of them in use, the one before a step away.

`FOLDER/TASK/0001/` holds `model.pickle` and `card.json`; `FOLDER/TASK/in-use` names a version. A model is loaded only
if it is the file its card was written for: a pickle runs code, so nothing else than what was saved here may be read.
"""

import hashlib
import json
import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy
import sklearn

from wenguo.mining.lib.tables import Rows


class NoSuchModel(Exception):
    """Nothing is kept under this task and version."""


class Damaged(Exception):
    """The model's file is not the one its card was written for."""


@dataclass(frozen=True)
class Card:
    """What a model was made of and how good it was."""

    task: str
    version: int
    made_at: str
    fingerprint: str  # of the data: SHA-256 over its columns and rows in order
    rows: int
    measures: Mapping[str, Any]
    sha256: str  # of model.pickle
    libraries: Mapping[str, str]


def fingerprint(rows: Rows) -> str:
    """The same for the same columns and rows, whatever file they came in."""
    digest = hashlib.sha256(json.dumps(rows.columns, ensure_ascii=False).encode())
    for row in rows.rows:
        values = [row.get(name) or "" for name in rows.columns]
        digest.update(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def keep(folder: Path, task: str, model: object, rows: Rows, measures: Mapping[str, Any], made_at: str) -> Card:
    """A new version, in use from now on; the version before stays."""
    version = max(versions(folder, task), default=0) + 1
    place = folder / task / f"{version:04d}"
    place.mkdir(parents=True)
    content = pickle.dumps(model, protocol=5)
    libraries = {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
    digest = hashlib.sha256(content).hexdigest()
    card = Card(task, version, made_at, fingerprint(rows), len(rows), dict(measures), digest, libraries)
    (place / "model.pickle").write_bytes(content)
    (place / "card.json").write_text(json.dumps(asdict(card), ensure_ascii=False, indent=1), encoding="utf-8")
    use(folder, task, version)
    return card


def versions(folder: Path, task: str) -> list[int]:
    return sorted(int(path.parent.name) for path in (folder / task).glob("[0-9]*/card.json"))


def cards(folder: Path) -> Iterator[tuple[Card, bool]]:
    """Every kept version and whether it is in use, by task and version."""
    for place in sorted(path for path in folder.glob("*") if path.is_dir()):
        for version in versions(folder, place.name):
            yield card_of(folder, place.name, version), version == in_use(folder, place.name)


def card_of(folder: Path, task: str, version: int) -> Card:
    try:
        text = (folder / task / f"{version:04d}" / "card.json").read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise NoSuchModel(f"{task} {version}") from missing
    return Card(**json.loads(text))


def in_use(folder: Path, task: str) -> int | None:
    pointer = folder / task / "in-use"
    return int(pointer.read_text(encoding="ascii")) if pointer.exists() else None


def use(folder: Path, task: str, version: int) -> None:
    """Whoever loads the task's model from now on gets this version."""
    if version not in versions(folder, task):
        raise NoSuchModel(f"{task} {version}")
    part = folder / task / ".in-use"
    part.write_text(str(version), encoding="ascii")
    os.replace(part, folder / task / "in-use")


def roll_back(folder: Path, task: str) -> int:
    """The version before the one in use takes its place."""
    now = in_use(folder, task)
    earlier = [version for version in versions(folder, task) if now is not None and version < now]
    if not earlier:
        raise NoSuchModel(task)
    use(folder, task, earlier[-1])
    return earlier[-1]


def load(folder: Path, task: str, version: int | None = None) -> tuple[Any, Card]:
    """The model in use, or a version by name."""
    wanted = version or in_use(folder, task)
    if wanted is None:
        raise NoSuchModel(task)
    card = card_of(folder, task, wanted)
    content = (folder / task / f"{wanted:04d}" / "model.pickle").read_bytes()
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise Damaged(f"{task} {wanted}")
    return pickle.loads(content), card  # noqa: S301 - its own file, by the digest on its card
