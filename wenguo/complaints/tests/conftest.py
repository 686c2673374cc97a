"""Short ways to complaints that differ in one thing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.actions import Submission, submit_complaint
from wenguo.complaints.models import Complaint

Take = Callable[..., Complaint]


@pytest.fixture
def take(submission: Submission, alice: User) -> Take:
    """Takes in one more complaint: `take(words="…", by=dan)`."""

    def one_more(by: User | None = alice, **changes: Any) -> Complaint:
        return submit_complaint(replace(submission, **changes), by=by)

    return one_more
