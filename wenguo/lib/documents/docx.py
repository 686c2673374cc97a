"""DOCX by python-docx: to be changed in Word or WPS; fonts are named, the reader's machine brings them."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from wenguo.lib.documents.parts import Document, Heading, Part, Picture, Remark, Sheet, Text

SOFT, INDIGO = RGBColor(0x64, 0x6B, 0x76), RGBColor(0x2B, 0x58, 0x76)
WIDTH = Cm(17)
LATIN, CHINESE = "Calibri", "Microsoft YaHei"


def write_docx(document: Document) -> bytes:
    """The same parts in the same order as the PDF, with real headings, tables and pictures."""
    paper = docx.Document()
    _page(paper, document)
    paper.add_heading(_clean(document.title), 0)
    _soft(paper.add_paragraph(), document.subtitle, 11)
    for part in document.parts:
        _add(paper, part)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _page(paper: Any, document: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = paper.styles[name]
        style.font.name = LATIN
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
    paper.styles["Normal"].font.size = Pt(10)
    properties = paper.core_properties
    properties.title, properties.author = document.title, document.author
    properties.language = "zh-CN" if document.language == "zh" else "en-GB"
    _soft(section.header.paragraphs[0], " · ".join(word for word in (document.title, document.mark) if word), 8)
    foot = section.footer.paragraphs[0]
    _soft(foot, f"{document.foot}   ", 8)
    _number(foot)


def _number(paragraph: Any) -> None:
    """A field that counts pages."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _add(paper: Any, part: Part) -> None:
    if isinstance(part, Heading):
        paper.add_heading(_clean(part.text), 1)
    elif isinstance(part, Text):
        _soft(paper.add_paragraph(), part.text, 10) if part.is_muted else paper.add_paragraph(_clean(part.text))
    elif isinstance(part, Sheet):
        _sheet(paper, part)
    elif isinstance(part, Picture):
        paper.add_paragraph().add_run(_clean(part.title)).bold = True
        paper.add_picture(io.BytesIO(part.png), width=WIDTH)
        if part.note:
            _soft(paper.add_paragraph(), part.note, 8)
    else:
        _remark(paper, part)


def _sheet(paper: Any, part: Sheet) -> None:
    if part.title:
        paper.add_paragraph().add_run(_clean(part.title)).bold = True
    table = paper.add_table(rows=1, cols=len(part.columns), style="Light List Accent 1")
    for cell, name in zip(table.rows[0].cells, part.columns, strict=True):
        cell.text = _clean(name)
    for line in part.rows:
        cells = table.add_row().cells
        for place, value in enumerate(line):
            cells[place].text = _clean(value)
            if place and not part.is_text:
                cells[place].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph()


def _remark(paper: Any, part: Remark) -> None:
    run = paper.add_paragraph().add_run(_clean(part.title))
    run.bold, run.font.color.rgb = True, INDIGO
    for line in (part.text or part.empty).split("\n"):
        written = paper.add_paragraph(style="Quote" if part.text else None).add_run(_clean(line))
        written.italic = not part.text
    if part.by:
        _soft(paper.add_paragraph(), part.by, 8)


def _soft(paragraph: Any, text: str, size: int) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb = Pt(size), SOFT


def _clean(text: str) -> str:
    """XML knows no control characters; what people type may hold some."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
