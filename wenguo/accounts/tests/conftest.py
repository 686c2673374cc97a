"""Signed-in browsers, and what the audit and the outbox say."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Rate limits are counted in the cache: no test inherits another's."""
    cache.clear()


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return browser


@pytest.fixture
def last_event(db: None) -> Callable[[], tuple[str, str, dict[str, object]]]:
    """(event, actor's name, body) of the newest entry about accounts."""

    def newest() -> tuple[str, str, dict[str, object]]:
        entry = AuditEntry.objects.filter(chain="accounts").latest("seq")
        return entry.event, entry.actor.split()[-1], entry.body

    return newest
