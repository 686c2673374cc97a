"""Reads of people and units, shaped for pages: a fixed number of statements each."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, F, Q, QuerySet

from wenguo.accounts.access import Caller, people_in_scope, units_in_scope
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.models import ApiToken, Invitation, Membership, Unit, User
from wenguo.accounts.rules import browser_name
from wenguo.audit.queries import kept
from wenguo.lib.now import now
from wenguo.lib.pages import Page, keyset_page


def unit_by_key(pk: int) -> Unit:
    """A unit that something points to. Shared with others who ask: it is not to be changed."""
    return kept("accounts", ("unit", pk), lambda: Unit.objects.get(pk=pk))


def acting_for(person: User, moment: datetime) -> User:
    """Who does this person's work now: the deputy while absent, the successor once gone; themselves otherwise.

    Follows a chain of absences and ends at the last person who works, or at the first one in a circle.
    """
    seen = {person.pk}
    acting = person
    while (following := _next(acting, moment)) is not None and following.pk not in seen:
        seen.add(following.pk)
        acting = following
    return acting if acting.is_active else person


def _next(person: User, moment: datetime) -> User | None:
    if not person.is_active:
        return person.handed_over_to
    return person.deputy if person.is_absent(moment) else None


def people_page(
    by: User, *, words: str = "", unit: Unit | None = None, role: str = "", state: str = "", cursor: str | None = None
) -> Page[User]:
    """People in scope by user name, with their unit, invitation and roles."""
    people = people_in_scope(by).select_related("unit", "invitation").prefetch_related("memberships__unit")
    if words:
        found = Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words)
        people = people.filter(found | Q(staff_number__icontains=words))
    if unit:
        people = people.filter(unit__path__startswith=unit.path)
    if role in Role.values:
        people = people.filter(pk__in=Membership.objects.filter(role=role).values("user"))
    return keyset_page(in_state(people, state), [("username", "asc")], cursor)


def in_state(people: QuerySet[User], state: str) -> QuerySet[User]:
    """working, invited, absent, left; anything else: all."""
    moment = now()
    conditions = {
        "working": Q(is_active=True),
        "invited": Q(is_active=True, invitation__used_at=None, invitation__isnull=False),
        "absent": Q(is_active=True, absent_from__lte=moment, absent_until__gt=moment),
        "left": Q(is_active=False),
    }
    return people.filter(conditions.get(state, Q()))


def possible_successors(person: User) -> QuerySet[User]:
    """Everybody else who works here."""
    return User.objects.filter(is_active=True).exclude(pk=person.pk).select_related("unit").order_by("username")


def memberships_of(person: User) -> QuerySet[Membership]:
    return person.memberships.select_related("unit").order_by("unit__path", "role")


@dataclass(frozen=True)
class Branch:
    """A unit in the drawn tree: how deep it hangs under the topmost one shown, and how many people work in it."""

    unit: Unit
    depth: int
    people: int

    @property
    def indent(self) -> str:
        """Spaces that no browser collapses; the policy allows no inline styles."""
        return "\u2003" * max(0, self.depth - 1)


def tree(by: User) -> list[Branch]:
    """The units in scope in the order of the tree: inside before outside, open before closed."""
    units = Unit.objects.filter(units_in_scope(by, Permission.PEOPLE)).select_related("parent")
    units = units.annotate(working=Count("people", filter=Q(people__is_active=True)))
    known = {unit.pk for unit in units}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id if unit.parent_id in known else None].append(unit)
    return list(_branches(below, None, 0))


def _branches(below: Mapping[int | None, list[Unit]], above: int | None, depth: int) -> Iterator[Branch]:
    for unit in sorted(below.get(above, []), key=lambda one: (not one.is_active, one.is_external, one.pk)):
        yield Branch(unit, depth, getattr(unit, "working", 0))
        yield from _branches(below, unit.pk, depth + 1)


def open_units(by: User) -> QuerySet[Unit]:
    """Units that people and roles may be put into, in the order of the tree."""
    return Unit.objects.active().filter(units_in_scope(by, Permission.PEOPLE)).order_by("path")


@dataclass(frozen=True)
class Device:
    """A place somebody is signed in from."""

    pk: int
    ip: str
    browser: str
    since: datetime
    seen: datetime
    is_this_one: bool


def sessions_of(person: User, this_one: str | None) -> list[Device]:
    """Where the person is signed in, this browser first."""
    rows = UserSession.objects.filter(user=person).order_by("-last_seen_at")
    alive = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now()).values_list(
            "session_key", flat=True
        )
    )
    devices = [
        Device(
            row.pk, row.ip, browser_name(row.user_agent), row.created_at, row.last_seen_at, row.session_key == this_one
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(devices, key=lambda device: not device.is_this_one)


def tokens_of(person: User) -> QuerySet[ApiToken]:
    """Newest first, those that still work before the revoked."""
    return ApiToken.objects.filter(user=person).order_by(F("revoked_at").desc(nulls_first=True), "-pk")


def token_for(secret: str, moment: datetime) -> ApiToken | None:
    """The token with this secret, if it works and its owner still does."""
    hashed = hashlib.sha256(secret.encode()).hexdigest()
    found = ApiToken.objects.select_related("user").filter(token_hash=hashed, revoked_at=None)[:1]
    token = next(iter(found), None)
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= moment):
        return None
    return token


def caller_with(token: ApiToken) -> Caller:
    return Caller(token.user, frozenset(token.scopes))


def open_invitation(token: str) -> Invitation | None:
    """The invitation this link belongs to, if it still works."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    rows = Invitation.objects.select_related("user")
    return rows.filter(token_hash=hashed, used_at=None, expires_at__gt=now(), user__is_active=True).first()
