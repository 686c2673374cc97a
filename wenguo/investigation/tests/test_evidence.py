"""Evidence with its hash, and containment."""

import hashlib

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.actions.files import add_file
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import add_evidence, record_containment
from wenguo.lib.errors import NotAllowed, Refused


def test_a_file_keeps_the_hash_it_had(taken_on: Complaint, wang: User) -> None:
    file = add_file(taken_on, by=wang, name="工单.txt", content="第三次检修：未见异常".encode())

    evidence = add_evidence(taken_on, by=wang, description="第三次检修工单", origin="青岛四方店", attachment=file)

    assert evidence.sha256 == file.sha256


def test_a_statement_is_hashed_too(taken_on: Complaint, wang: User) -> None:
    evidence = add_evidence(taken_on, by=wang, description="车主口述：高速上失去动力")

    assert evidence.sha256 == hashlib.sha256("车主口述：高速上失去动力".encode()).hexdigest()


def test_a_file_of_another_complaint_is_refused(
    taken_on: Complaint, submission: object, wang: User, alice: User
) -> None:
    from_elsewhere = add_file(taken_on, by=wang, name="工单.txt", content=b"x")
    from_elsewhere.complaint_id = 0

    with pytest.raises(Refused) as no:
        add_evidence(taken_on, by=wang, description="…", attachment=from_elsewhere)

    assert no.value.field == "attachment"
    assert not taken_on.evidence.exists()


def test_containment_is_recorded(taken_on: Complaint, wang: User) -> None:
    row = record_containment(taken_on, by=wang, action="同批次车辆暂停交付")

    assert (row.is_needed, row.by) == (True, wang)


def test_that_none_is_needed_has_its_reason(taken_on: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="为什么不需要"):
        record_containment(taken_on, by=wang, action="", is_needed=False)

    assert not taken_on.containments.exists()


def test_strangers_add_nothing(taken_on: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        add_evidence(taken_on, by=mallory, description="…")
    with pytest.raises(NotAllowed):
        record_containment(taken_on, by=mallory, action="…")

    assert not taken_on.evidence.exists()
    assert not taken_on.containments.exists()
