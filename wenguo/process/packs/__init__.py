"""Packs: a process standard with its calendars, clock rules, trees and authority, as files. Another industry is
another folder here, no code. Installing is `actions.install_pack`."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenguo.process.choices import TreeKind

FOLDER = Path(__file__).parent
DEFAULT = "product-company"


@dataclass(frozen=True)
class Pack:
    """The files of a pack as plain values; trees as rows of `code, parent, name_zh, name_en, extra.…`."""

    code: str
    standard: dict[str, Any]
    calendars: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    authority: list[dict[str, Any]]
    trees: dict[str, list[dict[str, str]]]


def read_pack(code: str = DEFAULT) -> Pack:
    folder = FOLDER / code
    return Pack(
        code,
        standard=_json(folder / "standard.json"),
        calendars=_json(folder / "calendars.json"),
        clocks=_json(folder / "clocks.json"),
        authority=_json(folder / "authority.json"),
        trees={kind: _rows(folder / f"{kind}.csv") for kind in TreeKind.values},
    )


def pack_codes() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/standard.json"))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
