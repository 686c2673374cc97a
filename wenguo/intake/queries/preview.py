"""The first rows of an uploaded file, as they came and as they would become complaints."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from wenguo.intake.choices import Column
from wenguo.intake.models import ImportBatch
from wenguo.intake.queries.mappings import mapping_of
from wenguo.intake.queries.rows import FileRow, RowRefused, read_row
from wenguo.intake.rules import Mapping, missing_columns
from wenguo.lib.now import now
from wenguo.lib.tables import read_table

SHOWN_ROWS = 6


@dataclass(frozen=True)
class PreviewRow:
    """`read` is None where the row would be refused for `error`."""

    number: int
    read: FileRow | None
    error: str


@dataclass(frozen=True)
class Preview:
    """How a file would be understood. `used`: what of ours is filled from which columns."""

    columns: tuple[str, ...]
    encoding: str
    rows: list[PreviewRow]
    used: list[tuple[str, str]]
    missing: str
    mapping: Mapping


def preview(batch: ImportBatch) -> Preview:
    """Reads the file anew; `Refused` where it cannot be read."""
    mapping = mapping_of(batch.mapping, batch.preset)
    table = read_table(Path(default_storage.path(batch.stored_as)), batch.file_name)
    lacking = missing_columns(mapping, table.columns)
    rows: list[PreviewRow] = []
    for row in islice(table, SHOWN_ROWS):
        try:
            if row.error:
                raise RowRefused(row.error)
            rows.append(PreviewRow(row.number, read_row(row.number, row.values, mapping, now()), ""))
        except RowRefused as refused:
            rows.append(PreviewRow(row.number, None, str(refused)))
    encoding = {"utf-8-sig": "UTF-8", "gb18030": "GBK", "xlsx": "Excel"}.get(table.encoding, table.encoding.upper())
    said = _("These columns are missing: %(names)s.") % {"names": "、".join(lacking)} if lacking else ""
    return Preview(table.columns, encoding, rows, _used(mapping, table.columns), said, mapping)


def _used(mapping: Mapping, present: tuple[str, ...]) -> list[tuple[str, str]]:
    shown = []
    for column in Column:
        names = [name for name in mapping.columns.get(column, []) if name in present]
        if template := mapping.templates.get(column):
            names.append(template)
        if names:
            shown.append((str(column.label), " · ".join(names)))
    return shown
