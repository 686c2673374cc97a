"""`wenguo audit verify`: proves the chains. `wenguo audit anchor`: writes today's anchor now."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand
from tqdm import tqdm

from wenguo.audit.jobs import run_anchor
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import Verdict, proven


class Command(BaseCommand):
    help = "Proves that no entry of the audit was altered, removed or lost (verify), or writes today's anchor (anchor)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "anchor"])
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, what: str, **options: object) -> None:
        if what == "anchor":
            self.stdout.write("anchor written" if run_anchor() else "today has its anchor")
            return
        verdict = self._verdict()
        self._say_json(verdict) if options["json"] else self._say(verdict)
        if verdict.broken:
            sys.exit(1)

    def _verdict(self) -> Verdict:
        total = AuditEntry.objects.count()
        with tqdm(total=total, unit=" entries", disable=not sys.stderr.isatty(), leave=False) as bar:
            return proven(bar.update)

    def _say_json(self, verdict: Verdict) -> None:
        self.stdout.write(json.dumps(asdict(verdict), ensure_ascii=False))

    def _say(self, verdict: Verdict) -> None:
        for one in verdict.broken:
            self.stderr.write(f"broken: {one.chain}: {one.problem}")
        state = f"{len(verdict.broken)} broken" if verdict.broken else "all hold"
        self.stdout.write(f"{verdict.chains} chains, {verdict.entries} entries: {state}")
