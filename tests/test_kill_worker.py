"""SIGKILL of web or worker loses no accepted complaint and sends no message twice (decisions: messages, kill tests).

Real processes against a real mail server, on the database the suite runs on. The seed of the random moments is
printed; KILL_SEED repeats a run.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

WORKER_POINTS = (
    "before_claim_commit", "after_claim_commit", "before_data", "after_250", "before_sent_commit", "after_sent_commit",
)  # fmt: skip
WEB_POINTS = ("before_commit", "after_commit")
RANDOM_WORKER_KILLS, RANDOM_WEB_KILLS = 24, 4
PATIENCE = 240  # seconds a server may take to start on a busy machine


@dataclass
class Plant:
    """The forge, the mail server's notes, and the token of the cast's agent."""

    forge: "subprocess.Popen[str]"
    noted: Path
    environment: dict[str, str]
    token: str = ""

    def ask(self, **asked: Any) -> Any:
        assert self.forge.stdin is not None
        assert self.forge.stdout is not None
        self.forge.stdin.write(json.dumps(asked) + "\n")
        self.forge.stdin.flush()
        return json.loads(self.forge.stdout.readline())

    def start(self, verb: str, *given: Any, kill_at: str = "") -> int:
        pid = self.ask(verb=verb, given=given, kill_at=kill_at, start=True)
        assert isinstance(pid, int)
        return pid

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.ask(wait=pid)

    def arrived(self) -> Counter[str]:
        return Counter(self.noted.read_text().split())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of its own, of the kind the suite runs on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('kill') / 'kill.sqlite3'}"
        return
    name = f"wenguo_kill_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def plant(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    home = tmp_path_factory.mktemp("kill-home")
    port, noted = free_port(), home / "noted.txt"
    noted.touch()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "WENGUO_HOME": str(home),
        "SECRET_KEY": "only for the kill test",
        "FIELD_KEY": "only for the kill test, of no value",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "PUBLIC_URL": "http://127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "WENGUO_KILL_POINTS": "1",
    }
    python = [sys.executable, "-m"]
    subprocess.run(
        [*python, "wenguo.console", "migrate", "-v", "0"], env=environment, cwd=settings.BASE_DIR, check=True
    )
    running = [
        _started([*python, "tests.killing.sink", str(port), str(noted)], environment),
        _started([*python, "tests.killing.forge"], environment),
    ]
    try:
        plant = Plant(running[1], noted, environment)
        plant.token = plant.ask(verb="found")
        yield plant
    finally:
        for process in reversed(running):
            process.terminate()
            process.communicate(timeout=10)


def _started(command: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(scope="module")
def dice() -> random.Random:
    number = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(10**6)))
    sys.__stderr__.write(f"\nKILL_SEED={number}\n")  # type: ignore[union-attr]
    return random.Random(number)


def check_promise(plant: Plant) -> None:
    """Each Message-ID at most once, every message sent, queued or uncertain, and *sent* only what arrived."""
    states, arrived = plant.ask(verb="states"), plant.arrived()
    assert [number for number, times in arrived.items() if times > 1] == []
    assert set(states.values()) <= {"sent", "queued", "uncertain", "sending"}
    assert [number for number, state in states.items() if state == "sent" and number not in arrived] == []
    assert [number for number in arrived if states.get(number) == "queued"] == []


@pytest.mark.parametrize("point", WORKER_POINTS)
def test_a_worker_killed_at_a_named_point(plant: Plant, point: str) -> None:
    messages = plant.ask(verb="seed", given=[2])

    pid = plant.start("worker", kill_at=point)
    assert plant.ask(wait=pid) == signal.SIGKILL

    check_promise(plant)
    plant.ask(verb="settle")
    check_promise(plant)
    states = plant.ask(verb="states")
    assert sorted(states[number] for number in messages) in (["sent", "sent"], ["sent", "uncertain"])


def test_workers_killed_at_random_moments(plant: Plant, dice: random.Random) -> None:
    for _pair in range(RANDOM_WORKER_KILLS // 2):
        plant.ask(verb="seed", given=[4])
        pair = [plant.start("worker"), plant.start("worker")]
        for pid in pair:
            time.sleep(dice.uniform(0, 0.15))
            plant.kill(pid)
        check_promise(plant)
    plant.ask(verb="settle")
    check_promise(plant)
    assert set(plant.ask(verb="states").values()) <= {"sent", "uncertain"}


def test_the_real_worker_is_killed_and_another_one_goes_on(plant: Plant, dice: random.Random) -> None:
    messages = plant.ask(verb="seed", given=[20])
    command = [sys.executable, "-m", "wenguo.console", "worker", "--only", "deliver"]
    for _kill in range(2):
        before = sum(plant.arrived().values())
        process = subprocess.Popen(command, env=plant.environment, cwd=settings.BASE_DIR)
        _until(lambda before=before: sum(plant.arrived().values()) > before)
        time.sleep(dice.uniform(0, 0.1))
        process.kill()
        process.wait()
        check_promise(plant)
    plant.ask(verb="settle")
    states = plant.ask(verb="states")
    assert {states[number] for number in messages} <= {"sent", "uncertain"}
    check_promise(plant)


@pytest.mark.parametrize("point", WEB_POINTS)
def test_a_web_process_killed_at_a_named_point(plant: Plant, point: str) -> None:
    words = f"killed at {point}"
    with served(plant, kill_at=point) as web:
        assert _submit(plant, web.port, words) is None
    assert (words in plant.ask(verb="complaints").values()) is (point == "after_commit")
    assert plant.ask(verb="broken_chains") == []


def test_web_processes_killed_at_random_moments_keep_every_answered_complaint(
    plant: Plant, dice: random.Random
) -> None:
    answered: dict[str, str] = {}
    for kill in range(RANDOM_WEB_KILLS // 2):
        with served(plant) as web:
            answered |= _submit_until(plant, web.port, f"worker {kill}", dice, web.kill_worker)
            answered |= _submit_until(plant, web.port, f"all {kill}", dice, web.kill)
    kept = plant.ask(verb="complaints")
    assert answered
    assert {reference: kept.get(reference) for reference in answered} == answered
    assert plant.ask(verb="broken_chains") == []
    plant.ask(verb="settle")
    check_promise(plant)


@dataclass
class Web:
    """`wenguo serve` as it runs in earnest: granian's main process and its worker, one process group."""

    process: "subprocess.Popen[bytes]"
    port: int

    def kill(self) -> None:
        """Everything at once, as when the power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_worker(self) -> None:
        """The worker alone; granian starts another one."""
        pid = self.process.pid
        for worker in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            os.kill(int(worker), signal.SIGKILL)


@contextmanager
def served(plant: Plant, *, kill_at: str = "") -> Iterator[Web]:
    """Until the end of the block; then nothing of it is left."""
    port = free_port()
    own = {"PORT": str(port), "WEB_WORKERS": "1", "WENGUO_KILL_AT": kill_at}
    command = [sys.executable, "-m", "wenguo.console", "serve"]
    web = Web(
        subprocess.Popen(command, env=plant.environment | own, cwd=settings.BASE_DIR, start_new_session=True), port
    )
    try:
        _until(lambda: _listens(port), PATIENCE)
        yield web
    finally:
        if web.process.poll() is None:
            web.kill()


def _submit_until(plant: Plant, port: int, name: str, dice: random.Random, kill: Callable[[], None]) -> dict[str, str]:
    """Submits one after the other; in the middle of one the kill comes."""
    answered: dict[str, str] = {}
    last = dice.randrange(1, 4)
    killer = threading.Timer(dice.uniform(0, 0.2), kill)
    for number in range(last + 1):
        words = f"{name}, complaint {number}: 变速箱异响"
        if number == last:
            killer.start()
        if reference := _submit(plant, port, words):
            answered[reference] = words
    killer.join()
    return answered


def _submit(plant: Plant, port: int, words: str) -> str | None:
    """The reference on the receipt; None when no answer came."""
    body = {"words": words, "customer": {"name": "张伟", "email": "zhang@example.com"}}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/complaints",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {plant.token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            reference: str = json.load(answer)["reference"]
            return reference
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read()) from error
    except OSError:
        return None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _until(condition: Any, seconds: float = 60) -> None:
    """Waits for a condition that must come true soon."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
