"""Who may change the standard, calendars, clock rules, trees and texts. Reading is for every colleague."""

from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM, Actor
from wenguo.lib.errors import NotAllowed
from wenguo.process.models import Calendar, ClockRule, StageRule, Standard, TaxonomyNode


def check_may_change(by: Actor) -> None:
    """People need the permission over the whole company; the system (installation, the demo world) may."""
    if by is SYSTEM:
        return
    if not isinstance(by, User):
        raise NotAllowed(_("Only an administrator may do this."))
    check_permission(by, Permission.SETTINGS)
    if not grants_of(by).everywhere(Permission.SETTINGS):
        raise NotAllowed(_("These settings hold for the whole company: ask an administrator of the head office."))


def may_change(user: User) -> bool:
    try:
        check_may_change(user)
    except NotAllowed:
        return False
    return True


def check_may_read(user: User) -> None:
    """Every active colleague with any role reads what the company promises."""
    if not grants_of(user).rows:
        raise NotAllowed(_("You have no role yet. Ask an administrator for one."))


def get_standard_for(user: User, pk: int) -> Standard:
    """Drafts are seen by those who may change them."""
    check_may_read(user)
    standard = Standard.objects.select_related("calendar").get(pk=pk)
    if standard.is_draft and not may_change(user):
        raise Standard.DoesNotExist
    return standard


def get_stage_rule_for(user: User, pk: int, stage: str) -> StageRule:
    standard = get_standard_for(user, pk)
    rule = StageRule.objects.get(standard=standard, stage=stage)
    rule.standard = standard
    return rule


def get_calendar_for(user: User, code: str) -> Calendar:
    check_may_read(user)
    return Calendar.objects.get(code=code)


def get_clock_rule_for(user: User, code: str) -> ClockRule:
    """The newest version."""
    check_may_read(user)
    rule = ClockRule.objects.filter(code=code).select_related("calendar").order_by("-version").first()
    if rule is None:
        raise ClockRule.DoesNotExist
    return rule


def get_node_for(user: User, tree: str, code: str) -> TaxonomyNode:
    check_may_read(user)
    return TaxonomyNode.objects.select_related("parent").get(tree=tree, code=code)
