"""`wenguo worker [--once]`: the second process."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wenguo.world.actions import note_heartbeat
from wenguo.world.jobs import JOBS, Job, Loop, run_all_once


class Command(BaseCommand):
    help = "Does what waits: messages, clocks, clean-up. Any number of workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and end")
        parser.add_argument("--only", action="append", metavar="JOB", help="only these jobs; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = chosen(options["only"] or [])
        if options["once"]:
            note_heartbeat()
            failed = run_all_once(jobs)
            if failed:
                self.stderr.write(f"failed: {', '.join(failed)}")
                sys.exit(1)
            return
        loop = Loop(jobs)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.stop.set())
        loop.run()


def chosen(only: list[str]) -> list[Job]:
    """These jobs, or all; a name that is none of them would leave a worker that does nothing unseen."""
    names = [name for name, _seconds, _work in JOBS]
    if unknown := [name for name in only if name not in names]:
        raise CommandError(f"No such job: {', '.join(unknown)}. There are: {', '.join(sorted(names))}.")
    return [job for job in JOBS if not only or job[0] in only]
