"""A lake of its own for each test, on disk."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from wenguo.accounts.models import User
from wenguo.complaints.actions import Submission, submit_complaint
from wenguo.complaints.models import Complaint


@pytest.fixture
def lake(tmp_path: Path, settings: Settings) -> Path:
    settings.WENGUO_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def another(submission: Submission, alice: User) -> Complaint:
    """A second complaint, just received."""
    return submit_complaint(submission, by=alice)
