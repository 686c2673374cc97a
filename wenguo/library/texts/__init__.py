"""The texts the product comes with, in our own words: `actions.install_texts` puts them into the database."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def read_texts(name: str) -> tuple[dict[str, Any], ...]:
    """`messages`, `modules`, `avoided` or `articles`."""
    return tuple(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def default_message(kind: str) -> dict[str, Any] | None:
    return next((text for text in read_texts("messages") if text["kind"] == kind), None)
