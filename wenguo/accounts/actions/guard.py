"""What actions on people and units share: one lock, one chain of the audit, and the last administrator."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.audit import actions as audit
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused

CHAIN = "accounts"


def lock_company() -> None:
    """Changes of people and units are rare and touch each other: one at a time, by a lock on the root of the tree."""
    list(Unit.objects.select_for_update().filter(parent=None).values_list("pk"))


def record(event: str, *, by: Actor, **body: object) -> None:
    audit.record_in(CHAIN, event, by=by, body=body)


def changes(row: User | Unit, **wanted: object) -> dict[str, list[str]]:
    """Sets what differs on the row and returns it as {field: [before, after]}, as the audit keeps it."""
    changed = {}
    for field, value in wanted.items():
        before = getattr(row, field)
        if before != value:
            changed[field] = [_said(before), _said(value)]
            setattr(row, field, value)
    return changed


def _said(value: object) -> str:
    return value.code if isinstance(value, Unit) else str(value)


def forget_grants(person: User) -> None:
    """The grants kept on the person object are read again."""
    person.__dict__.pop("_grants", None)


def end_every_session(person: User, *, but: str = "") -> int:
    """Signs the person out on every device except the one with this session key."""
    rows = list(UserSession.objects.filter(user=person).exclude(session_key=but))
    for session in rows:
        session.end()
    return len(rows)


def check_administrator_remains() -> None:
    """After a change: somebody active must still administer the whole company, else nobody could ever again."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR, unit__parent=None, user__is_active=True)
    if not rows.exists():
        raise Refused(_("This is the last administrator. Make somebody else administrator of the whole company first."))


def check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), field="password") from weak


def check_filled(**values: str) -> None:
    """Refuses the first empty value, named by its field."""
    for field, value in values.items():
        if not value.strip():
            raise Refused(_("Fill in this field."), field=field)


def locked_person(person: User) -> User:
    lock_company()
    return User.objects.select_for_update(of=["self"]).select_related("unit").get(pk=person.pk)


def checked_email(email: str, person: User) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused(_("Write a complete e-mail address, like name@example.com."), field="email") from wrong
    if User.objects.filter(email__iexact=email).exclude(pk=person.pk).exists():
        raise Refused(_("Somebody else has this e-mail address."), field="email")
    return email


def check_active(person: User) -> None:
    if not person.is_active:
        raise Refused(_("This person has left. Bring them back first."))


def check_open(unit: Unit) -> None:
    if not unit.is_active:
        raise Refused(_("This unit is closed. Choose another one."), field="unit")
