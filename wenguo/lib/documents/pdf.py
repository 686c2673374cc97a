"""PDF by Typst: one wheel, no browser, fonts of the system embedded as subsets. Chinese fonts must be installed."""

import json
import shutil
import tempfile
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from wenguo.lib.documents.parts import Document, Heading, Part, Picture, Remark, Sheet

# The first of them that the machine has; all carry simplified Chinese
CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)


class NoFont(Exception):
    """The machine has no font with Chinese characters: a document without its words is worse than none."""


def write_pdf(document: Document) -> bytes:
    """The document on A4 pages, numbered, tagged for readers of screens."""
    known = set(typst.Fonts().families())
    fonts = [name for name in CHINESE if name in known]
    if not fonts:
        raise NoFont("no Chinese font: install fonts-noto-cjk (OFL)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data.json").write_text(json.dumps(_data(document, fonts, root), ensure_ascii=False), encoding="utf-8")
        with (
            files("wenguo.lib.documents").joinpath("page.typ").open("rb") as look,
            (root / "page.typ").open("wb") as to,
        ):
            shutil.copyfileobj(look, to)
        written = typst.compile(str(root / "page.typ"), root=folder)
    return bytes(written)


def _data(document: Document, fonts: list[str], root: Path) -> dict[str, Any]:
    parts = [_part(part, number, root) for number, part in enumerate(document.parts)]
    whole = {"title": document.title, "subtitle": document.subtitle, "language": document.language, "parts": parts}
    return {**whole, "mark": document.mark, "foot": document.foot, "author": document.author, "fonts": fonts}


def _part(part: Part, number: int, root: Path) -> dict[str, Any]:
    if isinstance(part, Picture):
        path = f"picture-{number}.png"
        (root / path).write_bytes(part.png)
        return {"kind": "picture", "path": path, "title": part.title, "note": part.note}
    kind = {Heading: "heading", Sheet: "sheet", Remark: "remark"}.get(type(part), "text")
    return {"kind": kind, **asdict(part)}
