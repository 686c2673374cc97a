"""The first rows of an installation, and the cast."""

import pytest

from wenguo.accounts.access import grants_of
from wenguo.accounts.actions import Cast, found_cast, found_installation
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.lib.errors import Refused


def test_every_role_has_somebody(cast: Cast) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(cast.people) == {
        *["ada", "alice", "bob", "carol", "dora", "rex", "quinn", "wang", "mei", "otto", "dan", "mallory"]
    }


def test_paths_lead_from_the_root(cast: Cast) -> None:
    path = [cast.units[code].pk for code in ("HQ", "EAST", "QINGDAO", "QINGDAO-1")]
    assert cast.units["QINGDAO-1"].path == "/" + "".join(f"{pk}/" for pk in path)
    assert cast.units["QINGDAO-1"].is_external
    assert not cast.units["EAST"].is_external


def test_a_second_founding_makes_nothing_twice(cast: Cast) -> None:
    again = found_cast(lambda _name: "not used at all")

    assert again == cast
    assert cast.people["alice"].check_password("a river of 10 fish")


def test_service_centre_reaches_the_whole_company_and_a_dealer_only_itself(cast: Cast) -> None:
    assert grants_of(cast.people["alice"]).everywhere(Permission.VIEW)
    assert grants_of(cast.people["dan"]).paths(Permission.VIEW) == [cast.units["QINGDAO"].path]


def test_first_administrator_of_an_empty_installation(db: None) -> None:
    Membership.objects.all().delete()
    User.objects.all().delete()
    Unit.objects.all().update(parent=None)
    Unit.objects.all().delete()

    first = _found()

    assert first.check_password("correct horse 9")
    assert grants_of(first).everywhere(Permission.PEOPLE)
    assert Unit.objects.get(parent=None).name_zh == "海川汽车"


def test_refuses_a_second_founding_and_changes_nothing(ada: User) -> None:
    before = User.objects.count()

    with pytest.raises(Refused):
        _found()

    assert User.objects.count() == before


def _found() -> User:
    return found_installation(
        company_zh="海川汽车",
        company_en="Haichuan Motors",
        username="chief",
        name="Chief",
        email="chief@haichuan.example",
        password="correct horse 9",
    )
