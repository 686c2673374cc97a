"""What is read once for one request or one business step, and forgotten after it (ADR 0014)."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

ValueT = TypeVar("ValueT")
_known: ContextVar[dict[Hashable, object] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, `once` reads once; the outermost block counts."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(key: Hashable, read: Callable[[], ValueT]) -> ValueT:
    """The value read first in this block; outside of any block it is read each time."""
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    value: ValueT = known[key]  # type: ignore[assignment]
    return value


def forget_known() -> None:
    """Something was changed that may have been read before."""
    known = _known.get()
    if known is not None:
        known.clear()
