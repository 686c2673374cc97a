"""The default pack, installed by the action itself."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack
from wenguo.process.models import Calendar, Standard


@pytest.fixture
def standard(db: None) -> Standard:
    """Version 1 of the default pack, in force."""
    return install_pack(by=SYSTEM)


@pytest.fixture
def office(standard: Standard) -> Calendar:
    return standard.calendar


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def of_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def of_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client
