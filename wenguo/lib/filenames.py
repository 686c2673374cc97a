"""File names as people wrote them, without what could mislead a person or a file system."""

import re
import unicodedata

_LONGEST = 180  # bytes of UTF-8; file systems stop at 255
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Direction marks and overrides (they hide the true ending) and invisible characters; the emoji joiner stays.
_INVISIBLE = re.compile("[\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def safe_filename(raw: str) -> str:
    """The last part of the path with its ending; Chinese and emoji stay. Never empty."""
    name = unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode()).replace("\\", "/").rpartition("/")[2]
    name = _INVISIBLE.sub("", name)
    name = "".join(character for character in name if unicodedata.category(character) != "Cc")
    name = _FORBIDDEN.sub("_", " ".join(name.split())).strip(" .")
    if _DEVICES.match(name):
        name = f"_{name}"
    return _shortened(name) or "file"


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = dot + suffix if dot and len(suffix) <= 8 else ""
    stem = stem if ending else name
    return stem.encode()[: _LONGEST - len(ending.encode())].decode("utf-8", "ignore").rstrip("\u200d\ufe0f .") + ending
