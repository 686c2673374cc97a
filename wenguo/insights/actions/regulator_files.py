"""Files for regulators as the worker's child writes them: rows, faults, hash."""

import csv
import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation

from wenguo.audit.actions import record_in
from wenguo.insights.actions.regulators import CHAIN
from wenguo.insights.choices.regulators import FileState, Regime
from wenguo.insights.models import RegulatorFile, RegulatorFirm
from wenguo.insights.queries.regulators.codes import Fault
from wenguo.insights.queries.regulators.fca import Return
from wenguo.insights.queries.regulators.rows import Writer
from wenguo.insights.queries.regulators.source import told_complaints
from wenguo.insights.rules.periods import Days
from wenguo.insights.rules.regulators import FCA_COLUMNS, REGIMES
from wenguo.lib.now import now
from wenguo.lib.workcalendar import country_calendar

FOLDER = "regulators"
FAULTS_KEPT = 1000


@dataclass
class _Faults:
    """The first of them with their complaint, and how many of each kind."""

    kept: list[tuple[str, str, str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, reference: str, faults: Iterable[Fault]) -> None:
        for kind, what in faults:
            self.kinds[f"{kind.value}|{what}"] += 1
            if len(self.kept) < FAULTS_KEPT:
                self.kept.append((reference, kind.value, what))


def write_due_files() -> int:
    """Every file that waits, oldest first; one left half written by a killed child is written anew."""
    done = 0
    for pk in (
        RegulatorFile.objects.filter(state__in=("waiting", "working")).order_by("id").values_list("pk", flat=True)
    ):
        file = RegulatorFile.objects.select_related("asked_by").get(pk=pk)
        file.state = FileState.WORKING
        file.save(update_fields=["state"])
        try:
            write_file(file)
        except Exception as trouble:
            file.state, file.error = FileState.FAILED, repr(trouble)[:300]
            file.save(update_fields=["state", "error"])
            raise
        done += 1
    return done


def write_file(file: RegulatorFile) -> RegulatorFile:
    """Rows, faults and hash of one file; then the row that makes it count."""
    rule = REGIMES[Regime(file.regime)]
    firm = RegulatorFirm.objects.filter(regime=file.regime).first()
    faults, writer = _Faults(), Writer(rule.regime, firm.facts if firm else {})
    with (
        translation.override(file.asked_by.language),
        tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as out,
    ):
        faults.add("", writer.lacking())
        counts = _write_return(file, writer, faults, out) if rule.regime is Regime.FCA else {}
        rows = counts["rows"] if counts else _write_rows(file, writer, faults, out)
        if rows == 0:
            _write_nil(file, writer, out)
        _keep(file, out)
    file.rows, file.is_nil = rows, rows == 0
    file.figures = counts.get("figures") or {axis: dict(found) for axis, found in writer.counted.items()}
    file.faults, file.fault_kinds, file.fault_count = faults.kept, dict(faults.kinds), sum(faults.kinds.values())
    file.state, file.made_at, file.error = FileState.CHECKED, now(), ""
    body = {"file": file.pk, "rows": rows, "faults": file.fault_count, "sha256": file.sha256}
    with transaction.atomic():
        file.save()
        record_in(CHAIN, "file.written", by=file.asked_by, body=body)
    return file


def _write_rows(file: RegulatorFile, writer: Writer, faults: _Faults, out: IO[str]) -> int:
    rule, number = REGIMES[writer.regime], 0
    sheet = csv.writer(out)
    sheet.writerow(rule.columns)
    for told in told_complaints(Days(file.first, file.last), file.source, with_open=rule.with_open):
        cells, wrong = writer.row(told)
        sheet.writerow([_plain(cell) for cell in cells])
        faults.add(told.complaint.reference, wrong)
        number += 1
    return number


def _write_return(file: RegulatorFile, writer: Writer, faults: _Faults, out: IO[str]) -> dict[str, Any]:
    """The table of counts, below it what the form asks beside it."""
    years = range(file.first.year - 1, file.last.year + 1)
    found = Return(writer, Days(file.first, file.last), country_calendar("GB", "Europe/London", years=years))
    number = 0
    for told in told_complaints(found.days, file.source, with_open=True):
        faults.add(told.complaint.reference, found.add(told))
        number += 1
    table = [[_plain(cell) for cell in line] for line in found.table()]
    sheet = csv.writer(out)
    beside = {"Total complaints outstanding at reporting period start date": found.outstanding}
    beside["Total number of complaints opened during the reporting period"] = found.opened
    if number:
        sheet.writerows([*(list(pair) for pair in beside.items()), [], FCA_COLUMNS, *table])
    figures = {"table": table, "outstanding": found.outstanding, "opened": found.opened}
    return {"rows": number, "figures": figures}


def _write_nil(file: RegulatorFile, writer: Writer, out: IO[str]) -> None:
    """A file that says in words that there is nothing, so that nobody takes an empty file for a lost one."""
    out.seek(0)
    out.truncate()
    rule = REGIMES[writer.regime]
    said = [[str(which.label), writer.fact(which)] for which in rule.facts]
    head = ["零报告 NIL RETURN", "是 Yes"]
    csv.writer(out).writerows([head, ["regime", rule.regime.value], ["period", f"{file.first} – {file.last}"], *said])


def _keep(file: RegulatorFile, out: IO[str]) -> None:
    """Into the store under a name of its own, with its hash. Chinese files begin with a mark that Excel needs."""
    out.seek(0)
    mark = b"\xef\xbb\xbf" if file.regime == Regime.CN_BANK else b""
    with tempfile.TemporaryFile() as stored:
        digest = hashlib.sha256()
        for part in _parts(mark, out):
            digest.update(part)
            stored.write(part)
        file.size, file.sha256 = stored.tell(), digest.hexdigest()
        stored.seek(0)
        name = f"{FOLDER}/{file.regime}-{file.first:%Y%m%d}-{file.last:%Y%m%d}-{file.pk}-{file.sha256[:12]}.csv"
        file.path = default_storage.save(name, File(stored))


def _parts(mark: bytes, out: IO[str]) -> Iterator[bytes]:
    yield mark
    while text := out.read(1 << 20):
        yield text.encode()


def _plain(cell: object) -> str:
    """Machines read this: days in ISO form, no thousands. A text that a spreadsheet would run is disarmed."""
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
