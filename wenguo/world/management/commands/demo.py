"""`wenguo demo`: a believable world to look around in; a second run keeps the one that is there."""

import gc
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.now import now
from wenguo.world.demo.build import COMPLAINTS, build_world

CAST = (
    ("alice", "坐席 agent"),
    ("bob", "坐席 agent"),
    ("carol", "班组长 team lead"),
    ("dora", "值班经理 duty manager"),
    ("rex", "评审 reviewer"),
    ("wang", "责任部门 unit handler (after-sales)"),
    ("liqiang", "责任部门 unit handler (quality)"),
    ("zhaolei", "责任部门 unit handler (parts)"),
    ("sunyang", "责任部门 unit handler (marketing)"),
    ("quinn", "质量 quality"),
    ("mei", "经理 manager"),
    ("ada", "管理员 administrator"),
    ("otto", "审计 auditor"),
    ("dan", "经销商 dealer"),
)


class Command(BaseCommand):
    help = "Builds the demo world: a car maker with dealers, three months, 400 complaints in every stage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--complaints", type=int, default=COMPLAINTS, help="how many (at least 60)")

    def handle(self, *args: Any, **options: Any) -> None:
        if Complaint.objects.exists():
            self.stdout.write("The world is there already; it is kept.")
            return
        if User.objects.exists():
            raise CommandError("There are people but no complaints: this is not a demo installation. Use an empty one.")
        count = max(60, options["complaints"])
        # A world is built once: collecting garbage meanwhile only costs time
        gc.disable()
        with tqdm(total=count, desc="demo world", unit=" complaints", disable=None) as bar:
            passwords = build_world(now(), bar.update, count=count)
        self._keep(passwords)
        self.stdout.write(f"{Complaint.objects.count()} complaints, {User.objects.count()} people.")

    def _keep(self, passwords: dict[str, str]) -> None:
        """The cast's passwords, for the owner of this account only."""
        path = Path(settings.WENGUO_HOME) / "demo-cast.txt"
        lines = [f"{name:<10}{passwords[name]:<18}{role}" for name, role in CAST]
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            stream.write("\n".join(lines) + "\n")
