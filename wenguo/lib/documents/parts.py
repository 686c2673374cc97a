"""What a document is made of. Every text comes translated from the caller, and is text: never markup."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Text:
    text: str
    is_muted: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table. The first column is text, the others numbers, unless `is_text`."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    is_text: bool = False


@dataclass(frozen=True)
class Picture:
    """PNG; drawn as wide as the page."""

    png: bytes
    title: str
    note: str = ""


@dataclass(frozen=True)
class Remark:
    """What a person wrote, or the place where somebody still has to: then `text` is empty and `empty` says so."""

    title: str
    text: str
    by: str = ""
    empty: str = ""


Part = Heading | Text | Sheet | Picture | Remark


@dataclass(frozen=True)
class Document:
    """`language` is "zh" or "en"; `mark` stands in the head of every page (a draft says so); `foot` in the foot."""

    title: str
    subtitle: str
    language: str
    parts: Sequence[Part]
    mark: str = ""
    foot: str = ""
    author: str = ""
