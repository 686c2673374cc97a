"""The gallery is drawn whole, in both languages, for staff only."""

from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "组件库"), ("en", "Gallery")])
def test_every_component_is_drawn_in_both_languages(client: Client, alice: Any, language: str, words: str) -> None:
    client.force_login(alice)
    alice.language = language
    alice.save()

    page = client.get("/gallery/", headers={"accept-language": language}).content.decode()

    assert f"<h1>{words}</h1>" in page
    assert "<script>alert" not in page
    assert " style=" not in page


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/gallery/")

    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_theme_is_kept_and_the_visitor_returns(client: Client, db: None) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/somewhere/?a=1"})

    assert answer["Location"] == "/somewhere/?a=1"
    assert answer.cookies["wenguo_theme"].value == "dark"


def test_a_theme_nobody_drew_is_not_kept(client: Client, db: None) -> None:
    answer = client.post("/theme/", {"theme": "<b>", "next": "/"})

    assert "wenguo_theme" not in answer.cookies


def test_nobody_is_sent_to_another_site(client: Client, db: None) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})

    assert answer["Location"] == "/"


def test_the_language_is_kept(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/"})

    assert answer.cookies["django_language"].value == "en"
