"""Calls of the API and addresses of every bad kind: a clear problem, and nothing changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast.complaints import GRAVE
from tests.journeys.hands import BIG, Machine, counted
from wenguo.accounts.actions import Cast
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.process.models import Standard

pytestmark = pytest.mark.django_db

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


def test_the_same_key_for_another_request_is_refused(machine: Callable[..., Machine], alice: User, cast: Cast) -> None:
    hers, key = machine(alice), {"Idempotency-Key": "4711"}
    made = hers.ask("POST", "/complaints", {"words": "变速箱异响"}, **key)
    before = counted()
    other = hers.ask("POST", "/complaints", {"words": "刹车异响"}, **key)
    assert (made.status_code, other.status_code, other["Content-Type"]) == (201, 422, "application/problem+json")
    assert counted() == before


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
