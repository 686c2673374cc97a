"""Who may do what, and where: the policy table against the cast."""

import pytest
from django.contrib.auth.models import AnonymousUser

from wenguo.accounts.access import can, check_permission, grants_of, people_with, units_in_scope
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.models import Unit, User
from wenguo.accounts.rules import POLICY, browser_name, permissions_of, roles_with
from wenguo.lib.errors import NotAllowed

ONE_OF_EACH = {
    "alice": Role.AGENT, "wang": Role.UNIT_HANDLER, "carol": Role.TEAM_LEAD, "dora": Role.DUTY_MANAGER,
    "rex": Role.REVIEWER, "quinn": Role.QUALITY, "mei": Role.MANAGER, "ada": Role.ADMINISTRATOR,
    "otto": Role.AUDITOR, "dan": Role.DEALER_USER,
}  # fmt: skip


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("who", list(ONE_OF_EACH))
def test_can_and_check_agree_with_the_table(cast: object, who: str, permission: Permission) -> None:
    person = User.objects.get(username=who)
    expected = permission in POLICY[ONE_OF_EACH[who]]

    assert can(person, permission) is expected
    if not expected:
        with pytest.raises(NotAllowed):
            check_permission(person, permission)


def test_every_role_is_in_the_table_and_every_permission_is_somebodys() -> None:
    assert set(POLICY) == set(Role)
    assert {verb for verbs in POLICY.values() for verb in verbs} == set(Permission)


def test_unknown_roles_may_nothing() -> None:
    assert permissions_of(["king"]) == frozenset()
    assert roles_with(Permission.PEOPLE) == ["administrator"]


def test_strangers_and_the_departed_have_nothing(alice: User) -> None:
    alice.is_active = False

    assert not grants_of(AnonymousUser()).has(Permission.VIEW)  # type: ignore[arg-type]
    assert not grants_of(alice).has(Permission.VIEW)


def test_scope_is_the_subtree(dan: User, qingdao: Unit, qingdao_station: Unit, guangzhou: Unit) -> None:
    grants = grants_of(dan)

    assert grants.covers(Permission.VIEW, qingdao_station.path)
    assert not grants.covers(Permission.VIEW, guangzhou.path)
    assert not grants.everywhere(Permission.VIEW)
    assert set(Unit.objects.filter(units_in_scope(dan, Permission.VIEW))) == {qingdao, qingdao_station}


def test_without_the_permission_no_unit_is_in_scope(dan: User) -> None:
    assert not Unit.objects.filter(units_in_scope(dan, Permission.PEOPLE)).exists()


def test_whoever_holds_it_nearest_comes_first(cast: object, qingdao: Unit) -> None:
    handlers = [person.username for person in people_with(Permission.HANDLE, qingdao)]

    assert handlers == ["dan", "carol"]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone) AppleWebKit Mobile MicroMessenger/8", "WeChat · iPhone"),
        ("curl/8.5", "curl"),
        ("", ""),
    ],
)
def test_browsers_have_names(agent: str, name: str) -> None:
    assert browser_name(agent) == name
