"""`wenguo restore FILE [--key FILE] [--replace]`."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from wenguo.lib.errors import Refused
from wenguo.world.backup import check_archive, restore_backup


class Command(BaseCommand):
    help = "Puts a backup into an empty installation, or in place of what is there (--replace)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="the file that `wenguo backup --key` wrote")
        parser.add_argument("--replace", action="store_true", help="delete what is there now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_archive(options["file"])
            call_command("migrate", verbosity=0)
            if get_user_model().objects.exists() and not options["replace"]:
                raise Refused("This installation is not empty. Say --replace to delete what is there.")
            if options["key"]:
                take_keys(options["key"], replace=options["replace"])
            counts = restore_backup(options["file"])
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"restored: {counts['rows']} rows, {counts['files']} files")
        self.stdout.write("Now: wenguo audit verify")


def take_keys(source: Path, *, replace: bool) -> None:
    """The keys of the backup become this installation's; another key that was in use is never overwritten silently."""
    keys: dict[str, str] = json.loads(source.read_text())
    for name, value in keys.items():
        if os.environ.get(name, value) != value:
            raise Refused(f"{name} is set in the environment to another value. Set it to the one in {source}.")
        path = Path(settings.KEYS_DIR) / name.lower()
        if path.exists() and path.read_text().strip() != value:
            if not replace and get_user_model().objects.exists():
                raise Refused(f"{path} holds another key. Say --replace to give it up.")
            path.rename(path.with_name(f"{path.name}.before-restore"))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(value + "\n")
        setattr(settings, name, value)
