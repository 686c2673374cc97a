"""Coming: people are invited by mail, or enrolled with a first password where no mail arrives."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.accounts.access import check_people, check_person
from wenguo.accounts.actions.guard import (
    check_active,
    check_filled,
    check_open,
    check_password,
    checked_email,
    end_every_session,
    lock_company,
    locked_person,
    record,
)
from wenguo.accounts.actions.people import grant_role
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Invitation, Unit, User
from wenguo.lib import links
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.actions import cancel_messages, leave_message

INVITATION_LASTS = timedelta(days=7)
LINK_KINDS = ("invitation", "new_password", "password_reset_key")


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
    person = locked_person(person)
    check_person(by, person)
    if person.has_usable_password():
        raise Refused(_("This person already signs in. A forgotten password is reset on the sign-in page."))
    check_active(person)
    _mail_invitation(person)
    record("person.invited_again", by=by, person=person.username)
    return person


@transaction.atomic
def mail_new_password(person: User, *, by: Actor) -> User:
    """For someone who forgot the password: a link by mail, as an administrator may send it, too."""
    person = locked_person(person)
    check_person(by, person)
    check_active(person)
    _mail_link(person, _new_link(person))
    record("person.link_mailed", by=by, person=person.username)
    return person


@transaction.atomic
def show_link(person: User, *, by: Actor) -> str:
    """Where no mail can go out: a link to choose a password, shown once to the administrator, who hands it over.

    Links given before stop working, and those that still wait to be mailed never will be.
    """
    person = locked_person(person)
    check_person(by, person)
    check_active(person)
    if settings.EMAIL_IS_CONFIGURED:
        raise Refused(_("Mail goes out: send the link by mail, so that nobody but the person sees it."))
    cancel_messages(f"user:{person.pk}", kinds=LINK_KINDS)
    link = _new_link(person)
    record("person.link_shown", by=by, person=person.username)
    return link


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> User:
    """Sets the first password, or a new one: then whoever is signed in with the old one is signed out."""
    invitation = Invitation.objects.select_for_update().select_related("user").filter(token_hash=_hash(token)).first()
    if invitation is None or invitation.used_at or invitation.expires_at <= now() or not invitation.user.is_active:
        raise Refused(_("This invitation is no longer valid. Ask your administrator for a new one."))
    person = invitation.user
    check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    end_every_session(person)
    for name in (person.username, person.email):
        reset(username=name)  # wrong tries with the old password lock out nobody any more
    record("person.accepted", by=person, person=person.username)
    return person


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
    check_open(unit)
    person = User(
        username=_checked_username(username),
        name=name.strip(),
        unit=unit,
        language=language,
        phone=phone.strip(),
        staff_number=staff_number.strip(),
        date_joined=now(),
    )
    person.email = checked_email(email, person)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _give(person: User, roles: Sequence[tuple[Role | str, Unit]], by: Actor) -> None:
    for role, unit in roles:
        grant_role(person, role, unit, by=by)


def _new_link(person: User) -> str:
    """A fresh link to choose a password; the one before stops working."""
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
    return links.url("invitation", token=token)


def _mail_invitation(person: User) -> None:
    link = _new_link(person)
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
            % {"name": person.name, "username": person.username, "link": link},
            about=f"user:{person.pk}",
            language=person.language,
        )


def _mail_link(person: User, link: str) -> None:
    with override(person.language):
        leave_message(
            kind="new_password",
            to=person.email,
            subject=_("Choose a new password"),
            body=_(
                "Hello %(name)s,\n\nan administrator sends you this link to choose a new password. "
                "It works for seven days:\n\n%(link)s\n\n"
                "If you did not ask for it, tell your administrator at once.\n"
            )
            % {"name": person.name, "link": link},
            about=f"user:{person.pk}",
            language=person.language,
        )


def _hash(token: str) -> str:
    """The token has 256 random bits, so a plain hash is enough and can be looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


def _checked_username(username: str) -> str:
    """Lower case and without @: no two names look alike, and none looks like somebody's address."""
    username = username.strip().lower()
    if not re.fullmatch(r"[\w.+-]+", username):
        raise Refused(_("Use letters, digits and . + - _ only."), field="username")
    if len(username) > 150 or User.objects.filter(username__iexact=username).exists():
        raise Refused(_("This user name is taken or too long. Choose another one."), field="username")
    return username
