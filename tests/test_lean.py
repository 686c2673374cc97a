"""Calls with a token: no session, no cookie; the same answers as for everybody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenguo.accounts.actions import make_token
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User

pytestmark = pytest.mark.django_db
Headers = dict[str, str]


@pytest.fixture
def token(alice: User) -> Headers:
    _token, secret = make_token(alice, name="line", scopes=[Scope.COMPLAINTS_READ.value], by=alice)
    return {"Authorization": f"Bearer {secret}"}


def test_reads_token_and_settings_and_nothing_of_sessions(client: Client, token: Headers) -> None:
    client.get("/api/v1/me", headers=token)
    with CaptureQueriesContext(connection) as statements:
        answer = client.get("/api/v1/me", headers=token)
    assert answer.json()["username"] == "alice"
    assert not answer.cookies
    assert not [one["sql"] for one in statements.captured_queries if "session" in one["sql"]]


def test_speaks_the_language_asked_for(client: Client) -> None:
    wrong = {"Authorization": "Bearer wg_nobody"}
    chinese = client.get("/api/v1/me", headers=wrong)
    english = client.get("/api/v1/me", headers={**wrong, "Accept-Language": "en"})
    assert (chinese.status_code, english.status_code) == (401, 401)
    assert (chinese.json()["title"], english.json()["title"]) == ("请先登录", "Sign in first")


def test_a_browsers_session_is_asked_the_long_way(client: Client, alice: User, token: Headers) -> None:
    client.force_login(alice)
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer wg_nobody"}).json()["username"] == "alice"


@pytest.mark.parametrize("address", ["/api/v1/nowhere", "/api/v1/complaints/WG-0000-000000"])
def test_what_is_not_there_is_not_found(client: Client, token: Headers, address: str) -> None:
    assert client.get(address, headers=token).status_code == 404


def test_names_we_do_not_serve_are_refused(client: Client, token: Headers) -> None:
    assert client.get("/api/v1/me", headers={**token, "Host": "elsewhere.example"}).status_code == 400
