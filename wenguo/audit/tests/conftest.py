"""A home of its own for the anchors, and an audit that begins empty."""

from pathlib import Path

import pytest
from pytest_django import Settings

from wenguo.audit.models import AuditEntry, Chain


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.WENGUO_HOME = tmp_path
    return tmp_path


@pytest.fixture
def empty_audit(db: None) -> None:
    AuditEntry.objects.all().delete()
    Chain.objects.all().delete()
