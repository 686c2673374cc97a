"""The queue of held posts: released with the time they came, discarded but kept."""

import pytest
from django.test import Client

from tests.cast.portal import ADVERTISING
from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.portal.actions import discard_held, release_held
from wenguo.portal.choices import HeldState
from wenguo.portal.models import HeldPost
from wenguo.portal.tokens import held_token

pytestmark = pytest.mark.django_db


def test_released_it_is_a_complaint_received_when_it_was_sent(client: Client, held: HeldPost, alice: User) -> None:
    client.force_login(alice)
    client.post(f"/desk/held/{held.pk}/release/")
    complaint = Complaint.objects.get()
    held.refresh_from_db()
    assert (complaint.words, complaint.received_at) == (ADVERTISING, held.at)
    assert (held.state, held.complaint, held.decided_by) == (HeldState.RELEASED, complaint, alice)
    assert AuditEntry.objects.filter(chain=complaint.audit_chain, event="released").exists()
    receipt = Client().get(f"/receipt/{held_token(held.pk)}/", follow=True)
    assert complaint.reference in receipt.content.decode()


def test_discarded_it_stays_readable(client: Client, held: HeldPost, alice: User) -> None:
    client.force_login(alice)
    client.post(f"/desk/held/{held.pk}/discard/", {"note": "广告"})
    held.refresh_from_db()
    assert (held.state, held.note, Complaint.objects.count()) == (HeldState.DISCARDED, "广告", 0)
    assert "广告" in client.get("/desk/held/").content.decode()


def test_decided_once(held: HeldPost, alice: User, bob: User) -> None:
    discard_held(held, by=alice, note="广告")
    with pytest.raises(Refused):
        release_held(held, by=bob)
    assert not Complaint.objects.exists()


def test_who_does_not_take_in_sees_nothing(client: Client, held: HeldPost, otto: User) -> None:
    client.force_login(otto)
    assert client.get("/desk/held/").status_code == 403
    assert client.post(f"/desk/held/{held.pk}/release/").status_code == 403
    with pytest.raises(NotAllowed):
        release_held(held, by=otto)
    assert not Complaint.objects.exists()


def test_a_stranger_is_sent_to_sign_in(client: Client, held: HeldPost) -> None:
    for path in ("/desk/held/", f"/desk/held/{held.pk}/discard/", "/poster/", "/poster/QINGDAO/"):
        assert client.get(path).status_code == 302


def test_the_queue_shows_words_and_reasons(client: Client, held: HeldPost, alice: User) -> None:
    client.force_login(alice)
    page = client.get("/desk/held/").content.decode()
    assert "代开发票" in page
    assert "像广告" in page


def test_an_unknown_post_is_not_found(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.post("/desk/held/999/release/").status_code == 404
