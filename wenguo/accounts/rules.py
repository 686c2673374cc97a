"""The access policy as one table: role → what it may do. Where (which units) comes from the membership."""

from collections.abc import Iterable

from wenguo.accounts.choices import Permission as P  # noqa: N817 - one letter keeps the table readable
from wenguo.accounts.choices import Role

_CARE = {P.VIEW, P.NOTE, P.READ_INTERNAL, P.CONTACT, P.REVEAL, P.TOKENS}
_LEAD = {P.DECLINE, P.SET_IMPORTANCE, P.ASSIGN, P.APPROVE, P.REVIEW_REPLY, P.CLOSE, P.REOPEN, P.MERGE, P.BULK, P.EXPORT}

POLICY: dict[Role, frozenset[P]] = {
    Role.AGENT: frozenset(
        _CARE
        | {
            P.TAKE_IN,
            P.JUDGE,
            P.DECLINE,
            P.SET_IMPORTANCE,
            P.ASSIGN,
            P.CALL_BACK,
            P.CUSTOMERS,
            P.MERGE,
            P.EXPORT,
            P.CLOSE,
        }
    ),
    Role.UNIT_HANDLER: frozenset(_CARE | {P.HANDLE, P.EXPORT}),
    Role.TEAM_LEAD: frozenset(
        _CARE | _LEAD | {P.TAKE_IN, P.JUDGE, P.HANDLE, P.CALL_BACK, P.CUSTOMERS, P.SEE_FIGURES, P.IMPORT}
    ),
    Role.DUTY_MANAGER: frozenset(
        _CARE | _LEAD | {P.TAKE_IN, P.JUDGE, P.ARBITRATE, P.CALL_BACK, P.CUSTOMERS, P.SEE_FIGURES, P.REVIEW}
    ),
    Role.REVIEWER: frozenset(
        {P.VIEW, P.READ_INTERNAL, P.NOTE, P.REVIEW, P.REVIEW_REPLY, P.SECOND_REVIEW, P.SEE_FIGURES, P.TOKENS}
    ),
    Role.QUALITY: frozenset({P.VIEW, P.READ_INTERNAL, P.NOTE, P.MARK, P.INSPECT, P.SEE_FIGURES, P.EXPORT, P.TOKENS}),
    Role.MANAGER: frozenset(
        {
            P.VIEW,
            P.NOTE,
            P.READ_INTERNAL,
            P.SEE_FIGURES,
            P.EXPORT,
            P.APPROVE,
            P.SECOND_REVIEW,
            P.REOPEN,
            P.REVIEW,
            P.ASSIGN,
            P.TOKENS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {P.SETTINGS, P.PEOPLE, P.IMPORT, P.VIEW, P.READ_INTERNAL, P.CUSTOMERS, P.ERASE, P.TOKENS, P.AUDIT}
    ),
    Role.AUDITOR: frozenset({P.VIEW, P.READ_INTERNAL, P.AUDIT, P.SEE_FIGURES, P.INSPECT, P.EXPORT, P.TOKENS}),
    Role.DEALER_USER: frozenset({P.VIEW, P.NOTE, P.HANDLE, P.TAKE_IN, P.CONTACT}),
}


def permissions_of(roles: Iterable[str]) -> frozenset[P]:
    """All that these roles may do together; an unknown role may do nothing."""
    known = [POLICY[Role(role)] for role in roles if role in Role.values]
    return frozenset().union(*known) if known else frozenset()


def roles_with(permission: P) -> list[str]:
    """The roles that have this permission."""
    return [role.value for role, verbs in POLICY.items() if permission in verbs]


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """“Edge · Windows” from what the browser says of itself; its first word where nothing is known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), user_agent.split("/")[0][:40])
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
