"""Words and fields of every bad kind in the two forms. What is only unusual is kept and shown as written; what is wrong
is said, changes nothing and keeps what was typed."""

from collections.abc import Callable
from datetime import timedelta
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tests.journeys.hands import BIG, Machine, counted
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import tracking_token
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


def test_controls_in_the_words_are_marked_on_the_portal(client: Client, typed: Typed) -> None:
    """No database keeps a null byte; a paste from another program is no reason to turn somebody away."""
    assert client.post("/complain/", typed(words="变速\x00箱\x1b异响")).status_code == 302
    assert Complaint.objects.get().words == "变速\ufffd箱\ufffd异响"


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
