"""Files that are wrong: a clear sentence, and nothing changed."""

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from wenguo.complaints.models import Complaint
from wenguo.intake.queries.mappings import read_mapping
from wenguo.intake.tests.conftest import HEADER, ROWS
from wenguo.intake.tests.test_import import run
from wenguo.lib.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
Files = Callable[..., Path]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\n\n\n", "blank.csv"),
        (b"PK\x03\x04 not a workbook", "broken.xlsx"),
        (b"\xd0\xcf\x11\xe0 old excel", "old.xls"),
        (b"\x1f\x8b\x08\x00 not gzip", "broken.csv.gz"),
        (gzip.compress((HEADER + ROWS).encode())[:-20], "cut.csv.gz"),
        (b"a,b\n1,2\n", "other columns.csv"),
        (b"%PDF-1.4", "letter.pdf"),
        (b"a,b\n" + b"\xff\xfe\x81\x00\n" * 20, "binary.csv"),
    ],
)
def test_a_wrong_file_is_refused_whole(table_file: Files, content: bytes, name: str) -> None:
    path = table_file(content, name)
    with pytest.raises(CommandError) as refusal:
        call_command("import", str(path), "--json")
    assert len(str(refusal.value)) > 8
    assert not Complaint.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import", str(tmp_path / "nowhere.csv"))


def test_missing_columns_are_named(table_file: Files) -> None:
    path = table_file("id,brand\n1,x\n")
    with pytest.raises(CommandError, match="text"):
        call_command("import", str(path), "--preset", "car_complaints")


@pytest.mark.parametrize(
    "row",
    [
        b"B1,null\x00byte,2025-01-01,,,,,\n",
        b"B1,too many,2025-01-01,,,,,,,extra,fields\n",
        b"B1," + b"x" * 200_000 + b",2025-01-01,,,,,\n",
        b"B1," + b"x" * 2_000_000 + b",2025-01-01,,,,,\n",
        "B1,电话不全,2025-01-01,,,,,12\n".encode(),
        "B1,不是日期,昨天,,,,,\n".encode(),
    ],
)
def test_one_broken_row_stops_no_other(table_file: Files, row: bytes) -> None:
    path = table_file(HEADER.encode() + row + ROWS.encode())
    answer, code = run(path)
    assert (answer["imported"], answer["errors"], code) == (3, 1, 1)


def test_one_row_in_another_encoding_stops_no_other(table_file: Files) -> None:
    many = "".join(f"C{number},漏油,2025-01-01,,,,,\n" for number in range(20))
    path = table_file((HEADER + many).encode() + b"B1,\xff\xfe\xfd,2025-01-01,,,,,\n")
    assert run(path)[0] == {"rows": 21, "imported": 20, "unchanged": 0, "errors": 1}


def test_a_bomb_is_capped(table_file: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenguo.lib.tables.MOST_TEXT", 5_000_000)
    path = table_file(gzip.compress(b"id,text\n" + b"0" * 60_000_000), "bomb.csv.gz")
    with pytest.raises(CommandError):
        call_command("import", str(path), "--json")


def test_a_bomb_without_a_line_end_needs_no_memory(table_file: Files) -> None:
    """A field has a longest length, so 60 MB of zeros in one line are an error, not a string."""
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    content = packed.compress(b"id,text\n1,") + packed.compress(b"0" * 60_000_000) + packed.flush()
    answer, code = run(table_file(content, "bomb.csv.gz"))
    assert (answer["imported"], code) == (0, 1)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"name": "x"}', '{"name": "a b", "source_system": "x", "columns": {"words": ["t"]}}',
     '{"name": "x", "source_system": "x", "columns": {"nonsense": ["t"]}}',
     '{"name": "x", "source_system": "x", "columns": {"words": "t"}}',
     '{"name": "x", "source_system": "x", "columns": {"words": ["t"]}, "time_zone": "Mars/Olympus"}',
     '{"name": "x", "source_system": "x", "columns": {"words": ["t"]}, "extra": 1}'],
)  # fmt: skip
def test_a_wrong_mapping_says_where(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_mapping(text)
    assert refusal.value.field == "mapping"
