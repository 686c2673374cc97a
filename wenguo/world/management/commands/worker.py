"""`wenguo worker [--once]`: the second process."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wenguo.world.actions import note_heartbeat
from wenguo.world.jobs import JOBS, Loop, run_all_once


class Command(BaseCommand):
    help = "Does what waits: messages, clocks, clean-up. Any number of workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and end")
        parser.add_argument("--only", action="append", metavar="JOB", help="only these jobs; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        only = options["only"]
        jobs = [job for job in JOBS if not only or job[0] in only]
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
