"""What people attach: only known kinds, whose content is what the name says, and pictures without their metadata."""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused
from wenguo.lib.filenames import safe_filename
from wenguo.lib.filetypes import KINDS, is_harmful, looks_like
from wenguo.lib.pictures import cleaned_picture

LARGEST_UPLOAD = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class CheckedFile:
    """Safe to keep and to give back as a download. The digest is of the content as kept."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def inspect_upload(name: str, upload: bytes | IO[bytes], largest: int = LARGEST_UPLOAD) -> CheckedFile:
    """The checked file, or `Refused` with what to do instead."""
    content = _content(upload, largest)
    name = safe_filename(name)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if is_harmful(content):
        raise Refused(_("“%(name)s” contains a program or a web page. Send a picture or a PDF of it.") % {"name": name})
    kind = KINDS.get(suffix)
    if kind is None:
        raise Refused(_refusal(suffix) % {"name": name})
    if not looks_like(kind, content):
        raise Refused(
            _("“%(name)s” is not what its ending says, or is damaged. Open it, save it again and attach the copy.")
            % {"name": name}
        )
    if kind.picture_format:
        content = cleaned_picture(content, kind.picture_format, name)
    return CheckedFile(name, kind.content_type, content, hashlib.sha256(content).hexdigest())


def _content(upload: bytes | IO[bytes], largest: int) -> bytes:
    content = upload if isinstance(upload, bytes) else upload.read(largest + 1)
    if not content:
        raise Refused(_("The file is empty. Choose another one."))
    if len(content) > largest:
        limit = {"limit": largest // (1024 * 1024)}
        raise Refused(_("The file is larger than %(limit)s MB. Make it smaller or send it in parts.") % limit)
    return content


def _refusal(suffix: str) -> str:
    if suffix in {"heic", "heif"}:
        return _("“%(name)s” is in Apple's HEIC format. Save it as JPEG and attach the copy.")
    if suffix in {"doc", "xls", "ppt", "docm", "xlsm", "wps", "et"}:
        return _("“%(name)s” can carry macros. Save it as PDF, .docx or .xlsx and attach the copy.")
    if suffix in {"zip", "rar", "7z", "gz", "tar"}:
        return _("“%(name)s” is an archive. Unpack it and attach the files one by one.")
    return _("Files like “%(name)s” cannot be attached. Use pictures, PDF, video, sound, .docx, .xlsx or .txt.")
