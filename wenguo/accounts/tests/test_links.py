"""Links to choose a password: mailed, or shown once to the administrator where no mail can go out."""

import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client

from wenguo.accounts.actions import accept_invitation, invite_person, mail_new_password, show_link
from wenguo.accounts.models import Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage

PASSWORD = "seven green rivers run"


@pytest.fixture
def invited(ada: User, service_centre: Unit) -> User:
    return invite_person(username="lin", name="林一", email="lin@haichuan.example", unit=service_centre, by=ada)


def token_in(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def test_the_link_shown_lets_in_once(invited: User, ada: User) -> None:
    link = show_link(invited, by=ada)

    assert accept_invitation(token_in(link), password=PASSWORD).check_password(PASSWORD)
    with pytest.raises(Refused):
        accept_invitation(token_in(link), password=PASSWORD)


def test_it_is_audited_and_the_mail_that_waited_never_goes_out(invited: User, ada: User) -> None:
    show_link(invited, by=ada)

    assert AuditEntry.objects.filter(event="person.link_shown", actor=ada.audit_name).count() == 1
    assert OutboundMessage.objects.get(kind="invitation").state == "cancelled"


def test_a_new_password_signs_out_and_unlocks(alice: User, ada: User, client: Client) -> None:
    client.force_login(alice)
    AccessAttempt.objects.create(username="alice", ip_address="10.0.0.1", failures_since_start=5)

    accept_invitation(token_in(show_link(alice, by=ada)), password=PASSWORD)

    assert client.get("/accounts/me/").status_code == 302
    assert not AccessAttempt.objects.exists()


def test_with_a_mail_server_nobody_sees_the_link(invited: User, ada: User, settings: Any) -> None:
    settings.EMAIL_IS_CONFIGURED = True
    with pytest.raises(Refused):
        show_link(invited, by=ada)
    assert not AuditEntry.objects.filter(event="person.link_shown").exists()


def test_the_link_mailed_is_for_the_person_alone(alice: User, ada: User) -> None:
    mail_new_password(alice, by=ada)

    message = OutboundMessage.objects.get(kind="new_password")
    assert message.to_address == alice.email
    found = re.search(r"/invitation/([^/]+)/", message.body)
    assert found is not None
    assert accept_invitation(found[1], password=PASSWORD) == alice


def test_only_administrators(invited: User, carol: User) -> None:
    with pytest.raises(NotAllowed):
        show_link(invited, by=carol)
    assert OutboundMessage.objects.get(kind="invitation").state == "queued"


def test_the_page_shows_it_once_with_a_copy_button(invited: User, ada: User, client: Client) -> None:
    client.force_login(ada)
    shown = client.post(f"/accounts/people/{invited.pk}/link/").content.decode()

    assert "/accounts/invitation/" in shown
    assert "data-copy" in shown
    assert "/accounts/invitation/" not in client.get(f"/accounts/people/{invited.pk}/").content.decode()
