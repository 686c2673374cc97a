"""The org tree: units come, move with all below them, and close."""

from collections.abc import Callable
from typing import Any

import pytest

from wenguo.accounts.actions import change_unit, create_unit, deactivate_unit, grant_role, move_unit, reactivate_unit
from wenguo.accounts.choices import Role, UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.lib.errors import NotAllowed, Refused

Newest = Callable[[], tuple[str, str, dict[str, object]]]


def make(parent: Unit | None, by: User, **changes: Any) -> Unit:
    wanted: dict[str, Any] = {"code": "NEW", "name_zh": "新店", "name_en": "New dealer", "kind": UnitKind.DEALER}
    return create_unit(parent=parent, by=by, **{**wanted, **changes})


def test_a_new_unit_hangs_below_its_parent(ada: User, east: Unit, last_event: Newest) -> None:
    unit = make(east, ada)

    assert unit.path == f"{east.path}{unit.pk}/"
    assert unit.is_external
    assert last_event() == ("unit.created", "ada", {"unit": "NEW", "name": "新店", "parent": "EAST"})


def test_below_a_dealer_everything_is_outside(ada: User, qingdao: Unit) -> None:
    assert make(qingdao, ada, kind=UnitKind.DEPARTMENT).is_external


@pytest.mark.parametrize(
    ("changes", "field"), [({"code": "QINGDAO"}, "code"), ({"code": " "}, "code"), ({"name_en": ""}, "name_en")]
)
def test_refuses_a_unit_without_a_name_or_code_of_its_own(
    ada: User, east: Unit, changes: dict[str, str], field: str
) -> None:
    before = (Unit.objects.count(), AuditEntry.objects.count())

    with pytest.raises(Refused) as refusal:
        make(east, ada, **changes)

    assert refusal.value.field == field
    assert (Unit.objects.count(), AuditEntry.objects.count()) == before


def test_there_is_one_company(ada: User) -> None:
    with pytest.raises(Refused):
        make(None, ada)


@pytest.mark.parametrize("who", ["alice", "mei", "otto", "dan"])
def test_only_administrators_may(who: str, cast: object, east: Unit) -> None:
    with pytest.raises(NotAllowed):
        make(east, User.objects.get(username=who))

    assert not Unit.objects.filter(code="NEW").exists()


def test_a_regional_administrator_stays_in_the_region(ada: User, bob: User, east: Unit, south: Unit) -> None:
    grant_role(bob, Role.ADMINISTRATOR, east, by=ada)

    assert make(east, bob).parent == east
    with pytest.raises(NotAllowed):
        make(south, bob, code="OTHER")


def test_renaming_is_kept_with_before_and_after(ada: User, parts: Unit, last_event: Newest) -> None:
    change_unit(parts, name_zh="零件部", name_en="Parts", by=ada)

    assert last_event() == ("unit.changed", "ada", {"unit": "PARTS", "changed": {"name_zh": ["配件部", "零件部"]}})


def test_changing_nothing_leaves_no_entry(ada: User, parts: Unit) -> None:
    before = AuditEntry.objects.count()
    change_unit(parts, name_zh="配件部", name_en="Parts", by=ada)

    assert AuditEntry.objects.count() == before


def test_a_subtree_moves_as_a_whole(ada: User, east: Unit, south: Unit, qingdao: Unit, qingdao_station: Unit) -> None:
    move_unit(qingdao, to=south, by=ada)

    qingdao_station.refresh_from_db()
    qingdao.refresh_from_db()
    assert qingdao.path == f"{south.path}{qingdao.pk}/"
    assert qingdao_station.path == f"{south.path}{qingdao.pk}/{qingdao_station.pk}/"
    assert not Unit.objects.under(east).exclude(pk=east.pk).exists()


@pytest.mark.parametrize(("unit", "to"), [("EAST", "QINGDAO"), ("EAST", "EAST"), ("HQ", "EAST")])
def test_refuses_to_move_below_itself(ada: User, cast: object, unit: str, to: str) -> None:
    before = list(Unit.objects.values_list("code", "path"))

    with pytest.raises(Refused):
        move_unit(Unit.objects.get(code=unit), to=Unit.objects.get(code=to), by=ada)

    assert list(Unit.objects.values_list("code", "path")) == before


def test_closing_and_opening_again(ada: User, marketing: Unit) -> None:
    assert not deactivate_unit(marketing, by=ada).is_active
    assert reactivate_unit(marketing, by=ada).is_active


@pytest.mark.parametrize("code", ["HQ", "EAST", "SERVICE", "AFTERSALES"])
def test_refuses_to_close_what_is_still_used(ada: User, cast: object, code: str) -> None:
    with pytest.raises(Refused):
        deactivate_unit(Unit.objects.get(code=code), by=ada)

    assert Unit.objects.get(code=code).is_active


def test_refuses_to_open_below_a_closed_one(ada: User, east: Unit, qingdao_station: Unit) -> None:
    Unit.objects.under(east).update(is_active=False)

    with pytest.raises(Refused):
        reactivate_unit(qingdao_station, by=ada)
