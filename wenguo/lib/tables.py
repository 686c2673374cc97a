"""Tables people upload: CSV (comma, semicolon, tab; UTF-8 or GB 18030; .gz) and XLSX. Writing is in `exports`.

A CSV is streamed twice, once to find its encoding and once to read it, and never held. What is wrong with one row is
reported with that row and stops nothing; what is wrong with the whole file is `Refused` with what to do.
"""

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, NamedTuple

import python_calamine
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused

Source = Path | str | bytes

LONGEST_FIELD = 1_000_000  # characters; a quote that is never closed must not swallow the file
MOST_TEXT = 4 * 1024**3  # bytes after decompression
MOST_XLSX = 512 * 1024**2  # bytes after decompression; a workbook is read into memory
_CHUNK = 128 * 1024
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

csv.field_size_limit(LONGEST_FIELD)  # the module has one limit for the process; its default is 131,072


class Row(NamedTuple):
    """`number` as a spreadsheet shows it: the header is 1. With an `error` the values are not to be used."""

    number: int
    values: dict[str, str]
    error: str = ""


@dataclass
class Table:
    """Iterate over it for every row with its number and error; over `rows` for the values of the good ones."""

    columns: tuple[str, ...]
    encoding: str
    delimiter: str
    _read: Callable[[], Iterator[Row]]
    errors: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return self._read()

    @property
    def rows(self) -> Iterator[dict[str, str]]:
        """Good rows; the others are collected in `errors` as they pass."""
        for row in self:
            if row.error:
                self.errors.append(row)
            else:
                yield row.values


def read_table(source: Source, filename: str = "") -> Table:
    """The table in a file; `filename` says its kind where `source` is bytes."""
    name = (filename or (source if isinstance(source, str) else getattr(source, "name", ""))).lower()
    start = _start(source)
    if not start:
        raise Refused(_("The file is empty. Choose a file with a header row and data."))
    if start.startswith(b"PK\x03\x04"):
        return _workbook(source)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("This is an old or protected Excel file. Save it as .xlsx or CSV without a password."))
    if not name.removesuffix(".gz").endswith(_TEXT_SUFFIXES):
        raise Refused(_("Only CSV and XLSX files can be read. Save the table in one of these formats."))
    try:
        return _csv_table(source)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(_("The compressed file is damaged. Compress it again or upload it uncompressed.")) from error


def _start(source: Source) -> bytes:
    with closing(_raw(source)) as stream:
        return stream.read(8)


def _raw(source: Source) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb")


def _opened(source: Source) -> IO[bytes] | gzip.GzipFile:
    if not _start(source).startswith(b"\x1f\x8b"):
        return _raw(source)
    return gzip.GzipFile(fileobj=io.BytesIO(source)) if isinstance(source, bytes) else gzip.GzipFile(source)


def _csv_table(source: Source) -> Table:
    encoding = _encoding(source)
    with _text(source, encoding) as text:
        delimiter = _delimiter(text.readline(LONGEST_FIELD))

    def records() -> Generator[Sequence[str] | csv.Error]:
        with _text(source, encoding) as text:
            yield from _records(csv.reader(text, delimiter=delimiter, strict=True))

    with closing(records()) as start:
        columns = _columns(start)
    return Table(columns, encoding, delimiter, lambda: _rows(columns, records()))


def _text(source: Source, encoding: str) -> io.TextIOWrapper:
    """Broken bytes become lone surrogates, by which their row is recognised."""
    return io.TextIOWrapper(_opened(source), encoding, errors="surrogateescape", newline="")


def _records(reader: Iterator[Sequence[str]]) -> Iterator[Sequence[str] | csv.Error]:
    """A record that cannot be read is passed on as its error; the reader goes on with the next line."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _encoding(source: Source) -> str:
    """Strict UTF-8, else strict GB 18030; else whichever fits nine in ten of the lines that are not ASCII.

    Line by line, because one broken byte must not turn a UTF-8 file into Chinese nonsense.
    """
    with closing(_opened(source)) as stream:
        wide = stream.read(2) in _UTF16
    if wide and _decodes(source, "utf-16"):
        return "utf-16"
    if _decodes(source, "utf-8"):
        return "utf-8-sig"
    counts, first_bad = {"utf-8": 0, "gb18030": 0}, 0
    total = 0
    for number, line in enumerate(_lines(source), start=1):
        if line.isascii():
            continue
        total += 1
        fits = [encoding for encoding in counts if _line_decodes(line, encoding)]
        for encoding in fits:
            counts[encoding] += 1
        first_bad = first_bad or (0 if fits else number)
    if counts["utf-8"] >= 0.9 * total:
        return "utf-8-sig"
    if counts["gb18030"] >= 0.9 * total:
        return "gb18030"
    raise Refused(
        _("Line %(line)s is neither UTF-8 nor GBK. Save the file as CSV UTF-8 and try again.") % {"line": first_bad}
    )


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    seen = 0
    try:
        with closing(_opened(source)) as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
                seen += len(chunk)
                if seen > MOST_TEXT:
                    raise Refused(_("The file is too large. Split it into several files."))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(source: Source) -> Iterator[bytes]:
    with closing(_opened(source)) as stream:
        while line := stream.readline(LONGEST_FIELD):
            yield line


def _line_decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(header: str) -> str:
    outside_quotes = "".join(header.split('"')[::2])
    return max(",;\t", key=outside_quotes.count)


def _columns(records: Iterator[Sequence[str] | csv.Error]) -> tuple[str, ...]:
    """Names from the first row with content; unnamed ones get their letter's place, repeated ones a number."""
    header = next((row for row in records if isinstance(row, csv.Error) or any(map(str.strip, row))), [])
    if isinstance(header, csv.Error) or not header:
        raise Refused(_("The file has no header row. Put the column names into the first row."))
    names: list[str] = []
    for place, typed in enumerate(header, start=1):
        name = base = " ".join(typed.replace("\0", "").split()) or f"#{place}"
        copies = 2
        while name in names:
            name, copies = f"{base} ({copies})", copies + 1
        names.append(name)
    return tuple(names)


def _rows(columns: tuple[str, ...], records: Iterator[Sequence[str] | csv.Error]) -> Iterator[Row]:
    """Rows after the header, blank ones left out but counted."""
    header_passed = False
    for number, record in enumerate(records, start=1):
        if isinstance(record, csv.Error):
            yield Row(number, {}, _unreadable(record))
        elif any(map(str.strip, record)):
            if header_passed:
                yield _row(columns, number, record)
            header_passed = True


def _unreadable(error: csv.Error) -> str:
    if "limit" in str(error):
        return _("A field is longer than %(limit)s characters. Is a quotation mark not closed?") % {
            "limit": LONGEST_FIELD
        }
    return _("The quotation marks do not match. Double every quotation mark inside a quoted field.")


def _row(columns: tuple[str, ...], number: int, record: Sequence[str]) -> Row:
    values = dict(zip(columns, record, strict=False))
    for name in columns[len(record) :]:
        values[name] = ""
    if len(record) > len(columns) and any(map(str.strip, record[len(columns) :])):
        error = _("The row has %(found)s fields, the header has %(wanted)s.")
        return Row(number, values, error % {"found": len(record), "wanted": len(columns)})
    joined = "".join(record)
    if "\0" in joined:
        return Row(number, values, _("The row contains null bytes."))
    if not joined.isascii() and any("\ud800" <= character <= "\udfff" for character in joined):
        return Row(number, values, _("The row contains bytes that are not text in the encoding of the file."))
    return Row(number, values)


def _workbook(source: Source) -> Table:
    try:
        with closing(_raw(source)) as stream, zipfile.ZipFile(stream) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_XLSX:
                raise Refused(_("The file is too large. Split it into several files."))
        with closing(_raw(source)) as stream:
            book = python_calamine.load_workbook(io.BytesIO(stream.read()))
            sheet = next(
                (one for one in map(book.get_sheet_by_index, range(len(book.sheet_names))) if one.height), None
            )
    except (zipfile.BadZipFile, python_calamine.CalamineError, OSError) as error:
        raise Refused(_("The Excel file cannot be read. Save it again as .xlsx without a password.")) from error
    if sheet is None:
        raise Refused(_("The file is empty. Choose a file with a header row and data."))
    blank_before = [[""]] * (sheet.start[0] if sheet.start else 0)

    def records() -> Iterator[Sequence[str] | csv.Error]:
        yield from blank_before
        for row in sheet.iter_rows():
            yield [_cell(value) for value in row]

    columns = _columns(records())
    return Table(columns, "xlsx", "", lambda: _rows(columns, records()))


def _cell(value: float | str | bool | time | date | datetime | timedelta) -> str:
    """Text as typed; whole numbers without ".0" (phone numbers), dates in ISO form."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
