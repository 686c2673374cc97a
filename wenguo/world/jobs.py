"""What happens without a user: the list of jobs of all rooms, and the loop that runs them (ADR-0004).

A job is a function without arguments that looks for rows that wait, does a small batch and returns how many it did
(or None). It can be killed at any line and run by two workers at once: the rows tell what is left to do.
"""

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from django.db import DatabaseError, close_old_connections, connection

from wenguo.audit import jobs as audit
from wenguo.complaints import jobs as complaints
from wenguo.desk import jobs as desk
from wenguo.dispatch import jobs as dispatch
from wenguo.followup import jobs as followup
from wenguo.insights import jobs as insights
from wenguo.intake import jobs as intake
from wenguo.portal import jobs as portal
from wenguo.world import actions
from wenguo.world.erasures import run_erasures

Job = tuple[str, float, Callable[[], int | None]]

# (name, seconds between two runs, what to do)
JOBS: list[Job] = [
    ("deliver", 2, intake.run_deliver),
    ("imports", 3, intake.run_imports),
    ("erasures", 3, run_erasures),
    ("tidy_uploads", 3600, intake.run_tidy),
    ("index", 1, complaints.run_index),
    ("read_files", 5, complaints.run_read_files),
    ("warn_due", 30, complaints.run_warn_due),
    ("hand_overs", 60, dispatch.run_hand_overs),
    ("tasks", 60, complaints.run_hand_over_of_deactivated),
    ("tell_views", 60, desk.run_tell_views),
    ("reminders", 20, desk.run_reminders),
    ("draw_call_backs", 60, followup.run_draw_call_backs),
    ("send_surveys", 60, followup.run_send_surveys),
    ("watch_silence", 300, followup.run_watch_silence),
    ("lake", 5, insights.run_lake),
    ("questions", 1, insights.run_questions),
    ("boards", 60, insights.run_boards),
    ("files", 1, insights.run_files),
    ("statistics", 10, insights.run_statistics),
    ("anchor", 600, audit.run_anchor),
    ("forget", 3600, portal.run_forget),
    ("forget_answers", 3600, complaints.run_forget_answers),
]

_HEARTBEAT_SECONDS = 10.0
_log = structlog.get_logger("wenguo.worker")


def run_job(name: str, work: Callable[[], int | None]) -> bool:
    """Runs one job once. A failure is logged and noted; it never stops the others."""
    _renew_connection()
    try:
        actions.note_start(name)
        done = work()
        actions.note_end(name)
    except Exception:
        _log.exception("job failed", job=name)
        _note_failure(name, traceback.format_exc())
        return False
    if done:
        _log.info("job done", job=name, rows=done)
    return True


def run_all_once(jobs: list[Job]) -> list[str]:
    """Every job once, in order; returns the names of those that failed."""
    return [name for name, _seconds, work in jobs if not run_job(name, work)]


@dataclass
class Loop:
    """Runs each job at its own pace until `stop` is set. The running job is finished first."""

    jobs: list[Job]
    stop: threading.Event = field(default_factory=threading.Event)
    _due: dict[str, float] = field(default_factory=dict)

    def run(self) -> None:
        beat: Job = ("heartbeat", _HEARTBEAT_SECONDS, _beat)
        while not self.stop.is_set():
            for name, seconds, work in [beat, *self.jobs]:
                if self.stop.is_set() or time.monotonic() < self._due.get(name, 0):
                    continue
                self._due[name] = time.monotonic() + seconds
                _ = work() if work is _beat else run_job(name, work)
            self.stop.wait(max(0.05, min(self._due.values()) - time.monotonic()))


def _renew_connection() -> None:
    """What a web request does between two requests; inside a transaction (a test) it would end it."""
    if not connection.in_atomic_block:
        close_old_connections()


def _beat() -> None:
    try:
        _renew_connection()
        actions.note_heartbeat()
    except DatabaseError:
        _log.exception("no heartbeat")


def _note_failure(name: str, error: str) -> None:
    try:
        actions.note_failure(name, error)
    except DatabaseError:
        _log.exception("failure not noted", job=name)
