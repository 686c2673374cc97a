"""The message catalogues: extracted from code and templates, updated, checked, compiled. One per room and language."""

import ast
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("zh_Hans", "en")
SOURCE_LANGUAGE = "en"
_NOT_SHOWN = {"tests", "migrations", "locale"}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_STRING}(?:,\s*{_STRING})*)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|(?<!%)%[sd]|\{\w*\}")

Text = str | list[str] | tuple[str, ...]
Key = tuple[str | None, str | tuple[str, ...]]


def sources_of(app: str, root: Path) -> Iterator[Path]:
    """Files with the strings of a room. What no room shows (config, lib) is translated in `ui`."""
    folders = [root / "wenguo" / app]
    if app == "ui":
        folders += [root / "config", root / "wenguo" / "lib"]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not _NOT_SHOWN & set(path.relative_to(folder).parts):
                yield path


def extracted(app: str, root: Path) -> Catalog:
    """Every string of the room, without translations."""
    found = _empty(None)
    for path in sources_of(app, root):
        read = _from_python if path.suffix == ".py" else _from_template
        for context, ids in read(path):
            found.add(ids, locations=[(path.relative_to(root).as_posix(), 0)], context=context)
    for message in _messages(found):
        message.locations = sorted(set(message.locations))
    return found


def _from_python(path: Path) -> Iterator[Key]:
    with path.open("rb") as stream:
        for _line, ids, _comments, context in extract("python", stream, keywords=_KEYWORDS):
            yield context, tuple(ids) if isinstance(ids, list | tuple) else ids


def _from_template(path: Path) -> Iterator[Key]:
    if "templates" not in path.parts:
        return
    for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        name, texts = call[1], [ast.literal_eval(text) for text in re.findall(_STRING, call[2])]
        context = texts.pop(0) if "p" in name else None
        yield context, tuple(texts[:2]) if name.startswith("n") else texts[0]


def file_of(app: str, language: str, root: Path) -> Path:
    return root / "wenguo" / app / "locale" / language / "LC_MESSAGES" / "django.po"


def load(app: str, language: str, root: Path) -> Catalog:
    """The catalogue as it is on disk; empty when there is none."""
    path = file_of(app, language, root)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain="django", ignore_obsolete=True)


def updated(found: Catalog, old: Catalog, others: Iterable[Catalog], language: str) -> Catalog:
    """The strings found, each with the translation it had here, else the one it has in another room, else blank."""
    new, elsewhere = _empty(language), list(others)
    for message in _messages(found):
        known = (catalogue.get(message.id, message.context) for catalogue in [old, *elsewhere])
        string = next((one.string for one in known if one and _is_filled(one) and not one.fuzzy), None)
        new.add(message.id, string or _blank(message, language), locations=message.locations, context=message.context)
    return new


def _blank(message: Message, language: str) -> Text:
    if language == SOURCE_LANGUAGE:
        return message.id
    return ("",) * _empty(language).num_plurals if message.pluralizable else ""


def as_text(catalogue: Catalog, language: str) -> bytes:
    """The file's bytes: sorted, without line numbers and dates, so that a diff shows only what changed."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return header.encode() + body.getvalue().rstrip() + b"\n"


def save(path: Path, content: bytes) -> bool:
    """Writes whole or not at all; tells whether anything changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def compile_file(app: str, language: str, root: Path) -> None:
    """The .mo beside the .po."""
    compiled = BytesIO()
    write_mo(compiled, load(app, language, root))
    save(file_of(app, language, root).with_suffix(".mo"), compiled.getvalue())


def faults(catalogue: Catalog) -> Iterator[str]:
    """What a reader would notice: blanks, doubts, placeholders that do not fit."""
    for message in _messages(catalogue):
        name = repr(message.id if isinstance(message.id, str) else message.id[0])
        if not _is_filled(message):
            yield f"no translation: {name}"
        elif message.fuzzy:
            yield f"fuzzy: {name}"
        elif not _placeholders_fit(message):
            yield f"placeholders differ: {name}"
        yield from (f"{error}: {name}" for error in message.check(catalogue))


def _placeholders_fit(message: Message) -> bool:
    """Each placeholder once in the text must be in the translation; a plural form may leave out what one form names."""
    ids, strings = _forms(message.id), _forms(message.string)
    wanted = [set(_PLACEHOLDER.findall(text)) for text in ids]
    given = [set(_PLACEHOLDER.findall(text)) for text in strings]
    return given[-1] == wanted[-1] and all(one <= set().union(*wanted) for one in given)


def differences(catalogues: dict[str, Catalog]) -> Iterator[str]:
    """The same text translated differently in two rooms: what is shown would depend on the order of the rooms."""
    first: dict[Key, tuple[str, object]] = {}
    for app, catalogue in catalogues.items():
        for message in _messages(catalogue):
            if not _is_filled(message):
                continue
            other, string = first.setdefault((message.context, tuple(_forms(message.id))), (app, message.string))
            if string != message.string:
                yield f"{other} says {string!r}, {app} says {message.string!r}: {message.id!r}"


def _empty(language: str | None) -> Catalog:
    return Catalog(locale=language, domain="django", header_comment="", fuzzy=False)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _forms(text: Text | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def _is_filled(message: Message) -> bool:
    return bool(message.string) and all(_forms(message.string))
