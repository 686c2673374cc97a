"""Complaints called back and closed, made by actions."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.actions import close_complaint
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import record_call_back
from wenguo.followup.actions.call_back import Answer


@pytest.fixture
def called_back(performed: Complaint, alice: User) -> Complaint:
    """Stage 12 done: satisfied with the handling."""
    answer = Answer(handling=5, result=4, product=3, is_solved=True, comment="修好了，谢谢。")
    return record_call_back(performed, answer, by=alice)


@pytest.fixture
def closed(called_back: Complaint, carol: User) -> Complaint:
    """Closed and satisfied; use and inspection come next."""
    return close_complaint(called_back, by=carol)
