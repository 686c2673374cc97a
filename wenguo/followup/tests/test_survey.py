"""A survey by link: once, within its time, and what it stands for."""

from datetime import timedelta

import pytest

from wenguo.complaints.models import Complaint, StageOutput
from wenguo.followup.actions import answer_survey, send_survey
from wenguo.followup.actions.call_back import Answer
from wenguo.followup.jobs import run_send_surveys
from wenguo.followup.models import Survey
from wenguo.followup.queries import survey_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import moved_to, now
from wenguo.process.choices import Stage


@pytest.fixture
def survey(performed: Complaint) -> Survey:
    found = survey_of(send_survey(performed))
    assert found is not None
    return found


def test_an_answer_stands_for_the_call_back_of_an_ordinary_complaint(survey: Survey) -> None:
    complaint = answer_survey(survey, Answer(handling=4, result=4, product=5))
    assert complaint.satisfaction == 4
    assert StageOutput.objects.filter(complaint=complaint, stage=Stage.CALL_BACK).count() == 1


def test_a_low_score_does_not(survey: Survey) -> None:
    complaint = answer_survey(survey, Answer(handling=1))
    assert complaint.satisfaction == 1
    assert not StageOutput.objects.filter(complaint=complaint, stage=Stage.CALL_BACK).exists()


def test_it_is_answered_once(survey: Survey) -> None:
    answer_survey(survey, Answer(handling=4))
    with pytest.raises(Refused, match="答过"):
        answer_survey(survey, Answer(handling=1))
    survey.refresh_from_db()
    assert survey.handling == 4


def test_it_ends(survey: Survey) -> None:
    with moved_to(now() + timedelta(days=31)), pytest.raises(Refused, match="截止"):
        answer_survey(survey, Answer(handling=4))
    survey.refresh_from_db()
    assert survey.answered_at is None


def test_an_unknown_link_leads_nowhere(survey: Survey) -> None:
    assert survey_of("something else") is None


def test_the_job_sends_one_per_complaint_and_round(performed: Complaint) -> None:
    assert run_send_surveys() == 1
    assert run_send_surveys() == 0
    assert Survey.objects.filter(complaint=performed, round=1).count() == 1
