"""Changing and leaving: data, roles, and the work handed over by whoever goes."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wenguo.accounts.access import check_people, check_person
from wenguo.accounts.actions.guard import (
    changes,
    check_active,
    check_administrator_remains,
    check_filled,
    check_open,
    checked_email,
    end_every_session,
    forget_grants,
    locked_person,
    record,
)
from wenguo.accounts.choices import Role
from wenguo.accounts.models import ApiToken, Membership, Unit, User
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.actions import leave_message


@transaction.atomic
def change_person(
    person: User, *, name: str, email: str, unit: Unit, by: Actor, phone: str = "", staff_number: str = ""
) -> User:
    """Changes what is known of a person. Roles are given and withdrawn apart."""
    person = locked_person(person)
    check_person(by, person)
    check_people(by, unit)
    check_filled(name=name)
    if unit.pk != person.unit_id:
        check_open(unit)
    changed = changes(
        person,
        name=name.strip(),
        email=checked_email(email, person),
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
    person = locked_person(person)
    check_person(by, person)
    check_people(by, unit)
    check_active(person)
    if role not in Role.values:
        raise Refused(_("Choose a role from the list."), field="role")
    check_open(unit)
    membership, created = Membership.objects.get_or_create(user=person, unit=unit, role=Role(role))
    if created:
        record("role.granted", by=by, person=person.username, role=membership.role, unit=unit.code)
    forget_grants(person)
    return membership


@transaction.atomic
def revoke_role(person: User, role: Role | str, unit: Unit, *, by: Actor) -> None:
    """Withdraws a role. The last administrator of the company keeps theirs."""
    person = locked_person(person)
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
    person = locked_person(person)
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
    person = locked_person(person)
    check_person(by, person)
    if person.is_active:
        return person
    person.is_active, person.handed_over_to = True, None
    person.save(update_fields=["is_active", "handed_over_to"])
    record("person.reactivated", by=by, person=person.username)
    forget_grants(person)
    return person


@transaction.atomic
def remove_second_step(person: User, *, by: Actor) -> None:
    """The phone is lost and no recovery code is left: the password alone lets in again, and the person is told."""
    person = locked_person(person)
    check_person(by, person)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Refused(_("This person has no second step."))
    end_every_session(person)
    with override(person.language):
        leave_message(
            kind="second_step_removed",
            to=person.email,
            subject=_("The second step is off"),
            body=_(
                "Hello %(name)s,\n\nan administrator turned off the second step of your account. The password alone "
                "lets you in until you turn it on again. "
                "If you did not ask for this, tell your administrator at once.\n"
            )
            % {"name": person.name},
            about=f"user:{person.pk}",
            language=person.language,
        )
    record("second_step.removed", by=by, person=person.username)


def _check_successor(person: User, successor: User) -> None:
    if successor.pk == person.pk:
        raise Refused(_("Choose somebody else to take over the work."), field="hand_over_to")
    if not successor.is_active:
        raise Refused(_("The successor has left, too. Choose somebody who works here."), field="hand_over_to")
