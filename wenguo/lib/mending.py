"""Broken encodings put right, only where it is certain. Callers keep the original."""

import re

# What a byte above 127 looks like after being read as Latin-1 or Windows-1252.
_CP1252 = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_BYTE_OF = {ord(character): byte for byte, character in _CP1252.items()} | {byte: byte for byte in range(0x80, 0x100)}
_WRONG_RUN = re.compile("[\x80-\xff" + re.escape("".join(_CP1252.values())) + "]{2,}")
_CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LEVEL_ONE = range(0xB0, 0xD8)  # lead bytes of the 3,755 common characters of GB 2312
_PUNCTUATION = range(0xA1, 0xA4)
_MOSTLY = 0.8  # a sentence has a rare character now and then
# C0 without tab and newline, DEL, C1: nothing anybody wrote. NUL cannot even be stored by PostgreSQL.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def mend(text: str) -> str:
    """Mojibake undone where certain; line ends become \\n; control characters and lone surrogates become U+FFFD.

    Undone are UTF-8 read as Latin-1, Windows-1252 or GBK, and GBK read as Latin-1. Everything else, emoji and
    right-to-left marks too, stays exactly as written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _utf8_from_gbk(_bytes_from_latin(text))
    return _CONTROLS.sub("\ufffd", text)


def _bytes_from_latin(text: str) -> str:
    """One two-byte sequence can be chance ("Ã©" in a text about encodings); two, or three bytes in order, cannot."""
    runs = {run: _mended_run(run) for run in set(_WRONG_RUN.findall(text))}
    certain = any(len(run) >= 3 for run, mended in runs.items() if mended)
    if not certain and sum(len(mended) for mended in runs.values()) < 2:
        return text
    return _WRONG_RUN.sub(lambda found: runs[found[0]] or found[0], text)


def _mended_run(run: str) -> str:
    """Empty when the run is no bytes of UTF-8 or GB 2312."""
    raw = bytes(_BYTE_OF[ord(character)] for character in run)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _common_chinese(raw)


def _common_chinese(raw: bytes) -> str:
    """GB 2312 read as Latin-1: certain when it gives two or more characters, nearly all of them common."""
    characters = [lead for lead in raw[::2] if lead not in _PUNCTUATION]
    if len(raw) % 2 or len(characters) < 2 or not _are_common(characters):
        return ""
    try:
        return raw.decode("gb2312")
    except UnicodeDecodeError:
        return ""


def _are_common(leads: list[int]) -> bool:
    return sum(lead in _LEVEL_ONE for lead in leads) >= _MOSTLY * len(leads)


def _utf8_from_gbk(text: str) -> str:
    """UTF-8 read as GBK: certain when the whole text turns into common Chinese and ASCII."""
    try:
        raw = b"\x80".join(part.encode("gb18030") for part in text.split("€"))
        mended = raw.decode("utf-8")
        common = [character.encode("gb2312")[0] for character in mended if not character.isascii()]
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text
    if len(common) < 2 or not all(_CJK.match(character) or character.isascii() for character in mended):
        return text
    return mended if _are_common([lead for lead in common if lead not in _PUNCTUATION]) else text
