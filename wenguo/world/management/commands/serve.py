"""`wenguo serve [--worker] [--show-cast]`: the web process, with the worker beside it when asked."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

PATIENCE = 60  # seconds the server may take to answer first


class Command(BaseCommand):
    help = "Serves wenguo with granian on HOST (default 127.0.0.1) and PORT (default 8000)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--worker", action="store_true", help="run the worker as a second process")
        parser.add_argument("--show-cast", action="store_true", help="print the demo cast once the server answers")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)
        if not options["worker"]:
            os.execv(sys.executable, _web())  # noqa: S606 - our own interpreter: one process group, signals go straight to it
        sys.exit(self._together(show_cast=options["show_cast"]))

    def _together(self, *, show_cast: bool) -> int:
        """Both processes until one ends or a signal comes; then the other is ended too."""
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background job starts with SIGINT ignored
            signal.signal(number, _interrupt)
        # The address and the cast stay the last lines on the screen: the worker's routine is not printed below them.
        quiet = {"LOG_LEVEL": "WARNING"} | os.environ
        commands = (_web(), [sys.executable, "-m", "wenguo.console", "worker"])
        children = [subprocess.Popen(command, env=quiet) for command in commands]
        try:
            if _answers(children):
                self._announce(show_cast)
            while all(child.poll() is None for child in children):
                time.sleep(0.3)
            return next(child.returncode for child in children if child.returncode is not None) or 1
        except KeyboardInterrupt:
            return 0
        finally:
            _end(children)

    def _announce(self, show_cast: bool) -> None:
        self.stdout.write(f"\n闻过 wenguo: {settings.PUBLIC_URL}/   ({settings.PUBLIC_URL}/desk/)\n")
        cast = Path(settings.WENGUO_HOME) / "demo-cast.txt"
        if show_cast and cast.exists():
            self.stdout.write(cast.read_text(encoding="utf-8"))
        self.stdout.flush()


def _web() -> list[str]:
    return [sys.executable, "-m", "config.web"]


def _answers(children: list["subprocess.Popen[bytes]"]) -> bool:
    address = f"http://127.0.0.1:{settings.PORT}/healthz?part=web"
    for _attempt in range(PATIENCE * 5):
        if any(child.poll() is not None for child in children):
            return False
        try:
            with urllib.request.urlopen(address, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
