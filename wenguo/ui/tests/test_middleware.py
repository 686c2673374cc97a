"""What browsers get when an action says no, and after it said yes."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.ui.middleware import SayWhy, after_post

HTMX = {"hx-request": "true"}


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def request(headers: dict[str, str] | None = None, **fields: Any) -> HttpRequest:
    return RequestFactory().post("/x/", fields, headers=headers)


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotAllowed("不是您的部门"), 403), (Changed("已被修改", ["标题"]), 409), (Refused("请先填写原因"), 422)],
)
def test_a_refusal_becomes_a_page_with_its_sentence(error: NotAllowed | Changed | Refused, status: int) -> None:
    answer = SayWhy(page).process_exception(request(), error)

    assert answer is not None
    assert answer.status_code == status
    assert error.sentence in answer.content.decode()


def test_htmx_gets_a_banner_on_top() -> None:
    answer = SayWhy(page).process_exception(request(headers=HTMX), Refused("<b>请先填写原因"))

    assert answer is not None
    assert answer["HX-Retarget"] == "#notices"
    assert "&lt;b&gt;请先填写原因" in answer.content.decode()


def test_other_errors_are_left_alone() -> None:
    assert SayWhy(page).process_exception(request(), ValueError("x")) is None


def test_htmx_is_told_where_to_go() -> None:
    answer = after_post(lambda _: redirect("/done/"))(request(headers=HTMX))

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/done/")


def test_a_browser_is_redirected_as_ever() -> None:
    answer = after_post(lambda _: redirect("/done/"))(request())

    assert (answer.status_code, answer["Location"]) == (302, "/done/")


def test_a_draft_is_done_when_the_post_worked() -> None:
    answer = after_post(lambda _: redirect("/done/"))(request(draft_key="reply-7"))

    assert answer.cookies["wenguo_draft_done"].value == "reply-7"


def test_a_draft_stays_when_the_form_comes_back() -> None:
    answer = after_post(page)(request(draft_key="reply-7"))

    assert "wenguo_draft_done" not in answer.cookies


def test_a_draft_is_done_when_htmx_was_sent_on() -> None:
    answer = after_post(lambda _: redirect("/done/"))(request(headers=HTMX, draft_key="/desk/x/decide/"))

    assert "wenguo_draft_done=%2Fdesk%2Fx%2Fdecide%2F;" in answer.cookies["wenguo_draft_done"].OutputString()


def test_a_draft_stays_when_one_is_asked_to_sign_in() -> None:
    answer = after_post(lambda _: redirect("/accounts/login/?next=/x/"))(request(draft_key="reply-7"))

    assert "wenguo_draft_done" not in answer.cookies
