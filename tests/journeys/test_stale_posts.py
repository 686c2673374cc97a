"""Posts from a stale page, and posts that come twice: nothing is lost, nothing is done twice."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.journeys.hands import counted
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.process.models import Standard

pytestmark = pytest.mark.django_db

Typed = Callable[..., dict[str, object]]
STALE = {"channel": "phone", "kind": "person", "phone": "13812346021", "words": "变速箱异响，写了很久", "once": "77"}
HTMX = {"HX-Request": "true", "Origin": "http://testserver"}


def test_a_post_from_a_stale_page_is_explained(typed: Typed) -> None:
    strict = Client(enforce_csrf_checks=True)
    before = counted()
    answer = strict.post("/complain/", typed(words="变速箱异响，写了很久"))
    assert answer.status_code in {403, 422}
    assert "变速箱异响，写了很久" in answer.content.decode()
    assert counted() == before


def test_a_doubled_post_at_the_desk_is_one_complaint(desk: Callable[..., Any]) -> None:
    first, second = desk(once="4711"), desk(once="4711")
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Complaint.objects.count() == 1
    assert desk(once="4712")["Location"] != first["Location"]


def fields_of(page: str) -> dict[str, str]:
    """What the form that came back would post."""
    texts = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.S))
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', page)) | texts


def test_what_was_typed_on_a_stale_page_of_the_desk_comes_back_and_can_be_sent(
    alice: User, active_pack: Standard
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    before = counted()
    answer = strict.post("/desk/new/", STALE)
    assert (answer.status_code, counted()) == (403, before)
    again = fields_of(answer.content.decode())
    assert again["words"] == STALE["words"]
    assert strict.post("/desk/new/", again).status_code == 302
    assert Complaint.objects.get().words == STALE["words"]


def test_who_was_signed_out_meanwhile_keeps_what_was_typed(client: Client, alice: User, active_pack: Standard) -> None:
    answer = client.post("/desk/new/", STALE | {"draft_key": "new-complaint"})
    assert answer.status_code == 403
    assert "wenguo_draft_done" not in answer.cookies
    assert "/accounts/login/" in answer.content.decode()
    client.force_login(alice)
    assert client.post("/desk/new/", fields_of(answer.content.decode())).status_code == 302
    assert Complaint.objects.get().words == STALE["words"]


def test_a_stale_step_in_a_dialog_comes_back_as_a_form(alice: User, accepted: Complaint) -> None:
    strict = Client(enforce_csrf_checks=True, headers=HTMX)
    strict.force_login(alice)
    path = f"/desk/complaints/{accepted.reference}/note/"
    answer = strict.post(path, {"text": "已与车主约好周三"})
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, fields_of(page)["text"]) == (403, False, "已与车主约好周三")
    assert strict.post(path, fields_of(page))["HX-Redirect"].startswith("/desk/complaints/")


def test_a_foreign_page_puts_no_words_before_anybody(alice: User, active_pack: Standard) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    answer = strict.post("/desk/new/", STALE, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "写了很久" not in answer.content.decode()


def test_passwords_never_come_back(client: Client, alice: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "alice", "password": "correct horse 9"})
    assert answer.status_code == 403
    assert "correct horse" not in answer.content.decode()
