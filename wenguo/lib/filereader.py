"""The child of `lib.filetext`: reads a file from standard input and writes its text, within limits of its own.

`python -m wenguo.lib.filereader TYPE`
"""

import io
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from xml.etree import ElementTree  # documents with a DOCTYPE are refused, expat bounds the rest

import charset_normalizer
import pypdfium2
from python_calamine import CalamineWorkbook

from wenguo.lib.filetext import CSV, DOCX, LONGEST, PDF, PLAIN, SECONDS, XLSX, CannotRead

_MEMORY = 2 * 1024**3  # bytes of address space
_MOST_PAGES = 200
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _plain(content: bytes) -> Iterator[str]:
    best = charset_normalizer.from_bytes(content[: LONGEST * 4]).best()
    yield str(best) if best else ""


def _docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts, parts.open("word/document.xml") as document:
        for _event, element in ElementTree.iterparse(_without_doctype(document.read(50 * LONGEST)), ("end",)):  # noqa: S314
            if element.tag == f"{_WORD}p":
                yield "".join(piece.text or "" for piece in element.iter(f"{_WORD}t"))
                element.clear()


def _without_doctype(document: bytes) -> io.BytesIO:
    if b"<!DOCTYPE" in document[:2000]:
        raise CannotRead("a document with a DOCTYPE")
    return io.BytesIO(document)


def _xlsx(content: bytes) -> Iterator[str]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        yield name
        for row in book.get_sheet_by_name(name).iter_rows():
            yield " ".join(str(cell) for cell in row if cell != "")


def _pdf(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for page in islice(document, _MOST_PAGES):
        yield page.get_textpage().get_text_bounded()


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    PLAIN: _plain,
    CSV: _plain,
    PDF: _pdf,
    DOCX: _docx,
    XLSX: _xlsx,
}


def _lines(content_type: str, content: bytes) -> Iterator[str]:
    """Until enough is read."""
    length = 0
    for line in _READERS[content_type](content):
        yield line
        length += len(line)
        if length > LONGEST:
            return


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    lines = _lines(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write("\n".join(lines).encode(errors="replace"))


if __name__ == "__main__":
    main()
