"""A web server of its own for a measurement, people signed in without a password, requests over one connection."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from wenguo.accounts.models import User

WORKERS = 2
_PATIENCE = 180


@contextmanager
def own_server() -> Iterator[tuple[int, int]]:
    """granian with two workers on a free port; (port, process number). Ended afterwards."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    port = _free_port()
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_WORKERS": str(WORKERS)}
    command = [sys.executable, "-m", "wenguo.console", "serve"]
    # what it says goes to our standard error: standard output is for the figures
    process = subprocess.Popen(command, env=environment | {"LOG_LEVEL": "WARNING"}, stdout=2)
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(_PATIENCE * 5):
        if process.poll() is not None:
            raise RuntimeError("the web server ended before it answered")
        try:
            Visitor(port).get("/healthz?part=web")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the web server did not answer within {_PATIENCE} s")


def signed_in(person: User) -> str:
    """The key of a session of this person, as a sign-in leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


class Visitor:
    """Somebody with a browser: one connection kept open, one session."""

    def __init__(self, port: int, session: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Accept-Language": "zh-hans"}

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body. A connection the server closed while it was idle is opened anew, as browsers do."""
        try:
            return self._asked(path)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()
            return self._asked(path)

    def _asked(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()
