"""`wenguo import FILE`: complaints of the past, from CSV or XLSX. docs/howto/import.md describes files and mappings."""

import gzip
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from wenguo.intake.actions import Tally, bring_in, fail_import, look_over, open_batch, undo_import
from wenguo.intake.actions.bring_in import Report
from wenguo.intake.models import ImportBatch
from wenguo.intake.queries.mappings import GENERAL, preset, presets, read_mapping, template_columns
from wenguo.intake.rules import Mapping
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.exports import write_csv, write_xlsx
from wenguo.lib.tables import Row, Table, read_table
from wenguo.process.actions import install_pack
from wenguo.process.models import Standard


class Command(BaseCommand):
    help = (
        "Imports complaints from a CSV or XLSX file (also .gz), UTF-8 or GBK. A second run imports nothing twice. "
        "Exits 1 when a row could not be taken in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--preset", default=GENERAL, choices=sorted(presets()), help="the kind of file")
        chosen.add_argument("--map", type=Path, metavar="FILE", help="a mapping of your own (JSON)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", help="the figures as JSON on standard output")
        parser.add_argument("--errors", type=Path, metavar="FILE", help="write the wrong rows to this CSV file")
        parser.add_argument("--template", type=Path, metavar="FILE", help="write an empty file to fill in, and end")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take an import back while it is untouched")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._answer(options)
        except (Refused, NotAllowed) as no:
            raise CommandError(no.sentence) from no
        except OSError as error:
            raise CommandError(f"{error.filename or ''}: {error.strerror or error}") from error

    def _answer(self, options: dict[str, Any]) -> None:
        mapping = _mapping(options)
        if options["template"]:
            _write_template(options["template"], mapping)
        elif options["undo"] is not None:
            self._undo(options["undo"], options["json"])
        elif options["file"] is None:
            raise CommandError(_("Name the file to import."))
        else:
            self._import(options, mapping)

    def _undo(self, key: int, as_json: bool) -> None:
        batch = ImportBatch.objects.filter(pk=key).first()
        if batch is None:
            raise CommandError(_("There is no import with this number."))
        undone = undo_import(batch, by=SYSTEM)
        self.stdout.write(
            json.dumps({"undone": undone}) if as_json else _("Taken back: %(count)d.") % {"count": undone}
        )

    def _import(self, options: dict[str, Any], mapping: Mapping) -> None:
        path: Path = options["file"]
        table = read_table(path)
        with _reports(options["errors"], table) as report, _bar(path) as bar:
            if options["dry_run"]:
                tally, batch = look_over(table, mapping, progress=bar.update, report=report), None
            else:
                if not Standard.objects.exists():
                    install_pack(by=SYSTEM)
                batch = open_batch(path, preset_name=mapping.name, mapping=_described(options), by=None)
                tally = _brought(batch, table, mapping, bar, report)
        self._tell(tally, batch, as_json=options["json"])
        if tally.errors:
            sys.exit(1)

    def _tell(self, tally: Tally, batch: ImportBatch | None, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(tally.as_json()))
            return
        said = _("Rows: %(rows)d. Imported: %(imported)d. There already: %(unchanged)d. Wrong: %(errors)d.")
        self.stdout.write(said % tally.as_json())
        if batch is None:
            self.stdout.write(_("This was a dry run: nothing was written."))
        elif tally.imported:
            self.stdout.write(_("To take it back: wenguo import --undo %(number)d") % {"number": batch.pk})


def _brought(batch: ImportBatch, table: Table, mapping: Mapping, bar: "tqdm[None]", report: Report) -> Tally:
    try:
        return bring_in(batch, table, mapping, by=SYSTEM, progress=bar.update, report=report)
    except Refused as no:
        fail_import(batch, no.sentence)
        raise


def _mapping(options: dict[str, Any]) -> Mapping:
    if options["map"]:
        return read_mapping(options["map"].read_text(encoding="utf-8"))
    return preset(options["preset"])


def _described(options: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(options["map"].read_text(encoding="utf-8")) if options["map"] else {}
    return described


def _write_template(path: Path, mapping: Mapping) -> None:
    columns = template_columns(mapping)
    with path.open("wb") as stream:
        if path.suffix.lower() == ".xlsx":
            write_xlsx([], columns, stream)
        else:
            stream.writelines(write_csv([], columns))


@contextmanager
def _reports(path: Path | None, table: Table) -> Iterator[Report]:
    """Where wrong rows are written to while the import runs: number, error, and the row as it came."""
    if path is None:
        yield lambda _row, _error: None
        return
    columns = ["row", "error", *table.columns]
    with path.open("wb") as stream:
        stream.writelines(write_csv([], columns))

        def report(row: Row, error: str) -> None:
            line = {**row.values, "row": str(row.number), "error": error}
            stream.writelines(_without_head(write_csv([line], columns)))

        yield report


def _without_head(pieces: Iterator[bytes]) -> list[bytes]:
    """The lines after mark and header."""
    _mark, head = next(pieces), next(pieces)
    return [head.split(b"\r\n", 1)[1], *pieces]


@contextmanager
def _bar(path: Path) -> Iterator["tqdm[None]"]:
    """Progress on standard error, so that standard output stays clean."""
    with tqdm(total=_lines(path), unit=" rows", file=sys.stderr, mininterval=0.5) as bar:
        yield bar
        bar.total = bar.n


def _lines(path: Path) -> int | None:
    """About how many rows there are: lines less the header; unknown of a workbook."""
    if path.suffix.lower() == ".xlsx":
        return None
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        lines = 0
        while chunk := stream.read(1 << 20):
            lines += chunk.count(b"\n")
    return max(0, lines - 1)
