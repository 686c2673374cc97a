"""The complaint page: the one next step, forbidden ones with their reason, what others may not see."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.actions import add_note
from wenguo.complaints.choices import Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import ROWS
from wenguo.desk.actions import note_presence
from wenguo.desk.queries.steps import main_step, step_url
from wenguo.desk.queries.workspace import viewers, workspace

BEFORE_A_COMPLAINT = {Step.SUBMIT}


@pytest.mark.parametrize("step", [step for step in Step if step not in BEFORE_A_COMPLAINT])
def test_every_step_has_a_page(step: Step) -> None:
    assert step in ROWS
    assert step_url(step, "WG-2611-AAAAA1").startswith("/desk/complaints/WG-2611-AAAAA1/")


def _main(user: User, complaint: Complaint) -> str:
    found = workspace(user, complaint).primary
    return found.step.value if found else ""


def test_the_next_step_follows_the_complaint(submitted: Complaint, alice: User) -> None:
    assert _main(alice, submitted) == "accept"


def test_taking_on_comes_before_assigning_again(dispatched: Complaint, wang: User) -> None:
    assert _main(wang, dispatched) == "take_on"


def test_a_sent_reply_waits_for_its_answer(reply_sent: Complaint, wang: User) -> None:
    assert _main(wang, reply_sent) == "accept_reply"


def test_an_accepted_reply_is_marked_as_handled(reply_accepted: Complaint, wang: User) -> None:
    assert _main(wang, reply_accepted) == "handle"


def test_the_remedy_comes_before_the_call_back(handled: Complaint, wang: User) -> None:
    assert _main(wang, handled) == "perform"


def test_the_call_back_comes_before_the_close(performed: Complaint, called_back: Complaint, alice: User) -> None:
    assert main_step(called_back, ["follow_up", "call_back"]) is Step.CLOSE


def test_a_forbidden_step_says_why(taken_on: Complaint, alice: User) -> None:
    primary = workspace(alice, taken_on).primary
    assert primary is not None
    assert primary.refusal != ""


def test_the_owner_does_not_call_back(performed: Complaint, wang: User) -> None:
    primary = workspace(wang, performed).primary
    assert primary is not None
    assert primary.refusal != ""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_and_its_panels_open(client: Client, performed: Complaint, carol: User, language: str) -> None:
    User.objects.filter(pk=carol.pk).update(language=language)
    client.force_login(User.objects.get(pk=carol.pk))
    assert client.get(reverse("desk:complaint", args=[performed.reference])).status_code == 200
    found = workspace(carol, performed)
    answers = {panel.url: client.get(panel.url).status_code for panel in (*found.left, *found.right)}
    assert set(answers.values()) == {200}, answers
    assert client.get(reverse("desk:case_file", args=[performed.reference])).status_code == 200


def test_a_confidential_complainant_is_hidden_from_the_unit(client: Client, taken_on: Complaint, wang: User) -> None:
    Complaint.objects.filter(pk=taken_on.pk).update(is_confidential=True)
    client.force_login(wang)
    page = client.get(reverse("desk:panel_complainant", args=[taken_on.reference])).content.decode()
    assert "保密投诉" in page
    assert "138" not in page


def test_the_pulse_tells_of_changes_once(client: Client, taken_on: Complaint, carol: User) -> None:
    client.force_login(carol)
    url = f"{reverse('desk:pulse', args=[taken_on.reference])}?v={taken_on.version - 1}"
    first = client.get(url)
    assert json.loads(first.content)["new"] == 1
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_foreign_unit_finds_nothing(client: Client, taken_on: Complaint, mallory: User) -> None:
    client.force_login(mallory)
    assert client.get(reverse("desk:complaint", args=[taken_on.reference])).status_code == 404


def test_the_printed_file_is_masked_like_the_page(client: Client, taken_on: Complaint, wang: User, otto: User) -> None:
    add_note(taken_on, by=wang, text="客户另留电话 13912345678")
    client.force_login(otto)
    page = client.get(reverse("desk:case_file", args=[taken_on.reference])).content.decode()
    assert "客户另留电话" in page
    assert "13912345678" not in page


def test_who_looks_is_noted_once_and_told_to_others(taken_on: Complaint, wang: User, carol: User) -> None:
    for _time in range(2):
        note_presence(taken_on, by=wang)
    assert viewers(carol, taken_on) == [wang]
    assert viewers(wang, taken_on) == []
