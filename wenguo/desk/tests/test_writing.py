"""The composer's forms by role and stage, and what an open page hears of others."""

import json

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.complaints.actions import add_note
from wenguo.complaints.models import Complaint
from wenguo.desk.queries.writing import news_since, writing_tabs


def _keys(user: User, complaint: Complaint) -> tuple[list[str], str]:
    tabs = writing_tabs(user, complaint)
    return [tab.key for tab in tabs], next((tab.key for tab in tabs if tab.is_open), "")


def test_who_handles_may_reply_while_the_note_is_open(taken_on: Complaint, wang: User) -> None:
    assert _keys(wang, taken_on) == (["r", "c", "t", "w"], "c")


def test_the_reply_is_open_when_its_time_has_come(decided: Complaint, wang: User) -> None:
    assert _keys(wang, decided)[1] == "r"


def test_who_takes_calls_does_not_reply(taken_on: Complaint, alice: User) -> None:
    assert "r" not in _keys(alice, taken_on)[0]


def test_who_only_reads_writes_nothing(taken_on: Complaint, otto: User) -> None:
    assert _keys(otto, taken_on) == ([], "")


def test_every_form_of_the_composer_opens(client: Client, taken_on: Complaint, wang: User) -> None:
    client.force_login(wang)
    pages = {tab.url: client.get(tab.url).content.decode() for tab in writing_tabs(wang, taken_on)}
    assert all(f'action="{url}"' in page for url, page in pages.items())


def test_an_open_page_hears_who_did_what(client: Client, taken_on: Complaint, wang: User, carol: User) -> None:
    opened = timezone.now()
    assert news_since(carol, taken_on, opened) == ""
    add_note(taken_on, by=wang, text="已约客户周三到店")
    add_note(taken_on, by=wang, text="备件已到")

    client.force_login(carol)
    asked: dict[str, str | int] = {"v": taken_on.version - 1, "t": opened.isoformat()}
    answer = json.loads(client.get(reverse("desk:pulse", args=[taken_on.reference]), asked).content)

    assert answer["message"] == f"{wang.name}：内部备注，另有 1 处变化 – 点击查看"


def test_a_broken_time_in_the_address_is_ignored(client: Client, taken_on: Complaint, carol: User) -> None:
    client.force_login(carol)
    answer = client.get(reverse("desk:pulse", args=[taken_on.reference]), {"v": "0", "t": "gestern"})
    assert json.loads(answer.content)["message"] == ""
