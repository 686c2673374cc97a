"""A complaint by hand: all of it in one transaction, or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.models import Attachment, Complaint
from wenguo.customers.models import Customer, Interaction
from wenguo.process.models import Standard

WORDS = "修了三次还是响 😡 <script>alert(1)</script>"
GIVEN = {"channel": "phone", "kind": "person", "words": WORDS, "phone": "0086 138-1234 6021", "name": "张伟"}


@pytest.fixture
def at_desk(client: Client, alice: User, active_pack: Standard) -> Client:
    client.force_login(alice)
    return client


def test_customer_contact_and_complaint_are_made_together(at_desk: Client) -> None:
    answer = at_desk.post(reverse("desk:new"), GIVEN)
    complaint = Complaint.objects.get()
    assert answer["Location"] == reverse("desk:complaint", args=[complaint.reference])
    assert (complaint.words, complaint.customer is not None) == (WORDS, True)
    assert Interaction.objects.get().customer == complaint.customer


def test_what_was_said_is_shown_as_it_was_written(at_desk: Client) -> None:
    at_desk.post(reverse("desk:new"), GIVEN)
    page = at_desk.get(reverse("desk:complaint", args=[Complaint.objects.get().reference])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)</script>" not in page


def test_a_known_number_finds_its_owner(at_desk: Client) -> None:
    at_desk.post(reverse("desk:new"), GIVEN)
    at_desk.post(reverse("desk:new"), GIVEN | {"phone": "138 1234 6021", "words": "又来了"})
    assert (Customer.objects.count(), Complaint.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"words": " "},
        {"words": "x" * 100_001},
        {"phone": ""},
        {"phone": "12"},
        {"channel": "pigeon"},
        {"occurred_on": "2199-01-01"},
    ],
)
def test_what_is_wrong_changes_nothing_and_keeps_what_was_typed(at_desk: Client, changed: dict[str, str]) -> None:
    answer = at_desk.post(reverse("desk:new"), GIVEN | changed)
    assert answer.status_code == 422
    assert (Complaint.objects.count(), Customer.objects.count(), Interaction.objects.count()) == (0, 0, 0)
    assert "张伟" in answer.content.decode()


def test_a_disguised_file_takes_everything_back(at_desk: Client) -> None:
    file = SimpleUploadedFile("photo.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    answer = at_desk.post(reverse("desk:new"), GIVEN | {"attachments": file})
    assert answer.status_code == 422
    assert (Complaint.objects.count(), Customer.objects.count(), Attachment.objects.count()) == (0, 0, 0)
