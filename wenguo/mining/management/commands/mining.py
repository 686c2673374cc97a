"""`wenguo mining …`: models trained and measured on files. docs/mining.md says what tasks read and what they gave."""

import csv
import json
import sys
from argparse import ArgumentParser
from functools import reduce
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused
from wenguo.lib.tables import read_table
from wenguo.mining.lib.outcome import Asked, Outcome
from wenguo.mining.lib.tables import MissingColumns, Rows, TooLittle
from wenguo.mining.lib.tasks import TASKS, evaluate, together

WRONG_INPUT = 2


class Command(BaseCommand):
    help = "evaluate: trains a model for a task on one file and measures it on another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        one = verbs.add_parser("evaluate", help="trains on --train, measures on --test")
        one.add_argument("task", choices=list(TASKS))
        one.add_argument("--train", type=Path, action="append", nargs="+", metavar="FILE", help="more than one is one")
        one.add_argument("--test", type=Path, metavar="FILE", help="without it rows of the training file are kept back")
        one.add_argument("--text", action="append", default=[], metavar="COL", help="column with the text; repeatable")
        one.add_argument("--label", default="", metavar="COL", help="column with the label")
        one.add_argument("--out", type=Path, metavar="FILE", help="write the predictions to this CSV file")
        one.add_argument("--split", choices=["time", "file"], default="time", help="which rows are kept back")
        one.add_argument("--seed", type=int, default=0)
        one.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._evaluate(options)
        except MissingColumns as missing:
            self._end(_missing(missing))
        except TooLittle as little:
            self._end(
                _("%(file)s: %(usable)s usable rows, at least %(needed)s are needed to learn from.")
                % {"file": little.file, "usable": little.usable, "needed": little.needed}
            )
        except Refused as no:
            self._end(no.sentence)
        except OSError as error:
            self._end(f"{error.filename or ''}: {error.strerror or error}")

    def _end(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(WRONG_INPUT)

    def _evaluate(self, options: dict[str, Any]) -> None:
        task = str(options["task"])
        files = [path for paths in options["train"] or [] for path in paths]
        if not files and (TASKS[task].split is not None or options["test"] is None):
            raise Refused(_("Say which file to learn from: --train FILE."))
        train = _read(files[0]) if files else None
        extra = _read_all(files[1:]) if files[1:] else None
        test = _read(options["test"]) if options["test"] else None
        columns = [name for names in options["text"] for name in names.split(",")]
        asked = Asked(columns, options["label"], options["split"], options["seed"])
        outcome = evaluate(task, train, test, asked, extra)
        if options["out"]:
            write_predictions(options["out"], outcome)
        self._print(task, outcome, options["json"])

    def _print(self, task: str, outcome: Outcome, as_json: bool) -> None:
        told = {"task": task, **outcome.measures, **outcome.notes}
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
            return
        for key, value in told.items():
            if not isinstance(value, dict | list):
                self.stdout.write(f"{key}: {value:.4f}" if isinstance(value, float) else f"{key}: {value}")
            elif key != "per_class":
                self.stdout.write(f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}")


def _missing(missing: MissingColumns) -> str:
    values = {
        "file": missing.file,
        "wanted": ", ".join(missing.wanted),
        "seen": ", ".join(missing.seen),
    }
    if len(missing.wanted) == 1:
        return _("%(file)s has no column %(wanted)s. Its columns: %(seen)s.") % values
    return (
        _("%(file)s has none of the columns %(wanted)s. Its columns: %(seen)s. Name one with --text or --label.")
        % values
    )


def _read_all(files: list[Path]) -> Rows:
    read = [_read(path) for path in files]
    return reduce(together, read[1:], read[0])


def _read(path: Path) -> Rows:
    table = read_table(path)
    rows = list(table.rows)
    if not rows:
        raise Refused(_("%(file)s has no rows that can be read.") % {"file": path.name})
    return Rows(path.name, table.columns, rows)


def write_predictions(path: Path, outcome: Outcome) -> None:
    """Whole or not at all: a file that was there stays until the new one is written."""
    lines = outcome.predictions
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]) if lines else ["id", "prediction", "confidence"])
        writer.writeheader()
        writer.writerows(lines)
    part.replace(path)
