"""`wenguo lake …`: the facts behind the figures. Everything that needs an engine runs here, never in a web process."""

import json
import os
import resource
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from tqdm import tqdm

from wenguo.complaints.models import Complaint
from wenguo.insights.actions.answer import answer_questions
from wenguo.insights.actions.compact import compact
from wenguo.insights.actions.fold import fold
from wenguo.insights.actions.rebuild import go_on_rebuilding, is_out_of_date, rebuild, start_rebuild, sweep
from wenguo.insights.actions.verify import verify
from wenguo.insights.queries.status import lake_status

_LINGER_SECONDS = 30.0  # a child waits that long for more before it ends: starting one costs seconds
_AT_MOST_SECONDS = 600.0


class Command(BaseCommand):
    help = (
        "status: how far the lake has read. fold: brings it up to date. rebuild: everything anew from the rows. "
        "compact: few large files. verify: compares files, facts and sums with the rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["status", "fold", "work", "answer", "rebuild", "compact", "verify"])
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, what: str, **options: object) -> None:
        verbs: dict[str, Callable[[], dict[str, object]]] = {
            "status": self._status,
            "fold": lambda: {"complaints": catch_up()},
            "work": self._work,
            "answer": self._answer,
            "rebuild": self._rebuild,
            "compact": lambda: {"files": compact(least=2), "swept": sweep()},
            "verify": self._verify,
        }
        done = verbs[what]()
        if options["json"]:
            self.stdout.write(json.dumps(done, ensure_ascii=False, default=str))
        else:
            self.stdout.write("\n".join(f"{key}: {value}" for key, value in done.items()))
        if done.get("wrong"):
            sys.exit(1)

    def _status(self) -> dict[str, object]:
        return asdict(lake_status())

    def _work(self) -> dict[str, object]:
        """The worker's child: keeps up for a while, then ends. Its memory is limited."""
        _limit_memory()
        began = idle_since = time.monotonic()
        total = 0
        while time.monotonic() - began < _AT_MOST_SECONDS and time.monotonic() - idle_since < _LINGER_SECONDS:
            done = catch_up()
            total += done
            if done:
                idle_since = time.monotonic()
                compact()
            time.sleep(5)
        return {"complaints": total, "swept": sweep()}

    def _answer(self) -> dict[str, object]:
        """The worker's other child: questions people put to the lake."""
        _limit_memory()
        return {"answered": answer_questions()}

    def _rebuild(self) -> dict[str, object]:
        with self._bar(Complaint.objects.count()) as bar:
            return {"complaints": rebuild(bar.update), "files": compact(least=2), "swept": sweep()}

    def _verify(self) -> dict[str, object]:
        with self._bar(Complaint.objects.count()) as bar:
            return asdict(verify(bar.update))

    def _bar(self, total: int) -> "tqdm[object]":
        return tqdm(total=total, unit=" complaints", disable=not sys.stderr.isatty(), leave=False)


def _limit_memory() -> None:
    """A child that needs more ends, and says so, instead of pushing web and database out of memory.

    By what it really holds: a limit of the system counts what allocators merely reserve, and that is more than this.
    """
    limit = settings.CHILD_MEMORY_MB * 1024 * 1024
    threading.Thread(target=_watch_memory, args=[limit], daemon=True).start()


def _watch_memory(limit: int) -> None:
    page = resource.getpagesize()
    while True:
        held = int(Path("/proc/self/statm").read_text().split()[1]) * page
        if held > limit:
            sys.stderr.write(f"wenguo lake: {held >> 20} MB held, more than WENGUO_CHILD_MEMORY_MB allows\n")
            os._exit(1)
        time.sleep(0.2)


def catch_up() -> int:
    """All that waits: a rebuild first, should one be under way or needed; how many complaints were counted."""
    if is_out_of_date():
        start_rebuild()
    total = 0
    while done := go_on_rebuilding() or fold():
        total += done
    return total
