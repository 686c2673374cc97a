"""A backup comes back exactly, sealed fields still sealed, and nothing is lost by a bad one."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings

from wenguo.accounts.models import Unit, User
from wenguo.outbox.models import OutboundMessage
from wenguo.world.backup import check_archive, restore_backup, write_backup

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 21, 8, 30, 15, 123457, tzinfo=UTC)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    root = Unit.objects.create(code="backup", name_zh="总部", name_en="Head office", kind="company", path="/9001/")
    user = User.objects.create_user("edith", "edith@example.com", "a long password", name="伊迪丝", unit=root)
    User.objects.create_user("fred", name="Fred", deputy=user)
    OutboundMessage.objects.create(
        message_id="<1@x>", kind="receipt", to_address="zhang@example.com", subject="收到", body="…", created_at=MOMENT
    )
    letter = Path(settings.WENGUO_HOME) / "files/letters/1.txt"
    letter.parent.mkdir(parents=True, exist_ok=True)
    letter.write_text("原话")
    archive = tmp_path / "all.zip"
    write_backup(archive)
    return archive


def put_back(backup: Path) -> None:
    connection.check_constraints()  # PostgreSQL empties no table with checks still to come
    restore_backup(backup)


def test_everything_comes_back_exactly(backup: Path) -> None:
    OutboundMessage.objects.all().delete()
    User.objects.filter(username="fred").delete()
    (Path(settings.WENGUO_HOME) / "files/letters/1.txt").write_text("changed")
    put_back(backup)
    message = OutboundMessage.objects.get()
    assert (message.to_address, message.created_at) == ("zhang@example.com", MOMENT)
    assert User.objects.get(username="fred").deputy == User.objects.get(username="edith")
    assert User.objects.get(username="edith").check_password("a long password")
    assert (Path(settings.WENGUO_HOME) / "files/letters/1.txt").read_text() == "原话"


def test_a_second_backup_holds_the_same_rows(backup: Path, tmp_path: Path) -> None:
    put_back(backup)
    write_backup(tmp_path / "again.zip")
    with zipfile.ZipFile(backup) as first, zipfile.ZipFile(tmp_path / "again.zip") as second:
        rows = [name for name in first.namelist() if name.startswith("rows/")]
        assert [first.read(name) for name in rows] == [second.read(name) for name in rows]


def test_new_rows_get_new_ids_after_a_restore(backup: Path) -> None:
    put_back(backup)
    assert User.objects.create_user("gina").pk > User.objects.get(username="fred").pk


def test_personal_data_stays_sealed_in_the_archive(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        rows = archive.read("rows/outbox.outboundmessage.jsonl").decode()
    assert "zhang@example.com" not in rows
    assert '"v1:' in rows


def test_a_damaged_archive_is_refused(backup: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"edith", b"edixh"))
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", damaged, "--replace")
    assert User.objects.filter(username="edith").exists()


def test_a_filled_installation_is_not_overwritten(backup: Path) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", backup)


def test_another_field_key_is_refused(backup: Path) -> None:
    with override_settings(FIELD_KEY="another key that is long enough"), pytest.raises(CommandError, match="field key"):
        call_command("restore", backup, "--replace")
    assert User.objects.filter(username="edith").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    with pytest.raises(CommandError, match="not a complete backup"):
        call_command("restore", tmp_path / "x.zip")


def test_a_sound_archive_passes(backup: Path) -> None:
    check_archive(backup)
