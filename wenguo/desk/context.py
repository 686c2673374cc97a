"""Context processor: the frame's navigation, bell and menu for whoever is signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.access import Grants, grants_of
from wenguo.accounts.choices import Permission
from wenguo.outbox.models import Notice
from wenguo.ui.nav import NavItem, mark_current

SETTINGS = ("/desk/process/", "/desk/library/", "/desk/import/", "/desk/messages/", "/desk/held/", "/accounts/")


def desk(request: HttpRequest) -> dict[str, Any]:
    """Nothing for strangers: their pages have no rail."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    unread = Notice.objects.filter(user_key=str(user.pk), read_at__isnull=True)[:100].count()
    return {
        "nav": mark_current(navigation(grants_of(user)), request.path),
        "home_url": reverse("desk:home"),
        "bell_url": reverse("desk:bell"),
        "bell_count": unread,
        "search_url": reverse("desk:complaints"),
        "palette_url": reverse("desk:palette"),
        "snippets_url": reverse("desk:palette").replace("palette/", "snippets/"),
        "user_menu": [
            {"url": reverse("accounts:me"), "icon": "user", "label": _("My account")},
        ],
    }


def navigation(grants: Grants) -> list[NavItem]:
    """The places this person may go to."""
    mine = [item for needed, item in _places() if needed is None or grants.has(needed)]
    return list({item.key: item for item in mine}.values())


def _places() -> list[tuple[Permission | None, NavItem]]:
    dispatches = NavItem("dispatches", _("Dispatches"), "split", reverse("dispatch:queues"), shortcut="d")
    return [
        (None, NavItem("home", _("Today"), "home", reverse("desk:home"), shortcut="h")),
        (Permission.VIEW, NavItem("complaints", _("Complaints"), "inbox", reverse("desk:complaints"), shortcut="l")),
        (Permission.TAKE_IN, NavItem("new", _("By phone"), "phone", reverse("desk:new"), shortcut="n")),
        *((needed, dispatches) for needed in (Permission.HANDLE, Permission.ARBITRATE)),
        (
            Permission.CALL_BACK,
            NavItem("call_backs", _("Call-backs"), "headset", reverse("followup:call_backs"), shortcut="b"),
        ),
        (
            Permission.APPROVE,
            NavItem("approvals", _("Approvals"), "scale", reverse("resolution:approvals"), shortcut="p"),
        ),
        (Permission.CUSTOMERS, NavItem("customers", _("Customers"), "users", reverse("customers:list"), shortcut="c")),
        (Permission.SEE_FIGURES, NavItem("figures", _("Figures"), "chart", reverse("insights:kpi"), shortcut="k")),
        (
            Permission.INSPECT,
            NavItem("inspections", _("Inspections"), "target", reverse("supervision:plans"), shortcut="i"),
        ),
        (Permission.AUDIT, NavItem("audit", _("Audit"), "shield-check", reverse("desk:audit"), shortcut="u")),
        (
            None,
            NavItem(
                "settings", _("Settings"), "gear", reverse("desk:settings"), shortcut="s", foot=True, match=SETTINGS
            ),
        ),
    ]
