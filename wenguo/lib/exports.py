"""Tables out: CSV and XLSX that no spreadsheet program will run as formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

Columns = Sequence[str] | Mapping[str, str]  # keys, or key → heading
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_EXCEL_ROWS = 1_048_576
_EXCEL_CELL = 32_767  # characters


def write_csv(rows: Iterable[Mapping[str, object]], columns: Columns) -> Iterator[bytes]:
    """UTF-8 with a mark so that Excel reads Chinese; text that looks like a formula gets a leading apostrophe."""
    headings = _headings(columns)
    yield b"\xef\xbb\xbf"
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([_harmless(heading) for heading in headings.values()])
    for row in rows:
        writer.writerow([_harmless(_plain(row.get(key))) for key in headings])
        if buffer.tell() > 64_000:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(rows: Iterable[Mapping[str, object]], columns: Columns, stream: BinaryIO, sheet: str = "") -> None:
    """Into a binary stream, one row in memory at a time; text is always text, never a formula or a link."""
    headings = _headings(columns)
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet[:31] or None)
    page.freeze_panes(1, 0)
    for place, heading in enumerate(headings.values()):
        page.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, start=1):
        if number == _EXCEL_ROWS - 1:
            page.write_string(number, 0, _("Excel holds no more rows. Use the CSV export for the rest."))
            break
        for place, key in enumerate(headings):
            _write_cell(page, number, place, row.get(key), day)
    book.close()


def write_tables(tables: Sequence[tuple[str, Sequence[str], Iterable[Sequence[object]]]], stream: BinaryIO) -> None:
    """One sheet a table: (title, columns, rows). The title stands above and, shortened, on the tab."""
    book = xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm"})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, (title, columns, rows) in enumerate(tables, start=1):
        page = book.add_worksheet(_tab(number, title))
        page.write_string(0, 0, title, bold)
        for place, column in enumerate(columns):
            page.write_string(1, place, str(column), bold)
        for line, row in enumerate(rows, start=2):
            for place, value in enumerate(row):
                _write_cell(page, line, place, value, day)
        page.autofit()
    book.close()


def _tab(number: int, title: str) -> str:
    """Excel takes 31 characters and none of []:*?/\\ in the name of a sheet; the number keeps names apart."""
    return f"{number} {''.join(' ' if sign in '[]:*?/' + chr(92) else sign for sign in title)}"[:31].rstrip("' ")


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, number: int, place: int, value: object, day: xlsxwriter.format.Format
) -> None:
    if isinstance(value, bool):
        page.write_boolean(number, place, value)
    elif isinstance(value, int | float | Decimal) and abs(float(value)) < 1e15:
        page.write_number(number, place, value)
    elif isinstance(value, datetime):
        page.write_datetime(number, place, _local(value))
    elif isinstance(value, date):
        page.write_datetime(number, place, value, day)
    elif text := str(_plain(value)):
        page.write_string(number, place, text if len(text) <= _EXCEL_CELL else text[: _EXCEL_CELL - 1] + "…")


def _headings(columns: Columns) -> dict[str, str]:
    named = columns.items() if isinstance(columns, Mapping) else ((key, key) for key in columns)
    return {key: str(heading) for key, heading in named}


def _taken(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written


def _harmless(value: str | int | float | Decimal) -> str | int | float | Decimal:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _plain(value: object) -> str | int | float | Decimal:
    """Numbers stay numbers, so that a negative one is no formula; times in the reader's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    return str(value).encode("utf-8", "replace").decode()


def _local(value: datetime) -> datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value
