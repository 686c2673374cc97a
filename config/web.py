"""`python -m config.web`: granian serving an application that is read once; its processes are forks and share it.

Two processes that each read the application hold twice 130 MB and take twice two seconds of processor to start.
"""

import gc
import multiprocessing
import os
import sys
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import URLResolver, get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from config import wsgi
from wenguo.lib.text import tokens

WORKERS, THREADS = 2, 4


def main() -> None:
    """Serves until it is told to end. Where forks are not to be had, each process reads the application itself."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    read_application()
    Server(
        f"{wsgi.__name__}:application",
        address=os.environ.get("HOST") or "127.0.0.1",
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=_processes(),
        blocking_threads=THREADS,  # sync views under ASGI would cost twice
        blocking_threads_idle_timeout=600,
        workers_kill_timeout=15,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    ).serve()


def _processes() -> int:
    wanted = os.environ.get("WEB_WORKERS") or str(WORKERS)
    if not wanted.isdecimal() or int(wanted) < 1:
        sys.exit(f"WEB_WORKERS is {wanted!r}: it must be a whole number, 1 or more.")
    return int(wanted)


def read_application() -> None:
    """Everything a request may need, once; from here on no collection touches it, so its pages stay shared."""
    _read(get_resolver())
    tokens("变速箱异响 gearbox")  # the dictionary of words
    connections.close_all()
    gc.collect()
    gc.freeze()


def _read(resolver: URLResolver) -> None:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            _read(one)
        else:
            _ = one.callback  # imports the view


if __name__ == "__main__":
    main()
