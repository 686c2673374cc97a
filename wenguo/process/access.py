"""Who may change the standard, calendars, clock rules, trees and texts. Reading is for every colleague."""

from wenguo.accounts.access import can, check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.lib.actors import Actor


def check_may_change(by: Actor) -> None:
    """People need the permission; the system (installation, the demo world) may."""
    if isinstance(by, User):
        check_permission(by, Permission.SETTINGS)


def may_change(user: User) -> bool:
    return can(user, Permission.SETTINGS)


def may_read(user: User) -> bool:
    """Every active colleague with any role reads what the company promises."""
    return bool(grants_of(user).rows)
