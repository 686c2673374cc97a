"""`wenguo enrol`: a person with a first password, without any mail."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from wenguo.accounts.models import Membership, Unit, User

GIVEN = ("lin", "--name=林一", "--email=lin@haichuan.example", "--role=agent")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGUO_PASSWORD", "seven green rivers run")


def test_the_person_signs_in_with_the_role(workshop: Unit) -> None:
    call_command("enrol", *GIVEN, f"--unit={workshop.code}")

    person = User.objects.get(username="lin")
    assert person.check_password("seven green rivers run")
    assert Membership.objects.get(user=person).unit == workshop


def test_an_unknown_unit_names_those_there_are(workshop: Unit) -> None:
    with pytest.raises(CommandError, match=workshop.code):
        call_command("enrol", *GIVEN, "--unit=NOWHERE")
    assert not User.objects.filter(username="lin").exists()


def test_a_weak_password_adds_nobody(workshop: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENGUO_PASSWORD", "123")
    with pytest.raises(CommandError, match="password"):
        call_command("enrol", *GIVEN)
    assert not User.objects.filter(username="lin").exists()
