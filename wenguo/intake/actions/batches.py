"""The life of an import: uploaded, mapped, checked, waiting for the worker, done or failed."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.intake.choices import ImportState
from wenguo.intake.models import ImportBatch, RawMessage
from wenguo.intake.queries.mappings import preset, read_mapping
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.tables import read_table

FOLDER = "imports"
LEASE = timedelta(minutes=3)  # a thousand rows take seconds; a worker silent for longer is gone
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".csv.gz", ".tsv.gz", ".txt.gz")
UNTOUCHED = Q(version=1, audit_count=1)
SHORT = (ImportState.CHECKING, ImportState.UNDOING)  # what a worker does without another state in between
UNDOABLE = (ImportState.DONE, ImportState.FAILED)
MOVABLE = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_batch(path: Path, *, preset_name: str, mapping: dict[str, Any], by: User | None) -> ImportBatch:
    """The import of a file the command reads itself."""
    return ImportBatch.objects.create(
        file_name=path.name[:200],
        sha256=sha256_of(path),
        preset=preset_name,
        mapping=mapping,
        state=ImportState.RUNNING,
        by=by,
        created_at=now(),
        working_since=now(),
    )


@transaction.atomic
def take_upload(file: "File[bytes]", *, by: User, preset_name: str, mapping_text: str = "") -> ImportBatch:
    """Keeps an uploaded file as it came, before anything of it is read; a file that is no table is refused."""
    check_permission(by, Permission.IMPORT)
    mapping = _mapping(preset_name, mapping_text)
    name = Path(file.name or "table").name
    suffix = next((one for one in sorted(SUFFIXES, key=len, reverse=True) if name.lower().endswith(one)), None)
    if suffix is None:
        raise Refused(_("Only CSV and XLSX files can be imported, also compressed as .gz."), field="file")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    stored = default_storage.save(f"{FOLDER}/{digest.hexdigest()[:16]}{suffix}", file)
    try:
        read_table(Path(default_storage.path(stored)))
    except Refused as no:
        default_storage.delete(stored)
        raise Refused(no.sentence, field="file") from no
    return ImportBatch.objects.create(
        file_name=name[:200],
        stored_as=stored,
        sha256=digest.hexdigest(),
        preset=preset_name,
        mapping=mapping,
        state=ImportState.UPLOADED,
        by=by,
        created_at=now(),
    )


@transaction.atomic
def choose_mapping(batch: ImportBatch, *, by: User, preset_name: str, mapping_text: str = "") -> ImportBatch:
    """Another preset or mapping for a file that is not imported yet."""
    check_permission(by, Permission.IMPORT)
    batch = _locked(batch, MOVABLE)
    batch.mapping = _mapping(preset_name, mapping_text)
    batch.preset, batch.state, batch.error = preset_name, ImportState.UPLOADED, ""
    batch.save(update_fields=["mapping", "preset", "state", "error"])
    return batch


@transaction.atomic
def ask_for_check(batch: ImportBatch, *, by: User) -> ImportBatch:
    """The worker goes through the file without writing."""
    check_permission(by, Permission.IMPORT)
    return _to(_locked(batch, MOVABLE), ImportState.CHECKING)


@transaction.atomic
def ask_for_import(batch: ImportBatch, *, by: User) -> ImportBatch:
    """The worker imports the file."""
    check_permission(by, Permission.IMPORT)
    return _to(_locked(batch, MOVABLE), ImportState.WAITING)


@transaction.atomic
def ask_for_undo(batch: ImportBatch, *, by: User) -> ImportBatch:
    """The worker takes the whole import back, if nothing was done on its rows."""
    check_permission(by, Permission.IMPORT)
    batch = _locked(batch, UNDOABLE)
    check_untouched(batch)
    batch.undone_by = by
    batch.save(update_fields=["undone_by"])
    return _to(batch, ImportState.UNDOING)


def check_untouched(batch: ImportBatch) -> None:
    touched = Complaint.objects.filter(imported_row__batch=batch).exclude(UNTOUCHED).count()
    if touched:
        raise Refused(
            _("%(count)d complaints of this import were worked on since. It cannot be undone any more.")
            % {"count": touched}
        )


@transaction.atomic
def drop_upload(batch: ImportBatch, *, by: User) -> None:
    """Throws an uploaded file away that was never imported."""
    check_permission(by, Permission.IMPORT)
    batch = _locked(batch, MOVABLE)
    if batch.imported_rows.exists():
        raise Refused(_("Rows of this file are imported already. Undo the import instead."))
    stored = batch.stored_as
    batch.delete()
    if stored:
        transaction.on_commit(lambda: default_storage.delete(stored))


def claim_import() -> ImportBatch | None:
    """The oldest import that waits for a worker, or whose worker died, is ours now; None: nothing to do."""
    moment = now()
    waiting = ImportBatch.objects.filter(state__in=(*SHORT, ImportState.WAITING), working_since=None)
    dead = ImportBatch.objects.filter(state__in=(*SHORT, ImportState.RUNNING), working_since__lt=moment - LEASE)
    uploaded = ~Q(stored_as="") | Q(state=ImportState.UNDOING)
    for rows in (waiting, dead):
        for batch in rows.filter(uploaded).order_by("id")[:5]:
            state = batch.state if batch.state in SHORT else ImportState.RUNNING
            ours = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, working_since=batch.working_since)
            if ours.update(state=state, working_since=moment):
                batch.refresh_from_db()
                return batch
    return None


def note_check(batch: ImportBatch, counts: dict[str, int]) -> None:
    """What the dry run found."""
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.CHECKED, working_since=None, error="", **counts)


def fail_import(batch: ImportBatch, error: str) -> None:
    """The whole file cannot be read; what was imported of it before stays and can be undone."""
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=ImportState.FAILED, error=error[:2000], working_since=None, finished_at=now()
    )


def forget_old_uploads(before: datetime) -> int:
    """Files nobody imported and rows nobody corrected go after a while; how many. The figures of an import stay."""
    old = ImportBatch.objects.filter(created_at__lt=before, state__in=MOVABLE).exclude(stored_as="")
    for batch in old:
        default_storage.delete(batch.stored_as)
        ImportBatch.objects.filter(pk=batch.pk).update(stored_as="")
    rows, _by_model = RawMessage.objects.filter(received_at__lt=before).delete()
    return len(old) + rows


def _mapping(preset_name: str, mapping_text: str) -> dict[str, Any]:
    """The mapping to keep with the import: empty where a preset is used."""
    if mapping_text.strip():
        read_mapping(mapping_text)
        return _as_dict(mapping_text)
    preset(preset_name)
    return {}


def _as_dict(text: str) -> dict[str, Any]:
    described: dict[str, Any] = orjson.loads(text)
    return described


def _locked(batch: ImportBatch, states: tuple[ImportState, ...]) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in states:
        raise Refused(_("This is not possible now: the import is “%(state)s”.") % {"state": locked.get_state_display()})
    return locked


def _to(batch: ImportBatch, state: ImportState) -> ImportBatch:
    batch.state, batch.working_since, batch.error = state, None, ""
    batch.save(update_fields=["state", "working_since", "error"])
    return batch
