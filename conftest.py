"""What every test needs: compiled catalogues, Chinese first, no network but the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from wenguo.audit.queries import empty_shelves
from wenguo.ui.management import catalogues

pytest_plugins = [
    "tests.cast.people",
    "tests.cast.customers",
    "tests.cast.complaints",
    "tests.cast.dispatch",
    "tests.cast.investigation",
    "tests.cast.resolution",
    "tests.cast.followup",
    "tests.cast.portal",
]
ROOT = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues that changed, so that tests read what users read."""
    if hasattr(config, "workerinput"):
        return
    for path in ROOT.glob("wenguo/*/locale/*/LC_MESSAGES/django.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            catalogues.compile_file(path.parts[-5], path.parts[-3], ROOT)


@pytest.fixture(autouse=True)
def _empty_shelves() -> None:
    """Nothing a test set is read by the next one."""
    empty_shelves()


@pytest.fixture(autouse=True)
def _chinese_first() -> Iterator[None]:
    """Outside a request the language is the default one, whatever the test before left."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
