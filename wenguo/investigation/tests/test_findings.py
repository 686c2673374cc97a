"""Allegations and what was found about each."""

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import add_allegation, decide_finding, edit_allegation
from wenguo.investigation.choices import Finding
from wenguo.investigation.models import Allegation
from wenguo.lib.errors import NotAllowed, Refused


@pytest.fixture
def allegation(taken_on: Complaint, wang: User) -> Allegation:
    return add_allegation(taken_on, by=wang, text="三次检修没有查出异响")


def test_allegations_are_numbered(taken_on: Complaint, allegation: Allegation, wang: User) -> None:
    second = add_allegation(taken_on, by=wang, text="报价前后不一")

    assert (allegation.position, second.position) == (1, 2)
    assert second.finding == Finding.PENDING


def test_a_finding_has_its_reasoning(allegation: Allegation, wang: User) -> None:
    decided = decide_finding(allegation, by=wang, finding=Finding.PARTLY, reasoning="第三次检修有记录")

    assert (decided.finding, decided.decided_by) == (Finding.PARTLY, wang)
    entry = AuditEntry.objects.get(chain=allegation.complaint.audit_chain, event="finding_decided")
    assert entry.body == {"allegation": 1, "finding": "partly"}


@pytest.mark.parametrize(
    ("finding", "reasoning", "field"),
    [("pending", "…", "finding"), ("true", "…", "finding"), ("partly", " ", "reasoning")],
)
def test_what_is_no_finding_changes_nothing(
    allegation: Allegation, wang: User, finding: str, reasoning: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        decide_finding(allegation, by=wang, finding=finding, reasoning=reasoning)

    assert no.value.field == field
    allegation.refresh_from_db()
    assert allegation.finding == Finding.PENDING


def test_other_words_open_the_finding_again(allegation: Allegation, wang: User) -> None:
    decide_finding(allegation, by=wang, finding=Finding.PARTLY, reasoning="…")

    edited = edit_allegation(allegation, by=wang, text="四次检修没有查出异响")

    assert (edited.finding, edited.decided_by) == (Finding.PENDING, None)


def test_an_empty_allegation_is_refused(taken_on: Complaint, wang: User) -> None:
    with pytest.raises(Refused):
        add_allegation(taken_on, by=wang, text="  ")

    assert not taken_on.allegations.exists()


def test_only_at_the_stage_of_cause_analysis(cause_found: Complaint, wang: User) -> None:
    with pytest.raises(Refused, match="原因分析阶段"):
        add_allegation(cause_found, by=wang, text="还有一点")

    assert cause_found.allegations.count() == 1


def test_strangers_find_nothing(taken_on: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        add_allegation(taken_on, by=mallory, text="…")

    assert not taken_on.allegations.exists()
