"""Who calls the API: a token in the header or a browser's session. Rooms ask `access.caller_for` for the scope."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer
from ninja.security.session import SessionAuth as NinjaSession

from wenguo.accounts.access import Caller, grants_of
from wenguo.accounts.actions import note_token_use
from wenguo.accounts.queries import caller_with, memberships_of, token_for
from wenguo.lib.now import now


class TokenAuth(HttpBearer):
    """`Authorization: Bearer wg_…`; unknown, expired, revoked and orphaned tokens look alike."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        found = token_for(token, now())
        if found is None:
            return None
        note_token_use(found)
        request.user = found.user
        return caller_with(found)


class SessionAuth(NinjaSession):
    """Our own pages call the API with the browser's session; a CSRF token is then required for writing."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        return Caller(request.user) if request.user.is_authenticated else None


AUTH = [TokenAuth(), SessionAuth()]

router = Router(tags=["me"])


class MyRole(Schema):
    role: str
    unit: str
    unit_name: str


class Me(Schema):
    """Who the caller is and what the caller may do."""

    username: str
    name: str
    email: str
    language: str
    time_zone: str
    unit: str | None
    absent_until: datetime | None
    roles: list[MyRole]
    permissions: list[str]
    scopes: list[str] | None


@router.get("", response=Me, summary="Who am I", operation_id="me")
def me(request: HttpRequest) -> dict[str, Any]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    person = caller.user
    roles = [
        {"role": row.role, "unit": row.unit.code, "unit_name": row.unit.name}
        for row in memberships_of(person)
        if row.unit.is_active
    ]
    permissions = {verb.value for verbs, _path, _role in grants_of(person).rows for verb in verbs}
    return {
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "time_zone": person.time_zone,
        "unit": person.unit.code if person.unit else None,
        "absent_until": person.absent_until if person.is_absent(now()) else None,
        "roles": roles,
        "permissions": sorted(permissions),
        "scopes": None if caller.scopes is None else sorted(caller.scopes),
    }
