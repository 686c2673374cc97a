"""Who calls the API: tokens with scopes, and the browser's session with its CSRF token."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from wenguo.accounts.access import Caller, caller_for
from wenguo.accounts.actions import deactivate_person, make_token, revoke_token
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import ApiToken, User
from wenguo.lib.errors import NotAllowed
from wenguo.lib.now import moved_to, now

ME = "/api/v1/me"


def ask(client: Client, secret: str) -> int:
    return client.get(ME, headers={"authorization": f"Bearer {secret}"}).status_code


def test_a_token_speaks_for_its_owner(client: Client, alice: User) -> None:
    _token, secret = make_token(alice, name="ERP", scopes=[Scope.COMPLAINTS_READ], by=alice)

    answer = client.get(ME, headers={"authorization": f"Bearer {secret}"}).json()

    assert (answer["username"], answer["scopes"]) == ("alice", ["complaints:read"])
    assert answer["roles"] == [{"role": "agent", "unit": "HQ", "unit_name": "海川汽车总部"}]
    assert "take_in" in answer["permissions"]
    assert ApiToken.objects.get().last_used_at is not None


def test_strangers_get_a_problem_in_their_language(client: Client, db: None) -> None:
    answer = client.get(ME, headers={"accept-language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_unknown_revoked_expired_and_orphaned_tokens_look_alike(
    client: Client, ada: User, alice: User, bob: User
) -> None:
    scopes = [Scope.COMPLAINTS_READ]
    revoked, first = make_token(alice, name="a", scopes=scopes, by=alice)
    revoke_token(revoked, by=alice)
    with moved_to(now() - timedelta(days=2)):
        _old, second = make_token(alice, name="b", scopes=scopes, by=alice, expires_at=now() + timedelta(days=1))
    _orphan, third = make_token(bob, name="c", scopes=scopes, by=bob)
    deactivate_person(bob, hand_over_to=alice, by=ada)

    assert [ask(client, secret) for secret in ("wg_none", first, second, third, "")] == [401] * 5


def test_the_session_of_a_browser_may_all_its_person_may(alice: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(alice).get(ME).json()["scopes"] is None


def test_a_token_does_only_what_its_scopes_say(alice: User) -> None:
    caller = Caller(alice, frozenset([Scope.COMPLAINTS_READ.value]))

    assert caller_for(caller, Scope.COMPLAINTS_READ) == alice
    assert caller_for(Caller(alice), Scope.AUDIT_READ) == alice
    with pytest.raises(NotAllowed, match="complaints:write"):
        caller_for(caller, Scope.COMPLAINTS_WRITE)
