"""`wenguo mining …`: models trained and measured on files. docs/mining.md says what tasks read and what they gave."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.tables import read_table
from wenguo.mining.lib import store
from wenguo.mining.lib.outcome import Asked, Line
from wenguo.mining.lib.tables import MissingColumns, Rows, TooLittle
from wenguo.mining.lib.tasks import TASKS, evaluate, together
from wenguo.mining.management.evaluation import put_into, table

WRONG_INPUT = 2


class Command(BaseCommand):
    help = (
        "evaluate: trains a model for a task on one file and measures it on another. train: the same, and keeps the "
        "model. predict: uses the kept one. models, rollback: which versions there are; the one before. "
        "table: all tasks on the workshop's data."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        one = verbs.add_parser("evaluate", help="trains on --train, measures on --test")
        _learning(one, TASKS)
        one.add_argument("--test", type=Path, metavar="FILE", help="without it rows of the training are kept back")
        one.add_argument("--out", type=Path, metavar="FILE", help="write the predictions to this CSV file")
        one = verbs.add_parser("train", help="measures on rows kept back, then learns from all and keeps the model")
        _learning(one, [name for name, task in TASKS.items() if task.learn])
        one = verbs.add_parser("predict", help="what the kept model says of a file")
        one.add_argument("task", choices=[name for name, task in TASKS.items() if task.predict])
        one.add_argument("file", type=Path)
        one.add_argument("--text", action="append", default=[], metavar="COL")
        one.add_argument("--out", type=Path, required=True, metavar="FILE")
        verbs.add_parser("models", help="every kept version: its data, its figures, which is in use")
        one = verbs.add_parser("rollback", help="the version before the one in use takes its place")
        one.add_argument("task", choices=[name for name, task in TASKS.items() if task.learn])
        one = verbs.add_parser("table", help="every task on the workshop's data; `make eval` calls it")
        one.add_argument("--data", type=Path, required=True, metavar="FOLDER")
        one.add_argument("--page", type=Path, metavar="FILE", help="put the table into this page")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        verbs = {
            "evaluate": self._evaluate,
            "train": self._train,
            "predict": self._predict,
            "models": self._models,
            "rollback": self._roll_back,
            "table": self._table,
        }
        try:
            verbs[verb](options)
        except MissingColumns as missing:
            self._end(_missing(missing))
        except TooLittle as little:
            values = {"file": little.file, "usable": little.usable, "needed": little.needed}
            self._end(_("%(file)s: %(usable)s usable rows, at least %(needed)s are needed to learn from.") % values)
        except store.NoSuchModel as none:
            self._end(_("No such model is kept: %(name)s. “wenguo mining models” lists them.") % {"name": none})
        except store.Damaged as damaged:
            self._end(
                _("The file of model %(name)s was changed since it was kept. It is not used.") % {"name": damaged}
            )
        except Refused as no:
            self._end(no.sentence)
        except OSError as error:
            self._end(f"{error.filename or ''}: {error.strerror or error}")

    def _end(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(WRONG_INPUT)

    def _evaluate(self, options: dict[str, Any]) -> None:
        task, files = str(options["task"]), _files(options)
        if not files and (TASKS[task].split is not None or options["test"] is None):
            raise Refused(_("Say which file to learn from: --train FILE."))
        train = _read(files[0]) if files else None
        extra = _read_all(files[1:]) if files[1:] else None
        test = _read(options["test"]) if options["test"] else None
        outcome = evaluate(task, train, test, _asked(options), extra)
        if options["out"]:
            write_predictions(options["out"], outcome.predictions)
        self._print({"task": task, **outcome.measures, **outcome.notes}, options["json"])

    def _train(self, options: dict[str, Any]) -> None:
        task, files, asked = str(options["task"]), _files(options), _asked(options)
        learn = TASKS[task].learn
        if not files or learn is None:
            raise Refused(_("Say which file to learn from: --train FILE."))
        rows, extra = _read(files[0]), _read_all(files[1:]) if files[1:] else None
        outcome = evaluate(task, rows, None, asked, extra)
        everything = together(rows, extra)
        measures = {**outcome.measures, **outcome.notes}
        model = learn(everything, asked)
        card = store.keep(settings.WENGUO_MODELS, task, model, everything, measures, now().isoformat())
        self._print(
            {"task": task, "version": card.version, "fingerprint": card.fingerprint, **measures}, options["json"]
        )

    def _predict(self, options: dict[str, Any]) -> None:
        predict = TASKS[options["task"]].predict
        if predict is None:
            raise store.NoSuchModel(options["task"])
        model, card = store.load(settings.WENGUO_MODELS, options["task"])
        columns = [name for names in options["text"] for name in names.split(",")]
        lines = predict(model, _read(options["file"]), Asked(columns))
        write_predictions(options["out"], lines)
        self.stdout.write(f"{card.task} {card.version}: {len(lines)}")

    def _models(self, options: dict[str, Any]) -> None:
        for card, used in store.cards(settings.WENGUO_MODELS):
            figures = {key: round(value, 4) for key, value in card.measures.items() if isinstance(value, float)}
            told = {
                "in_use": used,
                "made_at": card.made_at,
                "rows": card.rows,
                "data": card.fingerprint[:12],
                **figures,
            }
            self.stdout.write(f"{card.task} {card.version}: {json.dumps(told, ensure_ascii=False)}")

    def _roll_back(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"{options['task']} {store.roll_back(settings.WENGUO_MODELS, options['task'])}")

    def _table(self, options: dict[str, Any]) -> None:
        lines = []
        for line in table(options["data"], _read):
            self.stdout.write(line)
            lines.append(line)
        if options["page"]:
            put_into(options["page"], lines)

    def _print(self, told: dict[str, Any], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
            return
        for key, value in told.items():
            if not isinstance(value, dict | list):
                self.stdout.write(f"{key}: {value:.4f}" if isinstance(value, float) else f"{key}: {value}")
            elif key != "per_class":
                self.stdout.write(f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}")


def _learning(parser: ArgumentParser, tasks: Iterable[str]) -> None:
    parser.add_argument("task", choices=list(tasks))
    parser.add_argument("--train", type=Path, action="append", nargs="+", metavar="FILE", help="more are extra rows")
    parser.add_argument("--text", action="append", default=[], metavar="COL", help="column with the text; repeatable")
    parser.add_argument("--label", default="", metavar="COL", help="column with the label")
    parser.add_argument("--split", choices=["time", "file"], default="time", help="which rows are kept back")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def _files(options: dict[str, Any]) -> list[Path]:
    return [path for paths in options["train"] or [] for path in paths]


def _asked(options: dict[str, Any]) -> Asked:
    columns = [name for names in options["text"] for name in names.split(",")]
    return Asked(columns, options["label"], options["split"], options["seed"])


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


def write_predictions(path: Path, lines: list[Line]) -> None:
    """Whole or not at all: a file that was there stays until the new one is written."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]) if lines else ["id", "prediction", "confidence"])
        writer.writeheader()
        writer.writerows(lines)
    part.replace(path)
