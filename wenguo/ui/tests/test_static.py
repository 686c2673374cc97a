"""Static files as they are served: collected for real, each under a name that changes with its content."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from config.settings import STORAGES

IMPORTED = re.compile(r"""from "\./([\w.]+)";""")


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_modules_import_each_other_by_their_hashed_names(collected: Path) -> None:
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]

    entry = (collected / names["ui/app.js"]).read_text()

    assert IMPORTED.findall(entry)
    assert {f"ui/{name}" for name in IMPORTED.findall(entry)} <= set(names.values())
