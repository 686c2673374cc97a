"""SIGKILL of whoever fills the lake, anywhere, while others write: every complaint is in it once, the sums are exact.

Real processes on the database the suite runs on; some writers commit late, some roll back. The seed of the random
moments is printed; KILL_SEED repeats a run.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_kill_worker import Plant, _started, database

pytestmark = pytest.mark.slow
__all__ = ["database"]

POINTS = ("lake_files_written", "lake_before_commit", "lake_after_commit")
RANDOM_KILLS = 6


@pytest.fixture(scope="module")
def plant(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    home = tmp_path_factory.mktemp("lake-home")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "WENGUO_HOME": str(home),
        "WENGUO_LAKE": str(home / "lake"),
        "SECRET_KEY": "only for the kill test",
        "FIELD_KEY": "only for the kill test, of no value",
        "EMAIL_URL": "",
        "PUBLIC_URL": "http://127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "WENGUO_KILL_POINTS": "1",
    }
    python = [sys.executable, "-m"]
    subprocess.run(
        [*python, "wenguo.console", "migrate", "-v", "0"], env=environment, cwd=settings.BASE_DIR, check=True
    )
    forge = _started([*python, "tests.killing.lake"], environment)
    try:
        plant = Plant(forge, Path(os.devnull), environment)
        plant.ask(verb="found")
        yield plant
    finally:
        forge.terminate()
        forge.communicate(timeout=10)


def died_at(plant: Plant, verb: str, point: str) -> None:
    status = plant.ask(wait=plant.start(verb, kill_at=point))
    assert os.WIFSIGNALED(status), f"{point} was not reached"
    assert os.WTERMSIG(status) == signal.SIGKILL


def test_killed_anywhere_the_lake_is_exact(plant: Plant) -> None:
    seed = int(os.environ.get("KILL_SEED", random.randrange(10**6)))
    print(f"KILL_SEED={seed}")  # noqa: T201 - repeats this run
    rng = random.Random(seed)
    plant.ask(verb="write", given=[seed, 5])
    for point in POINTS:
        died_at(plant, "fold_once", point)
        plant.ask(verb="write", given=[seed + ord(point[-1]), 3])
    writers = [plant.start("write", seed + n, 15) for n in range(1, 4)]
    for _kill in range(RANDOM_KILLS):
        folding = [plant.start("keep_folding"), plant.start("keep_folding")]  # two workers at once
        time.sleep(rng.uniform(0.3, 2.0))
        for pid in folding:
            plant.kill(pid)
    for pid in writers:
        plant.ask(wait=pid)
    plant.ask(verb="go_on")
    assert plant.ask(verb="wrong") == []
    found = plant.ask(verb="counted")
    assert found["rows"] == found["sums"] > 20
    plant.ask(verb="tidy")
    found = plant.ask(verb="counted")
    assert found["files"] == found["counting"]
    assert plant.ask(verb="wrong") == []


def test_a_rebuild_that_is_killed_goes_on(plant: Plant) -> None:
    plant.ask(verb="write", given=[1, 4])
    died_at(plant, "rebuild_anew", "lake_rebuilt_batch")
    plant.ask(verb="write", given=[2, 2])
    plant.ask(verb="go_on")
    assert plant.ask(verb="wrong") == []
    assert plant.ask(verb="counted")["rows"] == plant.ask(verb="counted")["sums"]
