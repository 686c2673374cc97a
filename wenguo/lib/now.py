"""The one clock. Only `world`, import and tests may move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """Business time, aware UTC."""
    return _moved.get() or datetime.now(UTC)


def written_now() -> datetime:
    """The real time of writing, whatever the business time is."""
    return datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Inside, `now()` is `moment` (aware). Used by the demo world, import and tests only."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
