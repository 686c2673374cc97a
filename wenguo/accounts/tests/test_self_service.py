"""Absence, language and zone, tokens: one's own, and an administrator may help."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wenguo.accounts.actions import (
    deactivate_person,
    end_absence,
    make_token,
    note_token_use,
    revoke_token,
    set_absence,
    set_preferences,
)
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import ApiToken, User
from wenguo.accounts.queries import acting_for, token_for
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to

Newest = Callable[[], tuple[str, str, dict[str, object]]]
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def away(person: User, deputy: User, by: User | None = None, days: int = 5) -> User:
    with moved_to(MONDAY):
        return set_absence(person, deputy=deputy, absent_from=MONDAY, absent_until=MONDAY + days * DAY, by=by or person)


def test_while_absent_the_deputy_stands_in(alice: User, bob: User, last_event: Newest) -> None:
    alice = away(alice, bob)

    assert acting_for(alice, MONDAY - DAY) == alice
    assert acting_for(alice, MONDAY) == bob
    assert acting_for(alice, MONDAY + 5 * DAY) == alice
    assert last_event()[0] == "absence.set"


def test_a_deputy_who_is_away_too_is_followed_and_a_circle_ends(alice: User, bob: User, carol: User) -> None:
    away(bob, carol)
    alice = away(alice, bob)
    assert acting_for(alice, MONDAY) == carol

    away(carol, alice)
    assert acting_for(User.objects.get(username="alice"), MONDAY).username == "carol"


def test_whoever_left_is_followed_to_the_successor(ada: User, alice: User, bob: User, carol: User) -> None:
    deactivate_person(bob, hand_over_to=carol, by=ada)
    alice = deactivate_person(alice, hand_over_to=carol, by=ada)

    assert acting_for(alice, MONDAY) == carol


def test_refuses_oneself_the_departed_and_the_past(ada: User, alice: User, bob: User, carol: User) -> None:
    deactivate_person(bob, hand_over_to=carol, by=ada)

    with pytest.raises(Refused) as oneself:
        away(alice, alice)
    with pytest.raises(Refused) as departed:
        away(alice, bob)
    with pytest.raises(Refused) as backwards:
        away(alice, carol, days=0)
    with pytest.raises(Refused) as past:
        set_absence(alice, deputy=carol, absent_from=MONDAY - 9 * DAY, absent_until=MONDAY - 8 * DAY, by=alice)

    fields = [refusal.value.field for refusal in (oneself, departed, backwards, past)]
    assert fields == ["deputy", "deputy", "absent_until", "absent_until"]
    assert User.objects.get(username="alice").deputy is None


def test_a_colleague_cannot_send_one_away_but_an_administrator_can(ada: User, alice: User, bob: User) -> None:
    with pytest.raises(NotAllowed):
        away(alice, bob, by=bob)

    assert away(alice, bob, by=ada).deputy == bob


def test_back_at_work(alice: User, bob: User) -> None:
    back = end_absence(away(alice, bob), by=alice)

    assert (back.absent_from, back.absent_until, back.deputy) == (None, None, bob)


def test_preferences_are_kept_and_audited(alice: User, last_event: Newest) -> None:
    person = set_preferences(alice, language="en", time_zone="Europe/Berlin", by=alice)

    assert str(person.zone) == "Europe/Berlin"
    assert last_event()[2]["changed"] == {
        "language": ["zh-hans", "en"],
        "time_zone": ["Asia/Shanghai", "Europe/Berlin"],
    }


@pytest.mark.parametrize(
    ("language", "zone", "field"), [("fr", "Asia/Tokyo", "language"), ("en", "Mars/1", "time_zone")]
)
def test_refuses_unknown_languages_and_zones(alice: User, language: str, zone: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        set_preferences(alice, language=language, time_zone=zone, by=alice)

    assert refusal.value.field == field
    assert User.objects.get(username="alice").language == "zh-hans"


def test_a_token_is_shown_once_and_found_by_its_hash(alice: User, last_event: Newest) -> None:
    token, secret = make_token(alice, name="ERP", scopes=[Scope.COMPLAINTS_READ], by=alice)

    assert secret.startswith("wg_")
    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values().get())
    assert token_for(secret, MONDAY) == token
    assert last_event()[2] == {"person": "alice", "token": secret[:8], "scopes": ["complaints:read"]}


def test_revoked_expired_and_orphaned_tokens_are_not_found(ada: User, alice: User, bob: User) -> None:
    revoked, first = make_token(alice, name="a", scopes=[Scope.COMPLAINTS_READ], by=alice)
    with moved_to(MONDAY):
        _expired, second = make_token(
            alice, name="b", scopes=[Scope.COMPLAINTS_READ], by=alice, expires_at=MONDAY + DAY
        )
    _orphan, third = make_token(bob, name="c", scopes=[Scope.COMPLAINTS_READ], by=bob)

    revoke_token(revoked, by=alice)
    deactivate_person(bob, hand_over_to=alice, by=ada)

    assert token_for(first, MONDAY) is None
    assert token_for(second, MONDAY) is not None
    assert token_for(second, MONDAY + DAY) is None
    assert token_for(third, MONDAY) is None
    assert token_for("wg_unknown", MONDAY) is None


@pytest.mark.parametrize(
    ("changes", "field"), [({"scopes": []}, "scopes"), ({"scopes": ["all"]}, "scopes"), ({"name": " "}, "name")]
)
def test_refuses_a_token_without_name_or_scope(alice: User, changes: dict[str, object], field: str) -> None:
    wanted: dict[str, Any] = {"name": "ERP", "scopes": [Scope.COMPLAINTS_READ], **changes}

    with pytest.raises(Refused) as refusal:
        make_token(alice, by=alice, **wanted)

    assert refusal.value.field == field
    assert not ApiToken.objects.exists()


def test_dealers_make_no_tokens_and_nobody_for_a_colleague(dan: User, alice: User, bob: User) -> None:
    for person, by in ((dan, dan), (alice, bob)):
        with pytest.raises(NotAllowed):
            make_token(person, name="x", scopes=[Scope.COMPLAINTS_READ], by=by)

    assert not ApiToken.objects.exists()


def test_a_colleague_cannot_revoke(alice: User, bob: User) -> None:
    token, _secret = make_token(alice, name="x", scopes=[Scope.COMPLAINTS_READ], by=alice)

    with pytest.raises(NotAllowed):
        revoke_token(token, by=bob)

    assert ApiToken.objects.get().revoked_at is None


def test_use_is_noted_once_a_minute(alice: User) -> None:
    token, _secret = make_token(alice, name="x", scopes=[Scope.COMPLAINTS_READ], by=alice)
    for seconds in (0, 59, 61):
        with moved_to(MONDAY + timedelta(seconds=seconds)):
            note_token_use(ApiToken.objects.get(pk=token.pk))
            noted = ApiToken.objects.get(pk=token.pk).last_used_at
        assert noted == MONDAY + timedelta(seconds=61 if seconds == 61 else 0)
