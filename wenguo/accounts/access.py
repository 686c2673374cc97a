"""One access policy: role × org subtree. Every list, page, search, export and API call asks here; it fails closed."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission, Scope
from wenguo.accounts.models import Membership, Unit, User
from wenguo.accounts.rules import permissions_of, roles_with
from wenguo.audit.queries import kept
from wenguo.lib.actors import SYSTEM, Actor
from wenguo.lib.errors import NotAllowed


@dataclass(frozen=True)
class Grants:
    """What one person may do, and where: (permissions, path of the unit, role) per membership."""

    rows: tuple[tuple[frozenset[Permission], str, str], ...]

    def has(self, permission: Permission) -> bool:
        return any(permission in verbs for verbs, _path, _role in self.rows)

    def paths(self, permission: Permission) -> list[str]:
        """Unit paths (subtrees) in which the permission holds, longest prefixes dropped."""
        found = sorted({path for verbs, path, _role in self.rows if permission in verbs})
        return [p for p in found if not any(p != q and p.startswith(q) for q in found)]

    def covers(self, permission: Permission, *unit_paths: str) -> bool:
        """Does the permission hold in any of these units?"""
        return any(path.startswith(root) for root in self.paths(permission) for path in unit_paths)

    def everywhere(self, permission: Permission) -> bool:
        """Does it hold at the root of the tree (path with one id)?"""
        return any(path.count("/") == 2 for path in self.paths(permission))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for _verbs, _path, role in self.rows)


@dataclass(frozen=True)
class Caller:
    """Who calls the API, and for what: a browser's session may do all its person may, a token only its scopes."""

    user: User
    scopes: frozenset[str] | None = None


NOTHING = Grants(())


def grants_of(user: User) -> Grants:
    """Read once per person object and kept on it for the request. A stranger or a deactivated person has none."""
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    known: Grants | None = user.__dict__.get("_grants")
    if known is None:
        known = kept("accounts", ("grants", user.pk), lambda: _read_grants(user))
        user.__dict__["_grants"] = known
    return known


def _read_grants(user: User) -> Grants:
    rows = Membership.objects.filter(user=user, unit__is_active=True).values_list("role", "unit__path")
    return Grants(tuple((permissions_of([role]), path, role) for role, path in rows))


def signed_in(user: object) -> User:
    """The person behind a request, once the page has asked for sign-in; anybody else may do nothing."""
    if not isinstance(user, User):
        raise NotAllowed(_("Sign in first."))
    return user


def check_permission(user: User, permission: Permission) -> None:
    if not grants_of(user).has(permission):
        raise NotAllowed(_("Your role does not allow you to %(verb)s.") % {"verb": permission.label})


def can(user: User, permission: Permission) -> bool:
    return grants_of(user).has(permission)


def caller_for(caller: Caller, scope: Scope) -> User:
    """The person behind an API call, once the token may do this. What the person may do is still asked apart."""
    if caller.scopes is not None and scope not in caller.scopes:
        raise NotAllowed(_("This token lacks the scope %(scope)s. Make one that has it.") % {"scope": scope.value})
    return caller.user


def check_people(by: Actor, *units: Unit) -> None:
    """Whoever administers people must do so over each of these units. The system itself founds an installation."""
    if by is SYSTEM:
        return
    if not isinstance(by, User):
        raise NotAllowed(_("Only an administrator may do this."))
    check_permission(by, Permission.PEOPLE)
    if not all(grants_of(by).covers(Permission.PEOPLE, unit.path) for unit in units):
        raise NotAllowed(_("This unit is outside the part of the company you administer."))


def check_person(by: Actor, person: User) -> None:
    """Over the person's unit and every unit they hold a role in: a region does not administer head office's people."""
    home = [person.unit] if person.unit else []
    check_people(by, *home, *(row.unit for row in person.memberships.select_related("unit")))


def can_person(by: User, person: User) -> bool:
    try:
        check_person(by, person)
    except NotAllowed:
        return False
    return True


def check_self_or_people(by: Actor, person: User) -> None:
    """People keep their own absence, language and tokens; an administrator may help."""
    if not (isinstance(by, User) and by.pk == person.pk and person.is_active):
        check_person(by, person)


def get_person_for(user: User, pk: int) -> User:
    """The person, for whoever administers people over their unit; outside of it nobody is found."""
    check_permission(user, Permission.PEOPLE)
    return people_in_scope(user).select_related("unit", "deputy", "handed_over_to").get(pk=pk)


def get_unit_for(user: User, pk: int) -> Unit:
    check_permission(user, Permission.PEOPLE)
    return Unit.objects.filter(units_in_scope(user, Permission.PEOPLE)).get(pk=pk)


def people_in_scope(user: User) -> QuerySet[User]:
    """The people this administrator sees: those whose unit lies in the scope; at the root also those without one."""
    if grants_of(user).everywhere(Permission.PEOPLE):
        return User.objects.all()
    return User.objects.filter(unit__in=Unit.objects.filter(units_in_scope(user, Permission.PEOPLE)))


def units_in_scope(user: User, permission: Permission) -> Q:
    """A filter on Unit: the subtrees in which the permission holds; matches nothing where there is none."""
    condition = Q(pk__in=[])
    for path in grants_of(user).paths(permission):
        condition |= Q(path__startswith=path)
    return condition


def people_with(permission: Permission, unit: Unit) -> list[User]:
    """Active people who hold the permission over this unit, nearest first."""
    ancestors = [int(part) for part in unit.path.split("/") if part]
    rows = (
        Membership.objects.filter(role__in=roles_with(permission), unit_id__in=ancestors, user__is_active=True)
        .select_related("user", "unit")
        .order_by("-unit__path", "user__username")
    )
    return list({row.user_id: row.user for row in rows}.values())
