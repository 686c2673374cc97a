"""`wenguo backup FILE [--key FILE]`."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wenguo.world.backup import snapshot, write_backup


class Command(BaseCommand):
    help = "Writes all data and files into one archive while the house stays open. The keys go to --key FILE, apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="write the keys here; keep this file elsewhere than the backup")

    def handle(self, *args: Any, **options: Any) -> None:
        with snapshot() as alias:
            counts = write_backup(options["file"].resolve(), using=alias)
        self.stdout.write(f"{options['file']}: {counts['rows']} rows, {counts['files']} files")
        if options["key"]:
            keys = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEY": settings.FIELD_KEY}
            with os.fdopen(os.open(options["key"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
                json.dump(keys, stream)
            self.stdout.write(
                f"{options['key']}: the keys. Keep them apart from the backup; without them it is sealed."
            )
        else:
            self.stdout.write("The keys are not in the archive: keep them too (--key FILE, elsewhere).")
