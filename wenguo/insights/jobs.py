"""What keeps the figures right without a user: the worker starts a short-lived child, which imports the engines."""

import subprocess
import sys

from django.conf import settings

from wenguo.insights.actions.public import count_statistics
from wenguo.insights.models import BoardMail
from wenguo.insights.queries.status import is_anything_waiting, is_file_waiting, is_question_waiting
from wenguo.lib.now import now

_children: dict[str, "subprocess.Popen[bytes]"] = {}


def run_lake() -> int:
    """Starts the child that brings the lake up to date, unless it runs or nothing waits; 1 if one was started."""
    return _start("work") if not _runs("work") and is_anything_waiting() else 0


def run_questions() -> int:
    """Starts the child that answers questions put to the lake, unless it runs or none waits."""
    return _start("answer") if not _runs("answer") and is_question_waiting() else 0


def run_boards() -> int:
    """Starts the child that mails the boards whose hour has come, unless it runs or none has."""
    due = BoardMail.objects.filter(next_at__lte=now()).exists()
    return _start("boards") if due and not _runs("boards") else 0


def run_files() -> int:
    """Starts the child that writes reports and files for regulators, unless it runs or none waits."""
    return _start("files") if not _runs("files") and is_file_waiting() else 0


def run_statistics() -> int:
    """Counts what the public is told, where a quarter has ended or an administrator asked; needs no engine."""
    return count_statistics()


def _start(what: str) -> int:
    words = [what] if what in ("boards", "files") else ["lake", what]
    command = [sys.executable, "-m", "wenguo.console", *words]
    _children[what] = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    return 1


def _runs(what: str) -> bool:
    child = _children.get(what)
    return child is not None and child.poll() is None
