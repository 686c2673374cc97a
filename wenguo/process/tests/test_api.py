"""The process for machines: reading, with a scope, errors as problem+json."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from wenguo.accounts.actions import make_token
from wenguo.accounts.models import User
from wenguo.process.models import Standard

Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client, alice: User, standard: Standard) -> Ask:
    """`ask("/standard")` as alice, with a token that may read complaints."""
    _token, secret = make_token(alice, name="test", scopes=["complaints:read"], by=alice)

    def get(path: str, **query: str | int) -> Any:
        headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        return client.get(f"/api/v1/process{path}", query, headers=headers)

    return get


def test_the_standard_in_force(ask: Ask) -> None:
    said = ask("/standard").json()
    assert (said["version"], said["whole"]["complex"], len(said["stages"])) == (1, 15, 14)
    cause = said["stages"][7]
    assert (cause["stage"], cause["limits"]) == (
        "cause",
        {"ordinary": 3, "major": 4, "complex": 9, "unit": "working_day", "from_receipt": False},
    )


def test_calendars_and_their_days(ask: Ask) -> None:
    assert [row["code"] for row in ask("/calendars").json()] == ["office", "duty", "uk"]
    days = ask("/calendars/office/days", year=2026).json()
    assert {"day": "2026-02-28", "kind": "makeup", "name": "Spring Festival"} in days
    assert ask("/calendars/office/days", year=99999).json() == []


def test_a_due_date_with_its_reasons(ask: Ask) -> None:
    said = ask("/calendars/office/due", start="2026-02-12T02:00:00Z", limit=7, unit="working_day").json()
    assert (said["due_at"], said["is_provisional"]) == ("2026-02-28T15:59:59+00:00", False)
    assert any("Spring Festival" in sentence for sentence in said["why"])


def test_a_start_without_a_zone_is_local(ask: Ask) -> None:
    said = ask("/calendars/office/due", start="2026-02-12T23:00:00", limit=1, unit="calendar_day").json()
    assert said["due_at"] == "2026-02-13T15:59:59+00:00"


@pytest.mark.parametrize(
    "query",
    [
        {"limit": -1, "unit": "hour"},
        {"limit": 10**9, "unit": "hour"},
        {"limit": 7, "unit": "moon"},
        {"limit": "many", "unit": "hour"},
        {"limit": 7, "unit": "week", "start": "0001-01-01T00:00:00"},
        {"limit": 7, "unit": "week", "start": "9999-12-31T00:00:00"},
    ],
)
def test_a_wrong_question_is_a_problem(ask: Ask, query: dict[str, str | int]) -> None:
    answer = ask("/calendars/office/due", **query)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_a_tree_with_parents_first(ask: Ask) -> None:
    rows = ask("/trees/issue").json()
    seen: set[str] = set()
    for row in rows:
        assert row["parent"] is None or row["parent"] in seen
        seen.add(row["code"])
    assert rows[0]["extra"] == {"letter": "A"}


@pytest.mark.parametrize("path", ["/trees/animals", "/calendars/moon/days?year=2026"])
def test_what_is_not_there(ask: Ask, path: str) -> None:
    assert ask(path).status_code in (404, 422)


def test_a_stranger_and_a_token_without_the_scope(client: Client, alice: User, standard: Standard) -> None:
    assert client.get("/api/v1/process/standard").status_code == 401
    _token, secret = make_token(alice, name="other", scopes=["customers:read"], by=alice)
    answer = client.get("/api/v1/process/standard", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
