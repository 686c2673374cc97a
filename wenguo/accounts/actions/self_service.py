"""What people do for themselves: absence with a deputy, language and time zone, keys for their machines."""

import hashlib
import secrets
import zoneinfo
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission, check_self_or_people
from wenguo.accounts.actions.guard import changes, check_filled, end_every_session, record
from wenguo.accounts.choices import Permission, Scope
from wenguo.accounts.models import ApiToken, User
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

TOKEN_PREFIX = "wg_"  # noqa: S105 - what every token starts with, so that scanners find a leaked one


@transaction.atomic
def set_absence(person: User, *, deputy: User, absent_from: datetime, absent_until: datetime, by: Actor) -> User:
    """While absent, the deputy stands in. Times are aware; the end is not included."""
    person = User.objects.select_for_update().get(pk=person.pk)
    check_self_or_people(by, person)
    deputy = User.objects.get(pk=deputy.pk)
    if deputy.pk == person.pk:
        raise Refused(_("Nobody stands in for themselves. Choose a colleague."), field="deputy")
    if not deputy.is_active:
        raise Refused(_("This colleague has left. Choose somebody who works here."), field="deputy")
    if absent_until <= absent_from:
        raise Refused(_("The absence must end after it begins."), field="absent_until")
    if absent_until <= now():
        raise Refused(_("This absence is already over. Choose an end in the future."), field="absent_until")
    person.deputy, person.absent_from, person.absent_until = deputy, absent_from, absent_until
    person.save(update_fields=["deputy", "absent_from", "absent_until"])
    times = {"from": absent_from.isoformat(), "until": absent_until.isoformat()}
    record("absence.set", by=by, person=person.username, deputy=deputy.username, **times)
    return person


@transaction.atomic
def end_absence(person: User, *, by: Actor) -> User:
    """Back at work; the deputy stays known for the next time."""
    person = User.objects.select_for_update().get(pk=person.pk)
    check_self_or_people(by, person)
    if person.absent_from:
        person.absent_from = person.absent_until = None
        person.save(update_fields=["absent_from", "absent_until"])
        record("absence.ended", by=by, person=person.username)
    return person


@transaction.atomic
def set_preferences(person: User, *, language: str, time_zone: str, by: Actor) -> User:
    """In which language the pages speak and in which zone they show times."""
    person = User.objects.select_for_update().get(pk=person.pk)
    check_self_or_people(by, person)
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose a language from the list."), field="language")
    if time_zone not in zoneinfo.available_timezones():
        raise Refused(_("Choose a time zone from the list."), field="time_zone")
    changed = changes(person, language=language, time_zone=time_zone)
    if changed:
        person.save(update_fields=list(changed))
        record("preferences.set", by=by, person=person.username, changed=changed)
    return person


@transaction.atomic
def make_token(
    person: User, *, name: str, scopes: Sequence[str], by: User, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A key for a machine of this person, and its secret, which is shown now and never again."""
    person = User.objects.select_for_update().get(pk=person.pk)
    check_self_or_people(by, person)
    check_permission(person, Permission.TOKENS)
    check_filled(name=name)
    if not scopes or set(scopes) - set(Scope.values):
        raise Refused(_("Choose at least one thing the token may do."), field="scopes")
    if expires_at and expires_at <= now():
        raise Refused(_("Choose a last day in the future."), field="expires_at")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(30)
    token = ApiToken.objects.create(
        user=person,
        name=name.strip(),
        prefix=secret[:8],
        token_hash=token_hash(secret),
        scopes=sorted(set(scopes)),
        created_at=now(),
        expires_at=expires_at,
    )
    record("token.made", by=by, person=person.username, token=token.prefix, scopes=token.scopes)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> ApiToken:
    """The key stops working at once."""
    token = ApiToken.objects.select_for_update(of=["self"]).select_related("user").get(pk=token.pk)
    check_self_or_people(by, token.user)
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        record("token.revoked", by=by, person=token.user.username, token=token.prefix)
    return token


@transaction.atomic
def end_session(person: User, pk: int, *, by: Actor) -> None:
    """Signs the person out on one device. Somebody else's session is not found."""
    check_self_or_people(by, person)
    session = UserSession.objects.filter(user=person, pk=pk).first()
    if session is None:
        raise Refused(_("This device is already signed out."))
    session.end()
    record("session.ended", by=by, person=person.username)


@transaction.atomic
def end_sessions(person: User, *, by: Actor, but: str = "") -> None:
    """Signs the person out everywhere except in the session with this key."""
    check_self_or_people(by, person)
    if ended := end_every_session(person, but=but):
        record("session.ended", by=by, person=person.username, count=ended)


def note_token_use(token: ApiToken) -> None:
    """Remembers when the token was last used, to the minute: a write for each call would cost more than the call."""
    minute_ago = now() - timedelta(minutes=1)
    if token.last_used_at is None or token.last_used_at < minute_ago:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now())


def token_hash(secret: str) -> str:
    """A plain hash: the secret has 240 random bits, so nothing is gained by a slow one, and it can be looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()
