"""Tables as people really send them, and tables out."""

import gzip
import io
import tracemalloc
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_csv, write_xlsx
from wenguo.lib.tables import LONGEST_FIELD, Table, read_table

CHINESE = "编号,内容\n1,变速箱异响\n"


@pytest.fixture(autouse=True)
def _english() -> Iterable[None]:
    with translation.override("en"):
        yield


def values(table: Table) -> list[dict[str, str]]:
    return list(table.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_reads_chinese_in_any_usual_encoding(encoding: str) -> None:
    table = read_table(CHINESE.encode(encoding), "a.csv")
    assert table.columns == ("编号", "内容")
    assert values(table) == [{"编号": "1", "内容": "变速箱异响"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_finds_the_delimiter(delimiter: str) -> None:
    table = read_table(f'"a,b;c"{delimiter}d\n1{delimiter}"x, y; z"\n'.encode(), "a.csv")
    assert (table.columns, table.delimiter) == (("a,b;c", "d"), delimiter)
    assert values(table) == [{"a,b;c": "1", "d": "x, y; z"}]


def test_reads_gzipped_files_and_files_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(CHINESE.encode("gbk")))
    assert values(read_table(path)) == values(read_table(path.read_bytes(), "a.csv.gz")) != []


def test_one_broken_byte_spoils_one_row_not_the_encoding() -> None:
    content = b"a,b\n" + "1,变速箱\n".encode() * 20 + b"2,\xff\xfe\n" + "3,异响\n".encode()
    table = read_table(content, "a.csv")
    assert (table.encoding, len(values(table))) == ("utf-8-sig", 21)
    assert [(row.number, row.error) for row in table.errors] == [
        (22, "The row contains bytes that are not text in the encoding of the file.")
    ]


def test_null_bytes_and_odd_rows_are_reported_and_the_rest_is_read() -> None:
    long = b'2,"' + b"z" * (LONGEST_FIELD + 10) + b'"\n'
    content = b"a,b\n1,x\0y\n" + long + b'\n4,d,e\n5\n6,"q" r\n7,ok\n'
    rows = list(read_table(content, "a.csv"))
    assert [(row.number, row.error) for row in rows] == [
        (2, "The row contains null bytes."),
        (3, "A field is longer than 1000000 characters. Is a quotation mark not closed?"),
        (5, "The row has 3 fields, the header has 2."),
        (6, ""),
        (7, "The quotation marks do not match. Double every quotation mark inside a quoted field."),
        (8, ""),
    ]
    assert [row.values for row in rows if not row.error] == [{"a": "5", "b": ""}, {"a": "7", "b": "ok"}]


def test_an_unclosed_quote_never_swallows_rows_silently() -> None:
    table = read_table(b'a,b\n1,"x\n2,y\n3,z\n', "a.csv")
    assert values(table) == []
    assert table.errors[0].error.startswith("The quotation marks do not match.")


def test_unnamed_and_repeated_columns_get_names() -> None:
    assert read_table(b"a,,a, a \n1,2,3,4\n", "a.csv").columns == ("a", "#2", "a (2)", "a (3)")


DAMAGED = "The compressed file is damaged. Compress it again or upload it uncompressed."
OLD_EXCEL = "This is an old or protected Excel file. Save it as .xlsx or CSV without a password."
NO_EXCEL = "The Excel file cannot be read. Save it again as .xlsx without a password."
NO_ENCODING = "Line 3 is neither UTF-8 nor GBK. Save the file as CSV UTF-8 and try again."


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty. Choose a file with a header row and data."),
        (b"\n\n", "a.csv", "The file has no header row. Put the column names into the first row."),
        (b"a\nb\n\xff\xff,\xe9\n", "a.csv", NO_ENCODING),
        (b"PK\x03\x04", "a.xlsx", NO_EXCEL),
        (b"\xd0\xcf\x11\xe0", "a.xls", OLD_EXCEL),
        (b"\x1f\x8bxx", "a.csv.gz", DAMAGED),
        (gzip.compress(b"a,b\n" * 999, mtime=0)[:-20], "a.csv.gz", DAMAGED),
        (b"hello", "a.doc", "Only CSV and XLSX files can be read. Save the table in one of these formats."),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_table(content, name)
    assert refusal.value.sentence == sentence


def test_a_big_file_is_streamed_not_held(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("id,text\n" + "1,变速箱异响，经销商不理会客户投诉\n" * 40_000, encoding="gbk")
    tracemalloc.start()
    count = sum(1 for _row in read_table(path).rows)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 40_000
    assert peak < path.stat().st_size


ROW = {
    "a": "=1+1",
    "b": -5,
    "c": datetime(2026, 9, 1, tzinfo=UTC),
    "d": "变速箱",
    "e": Decimal("1.50"),
    "f": date(2026, 1, 2),
    "g": None,
    "h": 13800138000,
    "i": "+8613800138000",
}


def test_csv_out_is_no_formula_and_readable_by_excel() -> None:
    headings = {"a": "甲", **{key: key for key in "bcdefghi"}}
    assert b"".join(write_csv([ROW], headings)).decode().splitlines() == [
        "\ufeff甲,b,c,d,e,f,g,h,i",
        "'=1+1,-5,2026-09-01 08:00:00,变速箱,1.50,2026-01-02,,13800138000,'+8613800138000",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_formula_start_is_made_harmless(start: str) -> None:
    table = read_table(b"".join(write_csv([{"a": f"{start}cmd|' /C calc'!A0"}], ["a"])), "a.csv")
    assert next(table.rows)["a"].startswith("'" + start.strip())


def test_xlsx_out_reads_back_and_holds_no_formula() -> None:
    stream = io.BytesIO()
    write_xlsx([ROW], list("abcdefghi"), stream, sheet="投诉")
    table = read_table(stream.getvalue(), "a.xlsx")
    (row,) = table.rows
    assert list(row.values()) == [
        *("=1+1", "-5", "2026-09-01 08:00:00", "变速箱", "1.5", "2026-01-02", "", "13800138000", "+8613800138000")
    ]


def test_xlsx_cuts_what_excel_cannot_hold_and_keeps_addresses_as_text() -> None:
    stream = io.BytesIO()
    write_xlsx([{"a": "x" * 40_000}, {"a": "http://example.com/"}, {"a": "\ud800"}], ["a"], stream)
    rows = [row["a"] for row in read_table(stream.getvalue(), "a.xlsx").rows]
    assert rows == ["x" * 32_766 + "…", "http://example.com/", "?"]
