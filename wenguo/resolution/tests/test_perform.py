"""The remedy performed with its proof; handled."""

from datetime import timedelta

import pytest

from tests.cast.resolution import in_days
from wenguo.accounts.models import User
from wenguo.complaints.actions.files import add_file
from wenguo.complaints.choices import ClockState, Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.process.choices import Stage
from wenguo.resolution.actions import mark_handled, perform_remedy
from wenguo.resolution.models import Remedy


def test_kept_in_time_with_its_proof(handled: Complaint, wang: User) -> None:
    perform_remedy(handled.remedies.get(), by=wang, done_on=in_days(0), proof="车主已签字")

    output = StageOutput.objects.get(complaint=handled, stage=Stage.FOLLOW_UP)
    assert (output.body["in_time"], output.body["performed"]) == (True, 1)
    assert handled.clocks.get(rule="company.promise").state == ClockState.MET


def test_also_before_the_answer(reply_sent: Complaint, wang: User) -> None:
    perform_remedy(reply_sent.remedies.get(), by=wang, done_on=in_days(0), proof="工单")

    reply_sent.refresh_from_db()
    assert (reply_sent.stage, reply_sent.status) == (Stage.FEED_BACK, Status.OPEN)


def test_late_is_missed(handled: Complaint, wang: User) -> None:
    with moved_to(now() + timedelta(days=8)):
        perform_remedy(handled.remedies.get(), by=wang, done_on=in_days(0), proof="工单")

    assert handled.clocks.get(rule="company.promise").state == ClockState.MISSED


def test_done_on_the_promised_day_is_kept_whenever_it_is_typed_in(handled: Complaint, wang: User) -> None:
    promised_on = handled.remedies.get().promised_on

    with moved_to(now() + timedelta(days=8)):
        perform_remedy(handled.remedies.get(), by=wang, done_on=promised_on, proof="工单")

    assert handled.clocks.get(rule="company.promise").state == ClockState.MET


def test_a_file_is_proof(handled: Complaint, wang: User) -> None:
    file = add_file(handled, by=wang, name="签字工单.txt", content="已签字".encode())

    assert perform_remedy(handled.remedies.get(), by=wang, done_on=in_days(0), proof_file=file).proof_file == file


@pytest.mark.parametrize(
    ("done_on", "proof", "field"),
    [(in_days(1), "工单", "done_on"), (in_days(-400), "工单", "done_on"), (in_days(0), " ", "proof")],
)
def test_what_cannot_be_changes_nothing(
    handled: Complaint, wang: User, done_on: object, proof: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        perform_remedy(handled.remedies.get(), by=wang, done_on=done_on, proof=proof)  # type: ignore[arg-type]

    assert no.value.field == field
    _open(handled)


def test_not_by_strangers(handled: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        perform_remedy(handled.remedies.get(), by=mallory, done_on=in_days(0), proof="工单")

    _open(handled)


def test_done_once(performed: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="已登记完成"):
        perform_remedy(performed.remedies.get(), by=wang, done_on=in_days(0), proof="又一次")


def test_handled_by_the_owner_once_accepted(reply_accepted: Complaint, wang: User) -> None:
    handled = mark_handled(reply_accepted, by=wang)

    assert (handled.stage, handled.status, handled.handled_by) == (Stage.CALL_BACK, Status.HANDLED, wang)
    assert handled.clocks.get(rule="company.whole").state == ClockState.MET
    assert not StageOutput.objects.filter(complaint=handled, stage=Stage.FOLLOW_UP).exists()


def test_not_handled_before_the_answer(reply_sent: Complaint, wang: User) -> None:
    with pytest.raises(Refused):
        mark_handled(reply_sent, by=wang)

    reply_sent.refresh_from_db()
    assert (reply_sent.status, reply_sent.handled_at) == (Status.OPEN, None)


def test_where_nothing_was_promised_follow_up_is_passed_by_rule(reply_accepted: Complaint, wang: User) -> None:
    Remedy.objects.filter(complaint=reply_accepted).delete()

    mark_handled(reply_accepted, by=wang)

    output = StageOutput.objects.get(complaint=reply_accepted, stage=Stage.FOLLOW_UP)
    assert output.passed_by_rule == "nothing_to_perform"


def _open(complaint: Complaint) -> None:
    assert complaint.remedies.get().done_on is None
    assert complaint.clocks.get(rule="company.promise").state == ClockState.RUNNING
