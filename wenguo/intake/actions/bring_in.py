"""Going through a file: good rows go in, a thousand at a time, each thousand whole or not at all; bad ones are told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice

import orjson
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.intake.actions.write import Run, write_rows
from wenguo.intake.choices import Column, ImportState, RawState
from wenguo.intake.models import ImportBatch, RawMessage
from wenguo.intake.queries.rows import FileRow, RowRefused, read_row
from wenguo.intake.rules import Mapping, content_id, missing_columns
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.tables import Row, Table
from wenguo.process.choices import TreeKind
from wenguo.process.models import ClockRule, TaxonomyNode
from wenguo.process.queries import active_standard

BATCH = 1000
MOST_QUARANTINED = 10_000  # rows of one file; more of them say nothing new
LONGEST_PAYLOAD = 100_000  # characters

Progress = Callable[[int], object]
Report = Callable[[Row, str], object]


@dataclass
class Tally:
    """How many rows were read, are new, were there already, are wrong."""

    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    errors: int = 0

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def bring_in(
    batch: ImportBatch,
    table: Table,
    mapping: Mapping,
    *,
    by: Actor,
    progress: Progress = lambda _rows: None,
    report: Report = lambda _row, _error: None,
) -> Tally:
    """Imports the file of this batch. Run again after it was cut off, it goes on where it stopped."""
    if isinstance(by, User):
        check_permission(by, Permission.IMPORT)
    check_columns(table, mapping)
    run = _run(batch, mapping, by)
    tally = Tally()
    RawMessage.objects.filter(batch=batch).delete()
    for chunk in _chunks(_numbered(table, mapping)):
        good, bad = _read(chunk, mapping)
        bad += _bring_chunk(run, good, tally)
        tally.rows += len(chunk)
        tally.errors += len(bad)
        _note(batch, tally, bad)
        for row, error in bad:
            report(row, error)
        progress(len(chunk))
    _finish(batch, tally)
    return tally


def look_over(
    table: Table,
    mapping: Mapping,
    *,
    progress: Progress = lambda _rows: None,
    report: Report = lambda _row, _error: None,
) -> Tally:
    """The dry run: what an import would do, without writing anything."""
    check_columns(table, mapping)
    tally = Tally()
    for chunk in _chunks(_numbered(table, mapping)):
        good, bad = _read(chunk, mapping)
        present = _present(mapping, [row.source_id for _raw, row in good])
        tally.rows += len(chunk)
        tally.errors += len(bad)
        tally.unchanged += sum(row.source_id in present for _raw, row in good)
        tally.imported = tally.rows - tally.errors - tally.unchanged
        for row, error in bad:
            report(row, error)
        progress(len(chunk))
    return tally


def check_columns(table: Table, mapping: Mapping) -> None:
    lacking = missing_columns(mapping, table.columns)
    if lacking:
        raise Refused(
            _("These columns are missing: %(names)s. The file has: %(present)s.")
            % {"names": "、".join(lacking), "present": "、".join(table.columns)[:500]}
        )


Numbered = tuple[Row, str]  # a row and the number it has, or gets, in the other system
Read = tuple[Row, FileRow]
Bad = tuple[Row, str]


def _run(batch: ImportBatch, mapping: Mapping, by: Actor) -> Run:
    channels = {node.code: node for node in TaxonomyNode.objects.of(TreeKind.CHANNEL)}
    if "import" not in channels:
        raise Refused(_("The channel “import” is missing in the channel tree. Ask an administrator to add it."))
    rule = None
    if mapping.clock:
        rule = ClockRule.objects.filter(code=mapping.clock.rule).select_related("calendar").order_by("-version").first()
    return Run(batch, mapping, active_standard(), by, rule, channels)


def _numbered(table: Table, mapping: Mapping) -> Iterator[Numbered]:
    """Rows without a number of their own get one from their content; equal rows are told apart by their order."""
    columns = mapping.columns.get(Column.SOURCE_ID, [])
    seen: Counter[str] = Counter()
    for row in table:
        number = next((text for name in columns if (text := row.values.get(name, "").strip())), "")
        if not number:
            mark = content_id(row.values, 1)
            seen[mark] += 1
            number = content_id(row.values, seen[mark])
        yield row, number


def _chunks(rows: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, BATCH)):
        yield chunk


def _read(chunk: Sequence[Numbered], mapping: Mapping) -> tuple[list[Read], list[Bad]]:
    good: list[Read] = []
    bad: list[Bad] = []
    moment = now()
    for row, number in chunk:
        try:
            if row.error:
                raise RowRefused(row.error)
            read = read_row(row.number, row.values, mapping, moment)
            good.append((row, read if read.source_id else replace(read, source_id=number)))
        except RowRefused as refused:
            bad.append((row, str(refused)))
    return good, bad


def _bring_chunk(run: Run, good: Sequence[Read], tally: Tally) -> list[Bad]:
    """Writes what is new in one transaction. Where the database refuses, half by half, until the row is found."""
    if not good:
        return []
    try:
        with transaction.atomic():
            imported, unchanged = _write_new(run, [row for _raw, row in good])
    except DatabaseError as error:
        run.products.clear()  # nodes made in the transaction are gone
        run.issues.clear()
        if len(good) == 1:
            return [(good[0][0], _("The database refused the row: %(reason)s") % {"reason": _plain(error)})]
        middle = len(good) // 2
        return _bring_chunk(run, good[:middle], tally) + _bring_chunk(run, good[middle:], tally)
    tally.imported += imported
    tally.unchanged += unchanged
    return []


def _write_new(run: Run, rows: Sequence[FileRow]) -> tuple[int, int]:
    """(imported, unchanged). Rows this very batch brought in before it was cut off count as imported."""
    present = _present(run.mapping, [row.source_id for row in rows])
    fresh = {row.source_id: row for row in reversed(rows) if row.source_id not in present}
    if fresh:
        write_rows(run, [row for row in rows if fresh.get(row.source_id) is row])
    own = sum(1 for batch in present.values() if batch == run.batch.pk)
    return len(fresh) + own, len(rows) - len(fresh) - own


def _present(mapping: Mapping, numbers: Sequence[str]) -> dict[str, int | None]:
    """Number in the other system → the import that brought it."""
    rows = Complaint.objects.filter(source_system=mapping.source_system, source_id__in=numbers)
    return dict(rows.values_list("source_id", "imported_row__batch"))


def _note(batch: ImportBatch, tally: Tally, bad: Sequence[Bad]) -> None:
    """Progress anybody can read, and the rows that could not be taken in, kept whole with their errors."""
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**tally.as_json(), working_since=now())
        room = MOST_QUARANTINED - (tally.errors - len(bad))
        RawMessage.objects.bulk_create(
            RawMessage(
                channel="import",
                batch=batch,
                number=row.number,
                payload=_payload(row),
                state=RawState.QUARANTINED,
                error=error,
                received_at=now(),
            )
            for row, error in bad[: max(0, room)]
        )


def _payload(row: Row) -> str:
    text = orjson.dumps(
        {name: value.encode("utf-8", "replace").decode() for name, value in row.values.items()}
    ).decode()
    return text.replace("\\u0000", "\\ufffd")[:LONGEST_PAYLOAD]


def _finish(batch: ImportBatch, tally: Tally) -> None:
    """The uploaded file goes: what it said is in the complaints now, and it is full of names."""
    stored = batch.stored_as
    ended = {"state": ImportState.DONE, "finished_at": now(), "error": "", "stored_as": ""}
    changed = {**tally.as_json(), **ended}
    for field, value in changed.items():
        setattr(batch, field, value)
    with transaction.atomic():
        batch.save(update_fields=list(changed))
        if stored:
            transaction.on_commit(lambda: default_storage.delete(stored))


def _plain(error: DatabaseError) -> str:
    return " ".join(str(error).split())[:200]
