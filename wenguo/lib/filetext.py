"""What is written in a file: plain text, CSV, DOCX, XLSX, PDF. Each file is read by a process of its own, with limits.

Somebody who means harm wrote some of these files: a reader that hangs or swells must not take the worker with it.
"""

import subprocess
import sys

LONGEST = 100_000  # characters; the search indexes no more of a complaint
SECONDS = 20  # of computing
_OOXML = "application/vnd.openxmlformats-officedocument."
PLAIN, CSV, PDF = "text/plain", "text/csv", "application/pdf"
DOCX, XLSX = f"{_OOXML}wordprocessingml.document", f"{_OOXML}spreadsheetml.sheet"
READABLE = frozenset({PLAIN, CSV, PDF, DOCX, XLSX})


class CannotRead(Exception):
    """The file is damaged, too large for its reader, or locked with a password."""


def text_of_file(content_type: str, content: bytes) -> str:
    """The first LONGEST characters of its text; "" where there is none, `CannotRead` where nobody can tell."""
    if content_type not in READABLE:
        return ""
    command = [sys.executable, "-m", "wenguo.lib.filereader", content_type]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS * 2, check=False)
    except subprocess.TimeoutExpired as late:
        raise CannotRead(f"no end after {SECONDS * 2} s") from late
    if done.returncode:
        raise CannotRead(done.stderr.decode(errors="replace").strip()[-300:] or f"ended with {done.returncode}")
    return done.stdout.decode(errors="replace").replace("\0", " ")[:LONGEST].strip()
