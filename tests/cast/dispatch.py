"""Complaints at stage 7, made by actions."""

import pytest

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import assign_complaint, return_dispatch, take_on


def fresh(complaint: Complaint) -> Complaint:
    """The row as it is now, relations and all."""
    return Complaint.objects.select_related("standard", "owner", "lead_unit", "customer").get(pk=complaint.pk)


@pytest.fixture
def dispatched(weighed: Complaint, workshop: Unit, wang: User, alice: User) -> Complaint:
    """Stage 7: assigned to the workshop and to wang, who has not answered yet."""
    assign_complaint(weighed, by=alice, lead_unit=workshop, owner=wang, note="请先核对三次检修记录")
    return fresh(weighed)


@pytest.fixture
def returned(dispatched: Complaint, wang: User) -> Complaint:
    """Stage 7: wang sent it back; it waits for an arbiter."""
    return_dispatch(dispatched, by=wang, reason="变速箱属配件部的批次问题")
    return fresh(dispatched)


@pytest.fixture
def taken_on(dispatched: Complaint, wang: User) -> Complaint:
    """Stage 8: wang owns it."""
    return take_on(dispatched, by=wang)


@pytest.fixture
def grave_taken_on(reviewed: Complaint, workshop: Unit, wang: User, alice: User) -> Complaint:
    """Stage 8, major: wang owns it."""
    assign_complaint(reviewed, by=alice, lead_unit=workshop, owner=wang)
    return take_on(reviewed, by=wang)
