"""Text of files: every kind that is read, and what must not harm the worker."""

import io
import zipfile

import pytest
import xlsxwriter

from wenguo.lib.filetext import CSV, DOCX, LONGEST, PDF, PLAIN, XLSX, CannotRead, text_of_file

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(xml: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("word/document.xml", xml)
    return stream.getvalue()


def xlsx(*cells: str) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("维修")
    for row, cell in enumerate(cells):
        page.write_string(row, 0, cell)
    book.close()
    return stream.getvalue()


def pdf(text: str) -> bytes:
    """The smallest file with one line."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def test_plain_text_is_read_in_its_own_encoding() -> None:
    words = "变速箱在二挡升三挡时有明显异响，维修站检查后说属于正常现象。"
    assert text_of_file(PLAIN, words.encode()) == words
    assert text_of_file(CSV, words.encode("gb18030")) == words


def test_documents_and_tables_are_read() -> None:
    words = docx(f"<w:document {_W}><w:p><w:r><w:t>检测</w:t></w:r><w:r><w:t>报告</w:t></w:r></w:p></w:document>")
    assert text_of_file(DOCX, words) == "检测报告"
    assert text_of_file(XLSX, xlsx("工单", "变速箱")) == "维修\n工单\n变速箱"
    assert text_of_file(PDF, pdf("gearbox noise")) == "gearbox noise"


def test_what_has_no_text_has_none() -> None:
    assert text_of_file("image/png", b"\x89PNG") == ""
    assert text_of_file(PLAIN, b"") == ""


def test_only_so_much_is_read() -> None:
    assert len(text_of_file(PLAIN, ("字" * (LONGEST + 500)).encode())) == LONGEST


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (PDF, b"%PDF-1.7 broken %%EOF"),
        (DOCX, b"no zip at all"),
        (DOCX, docx(f'<!DOCTYPE w [<!ENTITY a "a">]><w:document {_W}/>')),
        (XLSX, b"PK\x03\x04"),
    ],
)
def test_a_damaged_file_says_so(kind: str, content: bytes) -> None:
    with pytest.raises(CannotRead):
        text_of_file(kind, content)
