"""Settings kept in the process for as long as nobody changes them (ADR 0014).

Whatever people set (the process standard, trees, texts, roles) is audited in the chain of its room: the head of that
chain is its version. The heads are read once a request or business step, in one statement; what was read under
another head is thrown away. So every process sees every change with its next step, and nothing has to be told around.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from wenguo.audit.models import Chain
from wenguo.lib.remember import once

ValueT = TypeVar("ValueT")
SETTINGS = ("accounts", "library", "process")
_MOST = 5000  # values of one chain; a house with more begins anew


@dataclass
class _Shelf:
    head: str
    values: dict[Hashable, object] = field(default_factory=dict)


_shelves: dict[str, _Shelf] = {}


def kept(chain: str, key: Hashable, read: Callable[[], ValueT]) -> ValueT:
    """What `read` gave last under this head of the chain. Shared by all who ask: it is not to be changed."""
    head = once("heads of settings", _heads).get(chain)
    if head is None:
        return read()
    shelf = _shelves.get(chain)
    if shelf is None or shelf.head != head or len(shelf.values) > _MOST:
        shelf = _shelves[chain] = _Shelf(head)
    if key not in shelf.values:
        shelf.values[key] = read()
    value: ValueT = shelf.values[key]  # type: ignore[assignment]
    return value


def empty_shelves() -> None:
    """For tests, which change rows without an audit and take the changes back."""
    _shelves.clear()


def _heads() -> dict[str, str]:
    return dict(Chain.objects.filter(name__in=SETTINGS).values_list("name", "audit_head"))
