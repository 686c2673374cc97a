"""Inviting, changing, roles, leaving: what is written, and that a refusal changes nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from wenguo.accounts.access import can, grants_of
from wenguo.accounts.actions import (
    accept_invitation,
    change_person,
    deactivate_person,
    grant_role,
    invite_again,
    invite_person,
    make_token,
    reactivate_person,
    revoke_role,
    set_absence,
)
from wenguo.accounts.choices import Permission, Role, Scope
from wenguo.accounts.models import ApiToken, Invitation, Membership, Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.lib.actors import COMPLAINANT, Actor
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import OutboundMessage

Newest = Callable[[], tuple[str, str, dict[str, object]]]
GOOD = "correct horse 9"


def invite(by: Actor, unit: Unit, **changes: Any) -> User:
    wanted: dict[str, Any] = {"username": "Li.Na", "name": "李娜", "email": "Li.Na@haichuan.example", "unit": unit}
    return invite_person(by=by, **{**wanted, **changes})


def token_in_mail() -> str:
    found = re.search(r"/accounts/invitation/([^/]+)/", OutboundMessage.objects.latest("pk").body)
    assert found
    return found[1]


def rows() -> tuple[int, ...]:
    models = (User, Membership, Invitation, OutboundMessage, AuditEntry)
    return tuple(model.objects.count() for model in models)


def test_an_invitation_leaves_mail_and_no_password(ada: User, parts: Unit, last_event: Newest) -> None:
    person = invite(ada, parts, roles=[(Role.UNIT_HANDLER, parts)])

    mail = OutboundMessage.objects.latest("pk")
    assert (person.username, person.email) == ("li.na", "li.na@haichuan.example")
    assert not person.has_usable_password()
    assert can(person, Permission.HANDLE)
    assert (mail.to_address, mail.kind, mail.about) == ("li.na@haichuan.example", "invitation", f"user:{person.pk}")
    assert last_event() == ("person.invited", "ada", {"person": "li.na", "unit": "PARTS"})


def test_the_token_is_stored_hashed(ada: User, parts: Unit) -> None:
    person = invite(ada, parts)

    assert token_in_mail() not in person.invitation.token_hash


def test_mail_speaks_the_invited_ones_language(ada: User, parts: Unit) -> None:
    invite(ada, parts, language="en")

    assert OutboundMessage.objects.latest("pk").subject == "Your access to wenguo"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "ALICE"}, "username"),
        ({"username": "li na"}, "username"),
        ({"username": "li@na"}, "username"),
        ({"username": ""}, "username"),
        ({"name": "  "}, "name"),
        ({"email": "Alice@Haichuan.example"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"roles": [("king", None)]}, "role"),
    ],
)
def test_refuses_an_unclear_person(ada: User, alice: User, parts: Unit, changes: dict[str, object], field: str) -> None:
    before = rows()
    if "roles" in changes:
        changes = {"roles": [("king", parts)]}

    with pytest.raises(Refused) as refusal:
        invite(ada, parts, **changes)

    assert refusal.value.field == field
    assert rows() == before


@pytest.mark.parametrize("who", ["alice", "carol", "mei", "otto"])
def test_only_administrators_invite(who: str, cast: object, parts: Unit) -> None:
    before = rows()

    with pytest.raises(NotAllowed):
        invite(User.objects.get(username=who), parts)

    assert rows() == before


def test_whoever_is_not_a_person_may_nothing(parts: Unit) -> None:
    with pytest.raises(NotAllowed):
        invite(COMPLAINANT, parts)


def test_accepting_sets_the_password_once(ada: User, parts: Unit, last_event: Newest) -> None:
    invite(ada, parts)
    token = token_in_mail()

    person = accept_invitation(token, password=GOOD)

    assert person.check_password(GOOD)
    assert last_event()[:2] == ("person.accepted", "li.na")
    with pytest.raises(Refused):
        accept_invitation(token, password="another horse 8")
    person.refresh_from_db()
    assert person.check_password(GOOD)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "li.na haichuan"])
def test_refuses_a_weak_password(ada: User, parts: Unit, weak: str) -> None:
    person = invite(ada, parts)

    with pytest.raises(Refused) as refusal:
        accept_invitation(token_in_mail(), password="li.na@haichuan.example" if weak.startswith("li") else weak)

    person.refresh_from_db()
    assert refusal.value.field == "password"
    assert not person.has_usable_password()


def test_an_invitation_ends_after_seven_days(ada: User, parts: Unit) -> None:
    invite(ada, parts)

    with moved_to(now() + timedelta(days=7, seconds=1)), pytest.raises(Refused):
        accept_invitation(token_in_mail(), password=GOOD)


def test_a_second_invitation_replaces_the_first(ada: User, parts: Unit) -> None:
    person = invite(ada, parts)
    first = token_in_mail()
    invite_again(person, by=ada)

    with pytest.raises(Refused):
        accept_invitation(first, password=GOOD)
    assert accept_invitation(token_in_mail(), password=GOOD) == person


def test_no_second_invitation_for_whoever_signs_in(ada: User, alice: User) -> None:
    with pytest.raises(Refused):
        invite_again(alice, by=ada)


def test_changing_a_person_keeps_before_and_after(ada: User, alice: User, parts: Unit, last_event: Newest) -> None:
    change_person(alice, name="林小晓", email=alice.email, unit=parts, by=ada)

    event, actor, body = last_event()
    assert (event, actor) == ("person.changed", "ada")
    assert body["changed"] == {"name": ["林晓", "林小晓"], "unit": ["SERVICE", "PARTS"]}


def test_a_role_holds_in_the_subtree_only(ada: User, alice: User, bob: User, east: Unit, qingdao: Unit) -> None:
    for row in list(bob.memberships.all()):
        revoke_role(bob, row.role, row.unit, by=ada)
    grant_role(bob, Role.MANAGER, east, by=ada)

    assert grants_of(bob).covers(Permission.VIEW, qingdao.path)
    assert not grants_of(bob).everywhere(Permission.VIEW)


def test_a_role_is_given_once(ada: User, bob: User, east: Unit) -> None:
    grant_role(bob, Role.MANAGER, east, by=ada)
    before = rows()
    grant_role(bob, Role.MANAGER, east, by=ada)

    assert rows() == before


def test_a_region_does_not_administer_head_office(
    ada: User, bob: User, alice: User, east: Unit, qingdao: Unit, dan: User
) -> None:
    for row in list(bob.memberships.all()):
        revoke_role(bob, row.role, row.unit, by=ada)
    grant_role(bob, Role.ADMINISTRATOR, east, by=ada)

    grant_role(dan, Role.UNIT_HANDLER, qingdao, by=bob)
    with pytest.raises(NotAllowed):
        grant_role(alice, Role.MANAGER, east, by=bob)
    with pytest.raises(NotAllowed):
        deactivate_person(alice, hand_over_to=bob, by=bob)
    assert User.objects.get(username="alice").is_active


def test_the_last_administrator_stays(ada: User, alice: User, head_office: Unit) -> None:
    before = rows()

    with pytest.raises(Refused):
        revoke_role(ada, Role.ADMINISTRATOR, head_office, by=ada)
    with pytest.raises(Refused):
        deactivate_person(ada, hand_over_to=alice, by=ada)

    assert rows() == before
    assert User.objects.get(username="ada").is_active
    assert can(User.objects.get(username="ada"), Permission.PEOPLE)


def test_with_a_second_administrator_the_first_may_go(ada: User, alice: User, head_office: Unit) -> None:
    grant_role(alice, Role.ADMINISTRATOR, head_office, by=ada)
    deactivate_person(ada, hand_over_to=alice, by=alice)

    assert not User.objects.get(username="ada").is_active


def test_leaving_hands_over_and_locks_out(ada: User, alice: User, bob: User, carol: User, last_event: Newest) -> None:
    make_token(bob, name="ERP", scopes=[Scope.COMPLAINTS_READ], by=bob)
    set_absence(carol, deputy=bob, absent_from=now(), absent_until=now() + timedelta(days=2), by=carol)

    deactivate_person(bob, hand_over_to=alice, by=ada)

    bob = User.objects.get(username="bob")
    assert (bob.is_active, bob.handed_over_to) == (False, alice)
    assert ApiToken.objects.get(user=bob).revoked_at is not None
    assert User.objects.get(username="carol").deputy == alice
    assert not can(bob, Permission.VIEW)
    assert last_event() == ("person.deactivated", "ada", {"person": "bob", "handed_over_to": "alice"})


def test_refuses_a_successor_who_cannot(ada: User, alice: User, bob: User) -> None:
    with pytest.raises(Refused) as self_refusal:
        deactivate_person(bob, hand_over_to=bob, by=ada)
    deactivate_person(alice, hand_over_to=ada, by=ada)
    with pytest.raises(Refused) as gone_refusal:
        deactivate_person(bob, hand_over_to=alice, by=ada)

    assert self_refusal.value.field == gone_refusal.value.field == "hand_over_to"
    assert User.objects.get(username="bob").is_active


def test_whoever_comes_back_has_the_roles_of_before(ada: User, alice: User, bob: User) -> None:
    deactivate_person(bob, hand_over_to=alice, by=ada)
    back = reactivate_person(bob, by=ada)

    assert (back.is_active, back.handed_over_to) == (True, None)
    assert can(User.objects.get(username="bob"), Permission.TAKE_IN)


def test_no_role_for_whoever_has_left(ada: User, alice: User, bob: User, east: Unit) -> None:
    deactivate_person(bob, hand_over_to=alice, by=ada)

    with pytest.raises(Refused):
        grant_role(bob, Role.MANAGER, east, by=ada)
