"""Questions to the lake: answered by the worker's child, in the asker's scope, one's own only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.complaints.models import Complaint
from wenguo.insights.actions import ask_lake, cancel_question
from wenguo.insights.actions.answer import answer_questions
from wenguo.insights.actions.fold import fold
from wenguo.insights.choices import SourceFilter
from wenguo.insights.models import AdHocQuery
from wenguo.insights.models.asked import AskedState
from wenguo.insights.queries import rollups
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import Days
from wenguo.insights.rules.questions import Question
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now

pytestmark = pytest.mark.usefixtures("lake")


def question(*by: str, metric: str = "received", **narrowed: str) -> Question:
    today = house_today()
    return Question(metric, today - timedelta(days=30), today, SourceFilter.LIVE, narrowed, by)


def answered(asked: AdHocQuery) -> AdHocQuery:
    answer_questions()
    asked.refresh_from_db()
    assert asked.state == AskedState.DONE, asked.error
    return asked


def test_the_answer_is_what_the_sums_say(closed: Complaint, another: Complaint, mei: User) -> None:
    fold()
    asked = answered(ask_lake(question("issue", "unit"), by=mei))
    assert asked.columns == ["issue", "unit", "met", "failed", "left_out", "total"]
    today = house_today()
    whole = rollups.total("received", Slice(mei, Days(today - timedelta(days=30), today)))
    assert sum(row[2] for row in asked.rows) == whole.met == 2
    assert asked.progress == 100


def test_a_branch_hears_of_its_own_only(closed: Complaint, mallory: User, guangzhou: Unit, workshop: Unit) -> None:
    fold()
    Membership.objects.create(user=mallory, unit=guangzhou, role=Role.MANAGER)
    assert answered(ask_lake(question("unit"), by=mallory)).rows == []


def test_what_is_about_the_asker_is_left_out(closed: Complaint, mei: User, otto: User) -> None:
    Complaint.objects.filter(pk=closed.pk).update(respondent_user=otto)
    fold()
    assert answered(ask_lake(question("unit"), by=otto)).rows == []
    assert len(answered(ask_lake(question("unit"), by=mei)).rows) == 1


def test_narrowed_to_a_tree_takes_what_is_below(closed: Complaint, mei: User) -> None:
    fold()
    assert closed.issue is not None
    top = "/" + closed.issue.path.split("/")[1] + "/"
    assert len(answered(ask_lake(question("month", issue=top), by=mei)).rows) == 1
    assert answered(ask_lake(question("month", issue="/nothing/"), by=mei)).rows == []


def test_a_question_without_sense_is_refused(mei: User, alice: User) -> None:
    for wrong in (question("words"), question(metric="x"), question("day", "day"), question("day", password="x")):
        with pytest.raises(Refused):
            ask_lake(wrong, by=mei)
    with pytest.raises(NotAllowed):
        ask_lake(question("unit"), by=alice)
    assert not AdHocQuery.objects.exists()


def test_three_wait_at_most_and_one_may_be_cancelled(mei: User) -> None:
    asked = [ask_lake(question("unit"), by=mei) for _n in range(3)]
    with pytest.raises(Refused, match="取消"):
        ask_lake(question("unit"), by=mei)
    assert cancel_question(asked[0], by=mei)
    ask_lake(question("unit"), by=mei)
    answer_questions()
    asked[0].refresh_from_db()
    assert asked[0].state == AskedState.CANCELLED


def test_one_whose_child_died_is_answered_by_the_next(closed: Complaint, mei: User) -> None:
    fold()
    asked = ask_lake(question("unit"), by=mei)
    long_ago = now() - timedelta(minutes=20)
    AdHocQuery.objects.filter(pk=asked.pk).update(state=AskedState.WORKING, started_at=long_ago)
    assert len(answered(asked).rows) == 1


def test_the_page_asks_waits_and_shows(client: Client, closed: Complaint, mei: User, otto: User) -> None:
    fold()
    client.force_login(mei)
    today = house_today()
    typed = {"metric": "received", "since": f"{today - timedelta(days=9)}", "until": f"{today}", "source": "live",
             "by_1": "unit", "by_2": "month"}  # fmt: skip
    sent = client.post(reverse("insights:questions"), typed)
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "hx-get" in page
    answer_questions()
    page = client.get(sent["Location"]).content.decode()
    assert "hx-get" not in page
    assert closed.lead_unit is not None
    assert closed.lead_unit.name in page
    assert client.post(reverse("insights:questions"), typed | {"until": "2000-01-01"}).status_code == 422
    client.force_login(otto)
    assert client.get(sent["Location"]).status_code == 404
