"""Stages 1 to 6, one after the other."""

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.actions import Submission, accept_complaint, record_review, submit_complaint
from wenguo.complaints.choices import ClockState, Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.lib.errors import Refused
from wenguo.lib.refs import parse_reference
from wenguo.outbox.models import OutboundMessage
from wenguo.process.choices import Importance, Stage


def test_a_complaint_gets_a_reference_clocks_and_a_receipt(submitted: Complaint, alice: User) -> None:
    assert parse_reference(submitted.reference) == submitted.reference
    assert (submitted.stage, submitted.status, submitted.version) == (Stage.ACCEPT, Status.OPEN, 1)
    assert set(submitted.clocks.values_list("rule", flat=True)) == {"company.ack", "company.whole"}
    assert submitted.next_due_at == submitted.clocks.get(rule="company.ack").due_at
    assert submitted.promised_at == submitted.clocks.get(rule="company.whole").due_at
    message = OutboundMessage.objects.get(about=submitted.audit_chain)
    assert (message.kind, message.to_address) == ("received", "zhang.wei@example.com")


def test_accepting_stops_the_acknowledgement(accepted: Complaint) -> None:
    assert accepted.stage == Stage.VALIDITY
    assert accepted.clocks.get(rule="company.ack").state == ClockState.MET
    assert accepted.clocks.get(rule="company.stage.validity").state == ClockState.RUNNING


def test_an_ordinary_complaint_passes_the_review_by_its_rule(weighed: Complaint) -> None:
    assert (weighed.stage, weighed.importance) == (Stage.ASSIGN, Importance.ORDINARY)
    assert StageOutput.objects.get(complaint=weighed, stage=Stage.REVIEW).passed_by_rule


def test_a_major_complaint_is_reviewed_by_two(major: Complaint, dora: User) -> None:
    assert major.stage == Stage.REVIEW
    with pytest.raises(Refused) as no:
        record_review(major, by=dora, decision="x", minutes="y", present=[])
    assert no.value.field == "present"


def test_only_the_review_group_counts(major: Complaint, dora: User, alice: User, wang: User) -> None:
    with pytest.raises(Refused):
        record_review(major, by=dora, decision="x", minutes="y", present=[alice, wang])


def test_a_reviewed_complaint_goes_to_assigning(reviewed: Complaint) -> None:
    assert reviewed.stage == Stage.ASSIGN
    events = AuditEntry.objects.filter(chain=reviewed.audit_chain).order_by("seq").values_list("event", flat=True)
    assert list(events) == ["submit", "accept", "judge_valid", "classify", "set_importance", "record_review"]


def test_a_step_is_not_taken_twice(accepted: Complaint, alice: User) -> None:
    with pytest.raises(Refused):
        accept_complaint(accepted, by=alice)
    accepted.refresh_from_db()
    assert accepted.version == 2


def test_the_portal_submits_without_an_account(submission: Submission) -> None:
    complaint = submit_complaint(submission)
    assert complaint.recorded_by is None
    assert AuditEntry.objects.get(chain=complaint.audit_chain).actor == "complainant"
