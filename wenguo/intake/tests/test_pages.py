"""Pages of imports and messages: upload, preview, dry run, import by the worker, errors, undo; who may."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.intake.actions import claim_message, note_stale_sendings
from wenguo.intake.jobs import run_imports, run_tidy
from wenguo.intake.models import ImportBatch
from wenguo.intake.tests.conftest import HEADER, ROWS
from wenguo.lib.now import moved_to, now
from wenguo.outbox.actions import leave_message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]


@pytest.fixture
def desk(client: Client, carol: User, settings: object, tmp_path: Path) -> Client:
    """Signed in as the team lead."""
    client.force_login(carol)
    return client


def upload(client: Client, content: str = HEADER + ROWS, name: str = "投诉.csv") -> ImportBatch:
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post("/desk/import/", {"file": file, "preset": "complaints"})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.latest("pk")


def downloaded(client: Client, path: str) -> bytes:
    return b"".join(getattr(client.get(path), "streaming_content"))  # noqa: B009 - the stubs do not know it


def test_the_preview_shows_what_rows_become(desk: Client) -> None:
    batch = upload(desk, HEADER + ROWS + "A9,太早,1850-01-01,,,,,\n")
    page = desk.get(f"/desk/import/{batch.pk}/").content.decode()
    assert all(words in page for words in ("变速箱异响", "A1", "1850-01-01", "UTF-8"))
    assert not Complaint.objects.exists()


def test_check_import_and_undo_are_done_by_the_worker(desk: Client) -> None:
    batch = upload(desk, HEADER + ROWS + "A9,太早,1850-01-01,,,,,\n")

    desk.post(f"/desk/import/{batch.pk}/check/")
    assert run_imports() == 4
    batch.refresh_from_db()
    assert (batch.state, batch.imported, batch.errors, Complaint.objects.count()) == ("checked", 3, 1, 0)

    desk.post(f"/desk/import/{batch.pk}/start/")
    assert desk.get(f"/desk/import/{batch.pk}/progress/").status_code == 200
    run_imports()
    batch.refresh_from_db()
    assert (batch.state, batch.imported, Complaint.objects.count()) == ("done", 3, 3)
    assert desk.get(f"/desk/import/{batch.pk}/progress/")["HX-Refresh"] == "true"

    wrong = downloaded(desk, f"/desk/import/{batch.pk}/errors.csv")
    assert "A9" in wrong.decode("utf-8-sig")

    desk.post(f"/desk/import/{batch.pk}/undo/")
    run_imports()
    batch.refresh_from_db()
    assert (batch.state, Complaint.objects.count()) == ("undone", 0)
    assert batch.undone_by is not None


def test_another_worker_goes_on_where_one_died(desk: Client) -> None:
    batch = upload(desk)
    desk.post(f"/desk/import/{batch.pk}/start/")
    ImportBatch.objects.update(state="running", working_since=now())
    assert run_imports() == 0
    with moved_to(now() + timedelta(minutes=4)):
        assert run_imports() == 3
    assert Complaint.objects.count() == 3


def test_files_full_of_names_do_not_stay(desk: Client) -> None:
    imported, forgotten = upload(desk), upload(desk, HEADER + ROWS, "other.csv")
    desk.post(f"/desk/import/{imported.pk}/start/")
    run_imports()
    imported.refresh_from_db()
    assert imported.stored_as == ""

    assert run_tidy(now()) == 0
    assert run_tidy(now() + timedelta(days=31)) == 1
    forgotten.refresh_from_db()
    assert forgotten.stored_as == ""


def test_columns_can_be_assigned(desk: Client) -> None:
    batch = upload(desk, "Nr,Text,Tag\n7,Getriebe defekt,2024-12-24\n")
    assert "Nr" in desk.get(f"/desk/import/{batch.pk}/").content.decode()
    form = {"source_system": "crm", "source_id": "Nr", "words": "Text", "received_at": "Tag"}
    assert desk.post(f"/desk/import/{batch.pk}/columns/", form).status_code == 302
    desk.post(f"/desk/import/{batch.pk}/start/")
    run_imports()
    assert Complaint.objects.get().source_id == "7"


@pytest.mark.parametrize(("content", "name"), [("", "empty.csv"), ("PK", "x.exe"), ("%PDF", "letter.pdf")])
def test_a_wrong_upload_is_refused_in_the_form(desk: Client, content: str, name: str) -> None:
    file = SimpleUploadedFile(name, content.encode())
    answer = desk.post("/desk/import/", {"file": file, "preset": "complaints"})
    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()


def test_an_upload_can_be_thrown_away(desk: Client) -> None:
    batch = upload(desk)
    assert desk.post(f"/desk/import/{batch.pk}/drop/").status_code == 302
    assert not ImportBatch.objects.exists()


def test_a_template_is_offered(desk: Client) -> None:
    answer = downloaded(desk, "/desk/import/template/cfpb.csv")
    assert b"Complaint ID" in answer


def test_an_agent_cannot_import(client: Client, alice: User, carol: User) -> None:
    client.force_login(carol)
    batch = upload(client)
    client.force_login(alice)
    for path in ("", f"{batch.pk}/", f"{batch.pk}/progress/", f"{batch.pk}/errors.csv", "template/cfpb.csv"):
        assert client.get(f"/desk/import/{path}").status_code == 403
    for verb in ("check", "start", "undo", "drop", "columns"):
        assert client.post(f"/desk/import/{batch.pk}/{verb}/").status_code == 403
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_messages_are_listed_masked_and_sent_again_by_an_administrator(client: Client, ada: User) -> None:
    message = leave_message(kind="test", to="zhang@example.com", subject="您好", body="x")
    claim_message(now())
    note_stale_sendings(now() + timedelta(hours=1))
    client.force_login(ada)

    page = client.get("/desk/messages/", {"state": "uncertain"}).content.decode()
    assert "z***@example.com" in page
    assert "zhang@example.com" not in page

    assert client.post(f"/desk/messages/{message.pk}/resend/").status_code == 302
    message.refresh_from_db()
    assert message.state == "queued"


def test_an_agent_sees_no_messages(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get("/desk/messages/").status_code == 403
