"""Several processes bring the same new number at the same moment: it is one customer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

PROCESSES = 4
# Each says that it is ready, waits for the file, and brings the complainant.
SCRIPT = """
import sys, time, pathlib, django
django.setup()
from django.db import connection
from wenguo.customers.actions import find_or_create_customer
from wenguo.lib.actors import COMPLAINANT
connection.ensure_connection()
print("ready", flush=True)
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.001)
given = {"name": "李娜", "phone": sys.argv[2], "email": "li@example.com"}
print(find_or_create_customer(**given, by=COMPLAINANT).pk)
"""


@pytest.fixture
def address(transactional_db: None, tmp_path: Path) -> str:
    """The test's own database as other processes reach it; SQLite's lives in memory and is copied to a file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("vacuum into %s", [str(tmp_path / "copy.sqlite3")])
        return f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    one = connection.settings_dict
    return f"postgresql://{one['USER']}:{one['PASSWORD']}@{one['HOST']}:{one['PORT']}/{one['NAME']}"


def started(address: str, go: Path, number: str) -> "subprocess.Popen[str]":
    known = {"DATABASE_URL": address, "WENGUO_HOME": str(go.parent), "DJANGO_SETTINGS_MODULE": "config.settings"}
    keys = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEY": settings.FIELD_KEY}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(go), number],
        cwd=settings.BASE_DIR,
        env={**os.environ, **known, **keys},
        stdout=subprocess.PIPE,
        text=True,
    )


def brought(address: str, go: Path, numbers: list[str]) -> list[str]:
    """What each process says whom it found, all let go at once."""
    running = [started(address, go, number) for number in numbers]
    assert [one.stdout.readline() for one in running if one.stdout] == ["ready\n"] * len(running)
    go.touch()
    return [one.communicate(timeout=60)[0].strip() for one in running]


def test_one_number_is_one_customer(address: str, tmp_path: Path) -> None:
    found = brought(address, tmp_path / "go", ["139 0000 1111"] * PROCESSES)

    assert found[0].isdecimal()
    assert set(found) == {found[0]}


def test_different_numbers_are_different_customers(address: str, tmp_path: Path) -> None:
    found = brought(address, tmp_path / "go", [f"1390000111{n}" for n in range(PROCESSES)])

    assert len(set(found)) == PROCESSES
