"""Input of every bad kind. What is only unusual is kept and shown as written; what is wrong is said, changes nothing
and keeps what was typed."""

from collections.abc import Callable
from datetime import timedelta
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast.complaints import GRAVE
from tests.journeys.hands import Machine
from wenguo.accounts.actions import Cast
from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import tracking_token
from wenguo.customers.models import Customer
from wenguo.lib.now import now
from wenguo.process.models import Standard

pytestmark = pytest.mark.django_db

Typed = Callable[..., dict[str, object]]
UNUSUAL = {
    "emoji": "变速箱坏了😡👨‍👩‍👧🇨🇳，三次都修不好",
    "right to left": "السيارة لا تعمل ‮abc‬ منذ أسبوع",
    "script": "<script>alert('xss')</script> & <img src=x onerror=alert(1)> \"引号\"",
    "template": "{{ 7*7 }} {% now %} ${x} %(name)s %s",
    "formula": '=HYPERLINK("http://x","y") 三次检修',
    "spaces": "  前面有空格\n\n\t中间有制表符  行尾有空格  ",
    "rare": "𠮷野家的𪚥先生说：ﬁ ́é ẞ İ ı",
    "sql": "'; DROP TABLE complaints_complaint; -- 变速箱",
}
BIG = "长" * (10 * 1024 * 1024 // 3)


def counted() -> tuple[int, int, int]:
    return Complaint.objects.count(), Customer.objects.count(), AuditEntry.objects.count()


@pytest.fixture
def desk(client: Client, alice: User, active_pack: Standard) -> Callable[..., Any]:
    """`desk(words=…)` posts the form for a complaint by hand as alice."""
    client.force_login(alice)

    def posted(**fields: object) -> Any:
        usual = {"channel": "phone", "kind": "person", "phone": "13812346021", "name": "张伟", "words": "变速箱异响"}
        given = {name: value for name, value in {**usual, **fields}.items() if value is not None}
        return client.post("/desk/new/", given)

    return posted


@pytest.mark.parametrize("words", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_words_on_the_portal_are_shown_as_written(client: Client, typed: Typed, words: str) -> None:
    assert client.post("/complain/", typed(words=words)).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.words == words
    page = client.get(f"/track/{tracking_token(complaint)}/").content.decode()
    assert escape(words.strip()) in page.replace("&#39;", "&#x27;")
    assert "<script>alert" not in page


@pytest.mark.parametrize("words", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_words_at_the_desk_are_shown_as_written(client: Client, desk: Callable[..., Any], words: str) -> None:
    assert desk(words=words).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.words == words
    page = client.get(f"/desk/complaints/{complaint.reference}/panel/timeline/").content.decode()
    assert escape(words.strip()) in page.replace("&#39;", "&#x27;")
    assert "<script>alert" not in page + client.get(f"/desk/complaints/{complaint.reference}/").content.decode()


@pytest.mark.parametrize("words", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_words_by_the_api_come_back_as_written(
    machine: Callable[..., Machine], alice: User, active_pack: Standard, words: str
) -> None:
    hers = machine(alice)
    made = hers.post("/complaints", {"words": words})
    assert hers.read(f"/complaints/{made['reference']}")["words"] == words


def wrong_on_the_portal() -> dict[str, dict[str, object]]:
    tomorrow = (timezone.localdate(now()) + timedelta(days=2)).isoformat()
    return {
        "nothing": {"words": ""},
        "10 MB": {"words": BIG},
        "10 MB demand": {"remedy_sought": "换总成 <b>" + BIG},
        "future": {"occurred_on": tomorrow},
        "ancient": {"occurred_on": "0999-01-01"},
        "no date": {"occurred_on": "昨天"},
        "29 February": {"occurred_on": "2025-02-29"},
        "no such kind": {"issue": "'; --"},
        "phone": {"phone": "call me", "email": ""},
        "mail": {"phone": "", "email": "zhang at example"},
        "unreachable": {"phone": "", "email": ""},
        "stale": {"form_token": "forged"},
        "long name": {"name": "名" * 5000},
    }


@pytest.mark.parametrize("kind", wrong_on_the_portal())
def test_wrong_input_on_the_portal_is_said_and_what_was_typed_stays(client: Client, typed: Typed, kind: str) -> None:
    before = counted()
    post = typed(**{"remedy_sought": "换总成 <b>", **wrong_on_the_portal()[kind]})
    answer = client.post("/complain/", post)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="field-error"' in page or "form-errors" in page or "notice" in page
    assert "换总成 &lt;b&gt;" in page
    assert str(post["words"])[:50] in unescape(page)
    assert counted() == before


def wrong_at_the_desk() -> dict[str, dict[str, object]]:
    tomorrow = (timezone.localdate(now()) + timedelta(days=2)).isoformat()
    return {
        "nothing": {"words": ""},
        "null": {"words": "变速\x00箱"},
        "10 MB": {"words": BIG},
        "10 MB demand": {"apparent_demand": BIG},
        "future": {"occurred_on": tomorrow},
        "ancient": {"occurred_on": "0999-01-01"},
        "received in future": {"received_at": f"{tomorrow}T10:00"},
        "received long ago": {"received_at": "0999-01-01T10:00"},
        "no moment": {"received_at": "gestern"},
        "no channel": {"channel": "telepathy"},
        "customer": {"customer": "99999999999999999999999"},
        "unknown customer": {"customer": "987654"},
        "product": {"product": "abc"},
        "mail": {"email": "zhang at example"},
        "phone": {"phone": "call me"},
    }


@pytest.mark.parametrize("kind", wrong_at_the_desk())
def test_wrong_input_at_the_desk_is_said_and_what_was_typed_stays(desk: Callable[..., Any], kind: str) -> None:
    before = counted()
    answer = desk(**{"remedy_sought": "换总成 <b>", **wrong_at_the_desk()[kind]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in page or "notice" in page
    assert "换总成 &lt;b&gt;" in page
    assert counted() == before


BAD_BODIES: dict[str, Any] = {
    "no words": {},
    "a number": {"words": 7},
    "a list": {"words": ["变速箱"]},
    "blank": {"words": "   "},
    "null": {"words": "变速\x00箱"},
    "10 MB": {"words": BIG},
    "no json": b"{words: x}",
    "broken UTF-8": b'{"words": "\xff\xfe\x80"}',
    "half a character": b'{"words": "\\ud800"}',
    "a text": b'"words"',
    "empty": b"",
    "future": {"words": "变速箱", "received_at": "2999-01-01T00:00:00Z"},
    "ancient": {"words": "变速箱", "received_at": "0999-01-01T00:00:00Z"},
    "future day": {"words": "变速箱", "occurred_on": "2999-01-01"},
    "no channel": {"words": "变速箱", "channel": "telepathy"},
    "no unit": {"words": "变速箱", "respondent_unit": "MOON"},
    "phone": {"words": "变速箱", "customer": {"phone": "call me"}},
    "mail": {"words": "变速箱", "customer": {"email": "zhang at example"}},
    "deep": b'{"words": "x", "facts": ' + b'{"a":' * 3000 + b"1" + b"}" * 3000 + b"}",
}


@pytest.mark.parametrize("kind", BAD_BODIES)
def test_a_bad_body_is_a_problem_and_changes_nothing(
    machine: Callable[..., Machine], alice: User, active_pack: Standard, kind: str
) -> None:
    hers = machine(alice)
    before = counted()
    answer = hers.ask("POST", "/complaints", BAD_BODIES[kind])
    assert answer.status_code in {400, 413, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"]
    assert counted() == before


def uploads() -> dict[str, tuple[str, bytes]]:
    return {
        "program as picture": ("foto.jpg", b"MZ" + b"\x00" * 400),
        "page as picture": ("foto.png", b"<html><script>alert(1)</script></html>"),
        "picture as pdf": ("letter.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        "svg": ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        "empty": ("foto.jpg", b""),
        "too large": ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * (20 * 1024 * 1024 + 1)),
        "script": ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
    }


@pytest.mark.parametrize("kind", uploads())
def test_a_bad_file_is_refused_by_name_and_the_words_stay(client: Client, typed: Typed, kind: str) -> None:
    before = counted()
    name, content = uploads()[kind]
    answer = client.post("/complain/", typed(attachments=SimpleUploadedFile(name, content), words="变速箱异响<i>"))
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert "变速箱异响&lt;i&gt;" in answer.content.decode()
    assert counted() == before


@pytest.mark.parametrize("kind", uploads())
def test_a_bad_file_at_the_desk_is_refused_and_the_words_stay(desk: Callable[..., Any], kind: str) -> None:
    before = counted()
    name, content = uploads()[kind]
    answer = desk(attachments=SimpleUploadedFile(name, content), words="变速箱异响<i>")
    assert answer.status_code == 422
    assert "变速箱异响&lt;i&gt;" in answer.content.decode()
    assert counted() == before


def test_a_file_with_a_path_for_a_name_is_kept_under_a_plain_name(client: Client, typed: Typed) -> None:
    file = SimpleUploadedFile("x.txt", "三次检修记录".encode())
    file.name = "../../etc/‮passwd<b>.txt"
    assert client.post("/complain/", typed(attachments=file)).status_code == 302
    name = Complaint.objects.get().attachments.get().name
    assert "/" not in name
    assert ".." not in name


def test_a_post_from_a_stale_page_is_explained(typed: Typed) -> None:
    strict = Client(enforce_csrf_checks=True)
    before = counted()
    answer = strict.post("/complain/", typed(words="变速箱异响，写了很久"))
    assert answer.status_code in {403, 422}
    assert "变速箱异响，写了很久" in answer.content.decode()
    assert counted() == before


def test_controls_in_the_words_are_marked_on_the_portal(client: Client, typed: Typed) -> None:
    """No database keeps a null byte; a paste from another program is no reason to turn somebody away."""
    assert client.post("/complain/", typed(words="变速\x00箱\x1b异响")).status_code == 302
    assert Complaint.objects.get().words == "变速\ufffd箱\ufffd异响"


def test_a_post_from_a_stale_page_of_the_desk_changes_nothing(alice: User, active_pack: Standard) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    before = counted()
    answer = strict.post("/desk/new/", {"channel": "phone", "words": "变速箱异响，写了很久"})
    assert answer.status_code == 403
    assert counted() == before


def test_a_doubled_post_at_the_desk_is_one_complaint(desk: Callable[..., Any]) -> None:
    first, second = desk(once="4711"), desk(once="4711")
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Complaint.objects.count() == 1
    assert desk(once="4712")["Location"] != first["Location"]


def test_the_same_key_for_another_request_is_refused(machine: Callable[..., Machine], alice: User, cast: Cast) -> None:
    hers, key = machine(alice), {"Idempotency-Key": "4711"}
    made = hers.ask("POST", "/complaints", {"words": "变速箱异响"}, **key)
    before = counted()
    other = hers.ask("POST", "/complaints", {"words": "刹车异响"}, **key)
    assert (made.status_code, other.status_code, other["Content-Type"]) == (201, 422, "application/problem+json")
    assert counted() == before


@pytest.mark.parametrize("place", ["portal", "desk"])
def test_broken_gbk_in_a_form_is_no_error(client: Client, typed: Typed, alice: User, place: str) -> None:
    """What a browser of another encoding sends: kept with replacements, or refused, never half."""
    client.force_login(alice)
    fields = typed() if place == "portal" else {"channel": "phone", "kind": "person", "phone": "13812346021"}
    body = urlencode({**fields, "words": "变速箱异响".encode("gbk")})
    path = "/complain/" if place == "portal" else "/desk/new/"
    answer = client.post(path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {302, 422}
    assert all("\ufffd" in one.words for one in Complaint.objects.all())


def test_broken_utf8_in_a_form_is_shown_as_a_replacement(client: Client, typed: Typed) -> None:
    body = b"&".join(
        f"{name}=".encode() + (b"%E5%8F%98%FF%FE" if name == "words" else str(value).encode().replace(b" ", b"+"))
        for name, value in typed().items()
    )
    answer = client.post("/complain/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {302, 422}
    assert [one.words for one in Complaint.objects.all()] in ([], ["变��"])


STEP_BODIES: dict[str, tuple[str, Any]] = {
    "score too high": ("set_importance", {**GRAVE, "severity": 9}),
    "score a text": ("set_importance", {**GRAVE, "severity": "high"}),
    "huge": ("set_importance", {**GRAVE, "severity": 10**30}),
    "null in note": ("notes", {"text": "\x00"}),
    "version of another world": ("set_importance", {**GRAVE, "version": 10**30}),
    "no such step now": ("close", {}),
}


@pytest.mark.parametrize("kind", STEP_BODIES)
def test_a_bad_step_is_a_problem_and_changes_nothing(
    machine: Callable[..., Machine], dora: User, classified: Complaint, kind: str
) -> None:
    verb, body = STEP_BODIES[kind]
    hers, before = machine(dora), counted()
    answer = hers.ask("POST", f"/complaints/{classified.reference}/{verb}", body)
    assert answer.status_code in {400, 403, 409, 422}
    assert answer["Content-Type"] == "application/problem+json"
    assert counted() == before


@pytest.mark.parametrize("query", ["sort=x", "cursor=%00%ff", "size=-1", "size=10000000000", "stage=%00", "unit=x"])
def test_a_strange_address_is_answered(client: Client, alice: User, submitted: Complaint, query: str) -> None:
    client.force_login(alice)
    assert client.get(f"/desk/complaints/?{query.replace('cursor', 'page')}").status_code in {200, 400, 422}
    assert client.get(f"/api/v1/complaints?{query}").status_code in {200, 400, 422}
