"""Two web and two worker processes on one PostgreSQL with a streaming replica: reads come from the copy, nothing is
lost or done twice, and a copy that dies is not missed (docs/scaling.md)."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests.scaled.cluster import Server, free_port, primary_and_replica

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
PATIENCE = 180  # seconds, on a busy machine


@dataclass
class Installation:
    primary: Server
    replica: Server
    webs: tuple[int, int]
    token: str
    noted: Path

    def ask(self, web: int, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.webs[web]}/api/v1{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def submit(self, web: int, number: int) -> str:
        body = {"words": f"变速箱异响 {number}", "customer": {"name": "张三", "email": f"zhang{number}@example.com"}}
        return str(self.ask(web, "/complaints", body)["reference"])

    def listed(self, web: int) -> set[str]:
        return {row["reference"] for row in self.ask(web, "/complaints?size=100")["rows"]}


def wait_until(happens: Any, what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < until, f"not within {PATIENCE} s: {what}"
        time.sleep(0.2)


def scans(server: Server) -> int:
    """How often the table of complaints was read on this server."""
    with psycopg.connect(server.url) as connection:
        row = connection.execute(
            "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables"
            " WHERE relname = 'complaints_complaint'"
        ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def installed() -> Iterator[Installation]:
    with ExitStack() as kept:
        folder = Path(tempfile.mkdtemp(prefix="wenguo-scaled-"))
        home = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        primary, replica = kept.enter_context(primary_and_replica(folder))
        mail, noted, webs = free_port(), home / "noted.txt", (free_port(), free_port())
        noted.touch()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": primary.url,
            "DATABASE_REPLICA_URL": replica.url,
            "WENGUO_HOME": str(home),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "LOG_LEVEL": "ERROR",
            "WEB_WORKERS": "1",
        }
        run(["-m", "wenguo.console", "migrate", "-v", "0"], environment)
        token = run(["-m", "tests.scaled.found"], environment).split()[-1]
        commands = [["-m", "tests.killing.sink", str(mail), str(noted)], *[["-m", "wenguo.console", "worker"]] * 2]
        started = [start(command, environment) for command in commands]
        started += [start(["-m", "wenguo.console", "serve"], environment | {"PORT": str(port)}) for port in webs]
        for process in started:
            kept.callback(end, process)
        for port in webs:
            wait_until(lambda port=port: answers(port), "a web process answers")
        yield Installation(primary, replica, webs, token, noted)


def run(command: list[str], environment: dict[str, str]) -> str:
    whole = [sys.executable, *command]
    return subprocess.run(
        whole, env=environment, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def start(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, *command], env=environment, cwd=settings.BASE_DIR, stdout=quiet)


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(timeout=30)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz?part=web", timeout=5):
            return True
    except OSError:
        return False


def test_two_of_each_and_a_copy(installed: Installation) -> None:
    """One installation for all three: making it takes longer than asking it."""
    _what_one_web_process_takes_in_the_other_lists_from_the_copy(installed)
    _two_workers_send_each_message_once(installed)
    _nobody_notices_that_the_copy_died(installed)


def _what_one_web_process_takes_in_the_other_lists_from_the_copy(installed: Installation) -> None:
    taken = {installed.submit(number % 2, number) for number in range(6)}
    wait_until(lambda: taken <= installed.listed(0) and taken <= installed.listed(1), "both list all")
    before = scans(installed.replica)  # only web processes read there, workers never
    for number in range(20):
        installed.listed(number % 2)
    wait_until(lambda: scans(installed.replica) >= before + 20, "the copy counts its reads")


def _two_workers_send_each_message_once(installed: Installation) -> None:
    def sent() -> Counter[str]:
        return Counter(installed.noted.read_text().split())

    def open_messages() -> int:
        with psycopg.connect(installed.primary.url) as connection:
            row = connection.execute("SELECT count(*) FROM outbox_outboundmessage WHERE state <> 'sent'").fetchone()
        assert row is not None
        return int(row[0])

    taken = [installed.submit(number % 2, number) for number in range(20, 26)]
    wait_until(lambda: len(sent()) >= len(taken) and open_messages() == 0, "all messages are sent")
    assert set(sent().values()) == {1}


def _nobody_notices_that_the_copy_died(installed: Installation) -> None:
    reference = installed.submit(0, 99)
    installed.replica.stop()
    assert reference in installed.listed(0)
    assert reference in installed.listed(1)
    installed.replica.start()
    before = scans(installed.replica)
    wait_until(lambda: installed.listed(0) and scans(installed.replica) > before, "the copy is read again")
