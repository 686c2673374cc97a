"""Which kinds of files are allowed and how their content begins."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import puremagic

_MOST_UNPACKED = 200 * 1024 * 1024  # bytes
_HARMFUL_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!/", b"#! /")
_HARMFUL_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php|%|xsl:)",
    re.IGNORECASE | re.DOTALL,
)
_HARMFUL_ENDINGS = frozenset(
    {".exe", ".dll", ".html", ".htm", ".svg", ".php", ".jar", ".swf", ".lnk", ".class", ".hta"}
)
_MARKUP_BYTES = 4096


class Kind(NamedTuple):
    """One allowed kind; `picture_format` is Pillow's name where the picture is written anew."""

    content_type: str
    matches: Callable[[bytes], bool]
    picture_format: str = ""


def is_harmful(content: bytes) -> bool:
    """A program, script or web page, whatever its name says."""
    if content.startswith(_HARMFUL_STARTS) or _HARMFUL_START.match(_as_bytes_of_text(content[:_MARKUP_BYTES])):
        return True
    try:
        best = puremagic.magic_string(content)[0]
    except (puremagic.PureError, IndexError, ValueError):
        return False
    return best.extension in _HARMFUL_ENDINGS and best.confidence >= 0.8


def looks_like(kind: Kind, content: bytes) -> bool:
    return kind.matches(content)


def _as_bytes_of_text(start: bytes) -> bytes:
    """UTF-16 and a byte order mark hide markup from a plain look."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace").encode()
    return start.removeprefix(b"\xef\xbb\xbf")


def _starts(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(b"RIFF") and content[8:12] == form


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_iso_media(content: bytes) -> bool:
    return content[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"} and content[8:12] != b"heic"


def _is_mp3(content: bytes) -> bool:
    frame = len(content) > 2 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0 and content[1] & 0x06 != 0
    return content.startswith(b"ID3") or frame


def _office(folder: str) -> Callable[[bytes], bool]:
    """Office Open XML without macros, and no zip bomb."""

    def matches(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                names = {part.filename for part in parts.infolist()}
                unpacked = sum(part.file_size for part in parts.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names)
        inside = any(name.startswith(f"{folder}/") for name in names) and "[Content_Types].xml" in names
        return content.startswith(b"PK\x03\x04") and inside and not macros and unpacked <= _MOST_UNPACKED

    return matches


def _is_text(content: bytes) -> bool:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not wide:
        return False
    return any(_decodes(content, encoding) for encoding in (("utf-16",) if wide else ("utf-8", "gb18030")))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_JPEG = Kind("image/jpeg", _starts(b"\xff\xd8\xff"), "JPEG")
_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, Kind] = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _starts(b"\x89PNG\r\n\x1a\n"), "PNG"),
    "gif": Kind("image/gif", _starts(b"GIF87a", b"GIF89a"), "GIF"),
    "webp": Kind("image/webp", _riff(b"WEBP"), "WEBP"),
    "pdf": Kind("application/pdf", _is_pdf),
    "mp4": Kind("video/mp4", _is_iso_media),
    "mov": Kind("video/quicktime", _is_iso_media),
    "m4a": Kind("audio/mp4", _is_iso_media),
    "mp3": Kind("audio/mpeg", _is_mp3),
    "wav": Kind("audio/wav", _riff(b"WAVE")),
    "amr": Kind("audio/amr", _starts(b"#!AMR")),
    "docx": Kind(_OOXML + "wordprocessingml.document", _office("word")),
    "xlsx": Kind(_OOXML + "spreadsheetml.sheet", _office("xl")),
    "txt": Kind("text/plain", _is_text),
    "csv": Kind("text/csv", _is_text),
}
