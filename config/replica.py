"""Pages that only read may read from a copy of the database (`DATABASE_REPLICA_URL`); everything else never does.

The copy is a streaming replica: it follows the primary a little later. So whoever has just written reads from the
primary for a while, and a copy that is silent or behind is left alone until it has caught up (docs/scaling.md).
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

COPY = "replica"
# Lists, searches, figures, exports: what costs. The API names an address after its first operation; GET is what counts
PAGES = frozenset({"desk:complaints", "desk:export", "desk:customer_complaints", "api:create", "api:read_figures"})
ROOMS = frozenset({"insights"})

_WROTE = "wenguo_wrote"
_OWN_WRITES_SECONDS = 15  # longer than a copy may be behind
_BEHIND_SECONDS = 3.0  # how old a heartbeat may be that the copy does not know yet
_ASK_AGAIN_SECONDS = 2.0
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_BEAT = "SELECT started_at, extract(epoch FROM clock_timestamp() - started_at) FROM world_jobrun WHERE name = 'worker'"

_reading_copy: ContextVar[bool] = ContextVar("reading_copy", default=False)
_log = structlog.get_logger("wenguo.replica")


class Router:
    """Reads go to the copy where the request allows it; writes and migrations never."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:
        return COPY if _reading_copy.get() else None

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True

    def allow_migrate(self, database: str, *args: Any, **hints: Any) -> bool:
        return database == "default"


class Copy:
    """Is the copy fit to be read? Asked at most every two seconds a process."""

    def __init__(self) -> None:
        self._asked_at = -_ASK_AGAIN_SECONDS
        self._is_fit = False

    def is_fit(self) -> bool:
        if time.monotonic() - self._asked_at >= _ASK_AGAIN_SECONDS:
            self._set(_follows())
        return self._is_fit

    def leave_alone(self) -> None:
        """It failed just now."""
        connections[COPY].close()
        self._set(False)

    def _set(self, is_fit: bool) -> None:
        if is_fit != self._is_fit:
            _log.info("the copy is read" if is_fit else "the copy is left alone")
        self._asked_at, self._is_fit = time.monotonic(), is_fit


copy = Copy()


class ReadFromCopy:
    """Middleware, the last: it knows which page is asked for, and answers again from the primary if the copy fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = _reading_copy.set(False)
        try:
            response = self.get_response(request)
        finally:
            _reading_copy.reset(mark)
        if request.method not in _SAFE and "HTTP_AUTHORIZATION" not in request.META:
            response.set_cookie(
                _WROTE, "1", _OWN_WRITES_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
            )
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        _reading_copy.set(_may_read_copy(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        return _answered_by_primary(request, match) if match and _copy_failed(error) else None


def answered(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    """What the view answers, with the copy where it may be read: for calls that skip the middleware."""
    mark = _reading_copy.set(_may_read_copy(request))
    try:
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except (OperationalError, InterfaceError) as error:
        if not _copy_failed(error):
            raise
        answer = _answered_by_primary(request, match)
    finally:
        _reading_copy.reset(mark)
    return answer


def _may_read_copy(request: HttpRequest) -> bool:
    only_reads = request.method in _SAFE and _WROTE not in request.COOKIES and _is_page(request.resolver_match)
    return only_reads and copy.is_fit()


def _is_page(match: ResolverMatch | None) -> bool:
    return match is not None and (match.namespace in ROOMS or match.view_name in PAGES)


def _copy_failed(error: Exception) -> bool:
    return _reading_copy.get() and isinstance(error, OperationalError | InterfaceError)


def _answered_by_primary(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    copy.leave_alone()
    _reading_copy.set(False)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


def _follows() -> bool:
    """The worker's heartbeat (every ten seconds) is the mark: does the copy know the newest, or is that very young?"""
    try:
        newest, seconds = _beat("default")
        known, _ = _beat(COPY)
    except DatabaseError:
        return False
    return known == newest or seconds <= _BEHIND_SECONDS


def _beat(database: str) -> tuple[Any, float]:
    """The last heartbeat and its age in seconds; without a worker there is none, and nothing is behind it."""
    with connections[database].cursor() as cursor:
        cursor.execute(_BEAT)
        row = cursor.fetchone()
    return (row[0], float(row[1])) if row else (None, float("inf"))
