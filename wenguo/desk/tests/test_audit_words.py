"""The audit page speaks in words: every event the code records has one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import wenguo
from wenguo.desk.queries.audit import event_label

ROOMS = Path(wenguo.__file__).parent


def recorded() -> Iterator[tuple[str, str]]:
    """Each event written out as the second argument of `record` and `record_in`, and where."""
    for path in ROOMS.rglob("actions/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _called(node) in {"record", "record_in"} and len(node.args) > 1:
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and not _in_pieces(node.args[1]):
                        yield part.value, f"{path.relative_to(ROOMS)}:{node.lineno}"


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _in_pieces(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr)


def test_every_recorded_event_has_words() -> None:
    found = dict(recorded())
    assert len(found) > 30
    assert {event: place for event, place in found.items() if event_label(event) == event} == {}
