"""The first administrator."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Membership, Unit, User
from wenguo.library.models import MessageTemplate
from wenguo.process.models import Standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def _nobody() -> None:
    Membership.objects.all().delete()
    User.objects.all().delete()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGUO_PASSWORD", "a river of 10 fish")


@pytest.mark.usefixtures("_nobody")
def test_makes_the_first_administrator() -> None:
    call_command("init", "--username", "first", "--email", "first@example.com")
    user = User.objects.get()
    assert user.check_password("a river of 10 fish")
    assert grants_of(user).everywhere(Permission.PEOPLE)
    assert user.unit == Unit.objects.get(parent=None)


@pytest.mark.usefixtures("_nobody")
def test_complaints_can_come_in_at_once() -> None:
    call_command("init", "--username", "first", "--email", "first@example.com")
    assert Standard.objects.filter(state="active").exists()
    assert MessageTemplate.objects.filter(kind="received").exists()


def test_refuses_when_there_is_somebody(alice: User) -> None:
    with pytest.raises(CommandError, match="There are people already"):
        call_command("init", "--username", "second", "--email", "second@example.com")
    assert not User.objects.filter(username="second").exists()


@pytest.mark.usefixtures("_nobody")
def test_refuses_a_weak_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGUO_PASSWORD", "12345")
    with pytest.raises(CommandError):
        call_command("init", "--username", "first", "--email", "first@example.com")
    assert not User.objects.exists()
