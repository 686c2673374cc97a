"""The org tree: units are added, renamed, moved and closed; the path of a whole subtree stays right."""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_people
from wenguo.accounts.actions.guard import changes, check_filled, lock_company, record
from wenguo.accounts.choices import UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused

OUTSIDE = {UnitKind.DEALER, UnitKind.STATION}


@transaction.atomic
def create_unit(
    *,
    code: str,
    name_zh: str,
    name_en: str,
    kind: UnitKind | str,
    parent: Unit | None,
    by: Actor,
    province: str = "",
    phone: str = "",
    is_external: bool | None = None,
) -> Unit:
    """Adds a unit below its parent. Without a parent it is the company itself, of which there is one.

    Dealers and stations lie outside the company unless said otherwise; so does what is below a unit outside.
    """
    lock_company()
    check_people(by, *([parent] if parent else []))
    _check_place(parent)
    check_filled(code=code, name_zh=name_zh, name_en=name_en)
    _check_code(code)
    outside = kind in OUTSIDE if is_external is None else is_external
    unit = Unit.objects.create(
        code=code.strip(),
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        kind=UnitKind(kind),
        parent=parent,
        province=province,
        phone=phone,
        is_external=outside or bool(parent and parent.is_external),
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record("unit.created", by=by, unit=unit.code, name=unit.name_zh, parent=parent.code if parent else "")
    return unit


@transaction.atomic
def change_unit(
    unit: Unit, *, name_zh: str, name_en: str, by: Actor, province: str | None = None, phone: str | None = None
) -> Unit:
    """Renames a unit, or changes its province or phone."""
    unit = _locked(unit)
    check_people(by, unit)
    check_filled(name_zh=name_zh, name_en=name_en)
    changed = changes(
        unit,
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        province=unit.province if province is None else province,
        phone=unit.phone if phone is None else phone,
    )
    if changed:
        unit.save(update_fields=list(changed))
        record("unit.changed", by=by, unit=unit.code, changed=changed)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, to: Unit, by: Actor) -> Unit:
    """Moves a unit with everything below it. Roles held in it go along; roles held above it change their reach."""
    unit, to = _locked(unit), Unit.objects.get(pk=to.pk)
    check_people(by, unit, to)
    _check_move(unit, to)
    before, old = unit.parent, unit.path
    new = f"{to.path}{unit.pk}/"
    # One statement for the subtree, so that no reader sees half of it moved.
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.parent, unit.path = to, new
    unit.save(update_fields=["parent"])
    record("unit.moved", by=by, unit=unit.code, before=before.code if before else "", after=to.code)
    return unit


@transaction.atomic
def deactivate_unit(unit: Unit, *, by: Actor) -> Unit:
    """Closes a unit in which nobody works any more. What it handled keeps its name."""
    unit = _locked(unit)
    check_people(by, unit)
    if unit.parent is None:
        raise Refused(_("The company itself cannot be closed."))
    if not unit.is_active:
        return unit
    if unit.children.filter(is_active=True).exists():
        raise Refused(_("Close or move the units below it first."))
    if User.objects.filter(unit=unit, is_active=True).exists():
        raise Refused(_("People still belong to this unit. Move them to another unit first."))
    if unit.memberships.filter(user__is_active=True).exists():
        raise Refused(_("People still have a role in this unit. Withdraw these roles first."))
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    record("unit.closed", by=by, unit=unit.code)
    return unit


@transaction.atomic
def reactivate_unit(unit: Unit, *, by: Actor) -> Unit:
    """Opens a closed unit again."""
    unit = _locked(unit)
    check_people(by, unit)
    if unit.parent and not unit.parent.is_active:
        raise Refused(_("The unit above it is closed. Open that one first."))
    if not unit.is_active:
        unit.is_active = True
        unit.save(update_fields=["is_active"])
        record("unit.opened", by=by, unit=unit.code)
    return unit


def _locked(unit: Unit) -> Unit:
    lock_company()
    return Unit.objects.select_for_update().get(pk=unit.pk)


def _check_place(parent: Unit | None) -> None:
    if parent is None and Unit.objects.filter(parent=None).exists():
        raise Refused(_("Choose the unit it belongs to."), field="parent")
    if parent and not parent.is_active:
        raise Refused(_("The unit above it is closed. Open that one first."), field="parent")


def _check_code(code: str) -> None:
    if Unit.objects.filter(code__iexact=code.strip()).exists():
        raise Refused(_("Another unit has this code. Choose another one."), field="code")


def _check_move(unit: Unit, to: Unit) -> None:
    if unit.parent is None:
        raise Refused(_("The company itself cannot be moved."), field="to")
    if to.path.startswith(unit.path):
        raise Refused(_("A unit cannot be moved below itself. Choose another place."), field="to")
    if not to.is_active:
        raise Refused(_("The unit above it is closed. Open that one first."), field="to")
