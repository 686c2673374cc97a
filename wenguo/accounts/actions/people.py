"""Coming, changing and leaving: people are invited, given roles, and hand their work over when they go."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.accounts.access import check_people, check_person
from wenguo.accounts.actions.guard import (
    changes,
    check_administrator_remains,
    check_filled,
    check_password,
    end_every_session,
    forget_grants,
    lock_company,
    record,
)
from wenguo.accounts.choices import Role
from wenguo.accounts.models import ApiToken, Invitation, Membership, Unit, User
from wenguo.lib import links
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.actions import leave_message

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def invite_person(
    *,
    username: str,
    name: str,
    email: str,
    unit: Unit,
    by: Actor,
    roles: Sequence[tuple[Role | str, Unit]] = (),
    language: str = "zh-hans",
    phone: str = "",
    staff_number: str = "",
) -> User:
    """Adds a person, who sets a password by the link mailed to them."""
    person = _add(username, name, email, unit, by, language=language, phone=phone, staff_number=staff_number)
    _give(person, roles, by)
    _mail_invitation(person)
    record("person.invited", by=by, person=person.username, unit=unit.code)
    return person


@transaction.atomic
def enrol_person(
    *,
    username: str,
    name: str,
    email: str,
    unit: Unit,
    password: str,
    by: Actor,
    roles: Sequence[tuple[Role | str, Unit]] = (),
    language: str = "zh-hans",
) -> User:
    """Adds a person with a first password, for where no mail arrives: a founding, a company without a mail server."""
    person = _add(username, name, email, unit, by, language=language)
    check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    _give(person, roles, by)
    record("person.enrolled", by=by, person=person.username, unit=unit.code)
    return person


@transaction.atomic
def invite_again(person: User, *, by: Actor) -> User:
    """Mails a new link; the old one stops working."""
    person = _locked(person)
    check_person(by, person)
    if person.has_usable_password():
        raise Refused(_("This person already signs in. A forgotten password is reset on the sign-in page."))
    _check_active(person)
    _mail_invitation(person)
    record("person.invited_again", by=by, person=person.username)
    return person


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> User:
    """Sets the first password. Whoever has the link read the mail, so the address is proven."""
    invitation = Invitation.objects.select_for_update().select_related("user").filter(token_hash=_hash(token)).first()
    if invitation is None or invitation.used_at or invitation.expires_at <= now() or not invitation.user.is_active:
        raise Refused(_("This invitation is no longer valid. Ask your administrator for a new one."))
    person = invitation.user
    check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    record("person.accepted", by=person, person=person.username)
    return person


@transaction.atomic
def change_person(
    person: User, *, name: str, email: str, unit: Unit, by: Actor, phone: str = "", staff_number: str = ""
) -> User:
    """Changes what is known of a person. Roles are given and withdrawn apart."""
    person = _locked(person)
    check_person(by, person)
    check_people(by, unit)
    check_filled(name=name)
    if unit.pk != person.unit_id:
        _check_open(unit)
    changed = changes(
        person,
        name=name.strip(),
        email=_checked_email(email, person),
        unit=unit,
        phone=phone.strip(),
        staff_number=staff_number.strip(),
    )
    if changed:
        person.save(update_fields=list(changed))
        record("person.changed", by=by, person=person.username, changed=changed)
    return person


@transaction.atomic
def grant_role(person: User, role: Role | str, unit: Unit, *, by: Actor) -> Membership:
    """Gives a role in a unit and everything below it."""
    person = _locked(person)
    check_person(by, person)
    check_people(by, unit)
    _check_active(person)
    if role not in Role.values:
        raise Refused(_("Choose a role from the list."), field="role")
    _check_open(unit)
    membership, created = Membership.objects.get_or_create(user=person, unit=unit, role=Role(role))
    if created:
        record("role.granted", by=by, person=person.username, role=membership.role, unit=unit.code)
    forget_grants(person)
    return membership


@transaction.atomic
def revoke_role(person: User, role: Role | str, unit: Unit, *, by: Actor) -> None:
    """Withdraws a role. The last administrator of the company keeps theirs."""
    person = _locked(person)
    check_person(by, person)
    gone, _rows = Membership.objects.filter(user=person, unit=unit, role=role).delete()
    if not gone:
        return
    check_administrator_remains()
    record("role.revoked", by=by, person=person.username, role=str(role), unit=unit.code)
    forget_grants(person)


@transaction.atomic
def deactivate_person(person: User, *, hand_over_to: User, by: Actor) -> User:
    """The person leaves: signed out everywhere, tokens revoked, and everything open goes to the successor.

    Accounts does not know what is open: `handed_over_to` is the row that the upper rooms' jobs pick up.
    """
    person = _locked(person)
    check_person(by, person)
    if not person.is_active:
        return person
    successor = User.objects.get(pk=hand_over_to.pk)
    _check_successor(person, successor)
    person.is_active, person.handed_over_to = False, successor
    person.deputy = person.absent_from = person.absent_until = None
    person.save(update_fields=["is_active", "handed_over_to", "deputy", "absent_from", "absent_until"])
    check_administrator_remains()
    User.objects.filter(deputy=person).update(deputy=successor)
    User.objects.filter(pk=successor.pk, deputy=successor).update(deputy=None)
    end_every_session(person)
    ApiToken.objects.filter(user=person, revoked_at=None).update(revoked_at=now())
    record("person.deactivated", by=by, person=person.username, handed_over_to=successor.username)
    forget_grants(person)
    return person


@transaction.atomic
def reactivate_person(person: User, *, by: Actor) -> User:
    """The person is back, with the roles they had. Work handed over stays where it is."""
    person = _locked(person)
    check_person(by, person)
    if person.is_active:
        return person
    person.is_active, person.handed_over_to = True, None
    person.save(update_fields=["is_active", "handed_over_to"])
    record("person.reactivated", by=by, person=person.username)
    forget_grants(person)
    return person


def _locked(person: User) -> User:
    lock_company()
    return User.objects.select_for_update(of=["self"]).select_related("unit").get(pk=person.pk)


def _add(
    username: str,
    name: str,
    email: str,
    unit: Unit,
    by: Actor,
    *,
    language: str,
    phone: str = "",
    staff_number: str = "",
) -> User:
    lock_company()
    check_people(by, unit)
    check_filled(username=username, name=name)
    _check_open(unit)
    person = User(
        username=_checked_username(username),
        name=name.strip(),
        unit=unit,
        language=language,
        phone=phone.strip(),
        staff_number=staff_number.strip(),
        date_joined=now(),
    )
    person.email = _checked_email(email, person)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _give(person: User, roles: Sequence[tuple[Role | str, Unit]], by: Actor) -> None:
    for role, unit in roles:
        grant_role(person, role, unit, by=by)


def _mail_invitation(person: User) -> None:
    token = secrets.token_urlsafe(32)
    Invitation.objects.update_or_create(
        user=person,
        defaults={
            "token_hash": _hash(token),
            "created_at": now(),
            "expires_at": now() + INVITATION_LASTS,
            "used_at": None,
        },
    )
    with override(person.language):
        leave_message(
            kind="invitation",
            to=person.email,
            subject=_("Your access to wenguo"),
            body=_(
                "Hello %(name)s,\n\nan account was made for you. Your user name is %(username)s. "
                "Choose a password within seven days here:\n\n%(link)s\n\n"
                "If you did not expect this message, tell your administrator.\n"
            )
            % {"name": person.name, "username": person.username, "link": links.url("invitation", token=token)},
            about=f"user:{person.pk}",
            language=person.language,
        )


def _hash(token: str) -> str:
    """The token has 256 random bits, so a plain hash is enough and can be looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_active(person: User) -> None:
    if not person.is_active:
        raise Refused(_("This person has left. Bring them back first."))


def _check_open(unit: Unit) -> None:
    if not unit.is_active:
        raise Refused(_("This unit is closed. Choose another one."), field="unit")


def _check_successor(person: User, successor: User) -> None:
    if successor.pk == person.pk:
        raise Refused(_("Choose somebody else to take over the work."), field="hand_over_to")
    if not successor.is_active:
        raise Refused(_("The successor has left, too. Choose somebody who works here."), field="hand_over_to")


def _checked_username(username: str) -> str:
    """Lower case and without @: no two names look alike, and none looks like somebody's address."""
    username = username.strip().lower()
    if not re.fullmatch(r"[\w.+-]+", username):
        raise Refused(_("Use letters, digits and . + - _ only."), field="username")
    if len(username) > 150 or User.objects.filter(username__iexact=username).exists():
        raise Refused(_("This user name is taken or too long. Choose another one."), field="username")
    return username


def _checked_email(email: str, person: User) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused(_("Write a complete e-mail address, like name@example.com."), field="email") from wrong
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refused(_("Somebody else has this e-mail address."), field="email")
    return email
