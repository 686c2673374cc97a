"""One archive with all rows and files, the same for SQLite and PostgreSQL, so that a backup also moves between them.

A zip: `rows/<app>.<model>.jsonl` (one JSON list a row), `files/…`, and last `manifest.json` with a SHA-256 a part.
Sealed fields stay sealed: without the field key, which is never in the archive, personal data cannot be read.
"""

import base64
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F, Field, ForeignKey, Model, TextField, Value
from django.db.models.functions import Cast
from django.utils.duration import duration_string

from wenguo.lib.errors import Refused
from wenguo.lib.fields import EncryptedTextField, blind
from wenguo.lib.now import written_now

FORMAT = 1
MANIFEST = "manifest.json"
# Of no use elsewhere: who is signed in, failed sign-ins, what the worker last did.
_LEFT_OUT = {"sessions.Session", "usersessions.UserSession", "world.JobRun"}
_LEFT_OUT_APPS = {"axes"}
_FOLDERS_LEFT_OUT = {"keys", "lake", "tmp"}
_BATCH = 500

AnyField: TypeAlias = "Field[Any, Any]"


def kept_models() -> list[type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return sorted(
        (
            model
            for model in every
            if model._meta.managed and not model._meta.proxy
            if model._meta.label not in _LEFT_OUT and model._meta.app_label not in _LEFT_OUT_APPS
        ),
        key=lambda model: model._meta.label_lower,
    )


def write_backup(target: Path, *, using: str = "default") -> dict[str, int]:
    """Writes the archive whole or not at all; returns the number of rows and files. Nobody has to wait meanwhile."""
    counts = {"rows": 0, "files": 0}
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, transaction.atomic(using=using):
            parts: dict[str, dict[str, Any]] = {}
            for model in kept_models():
                parts[f"rows/{model._meta.label_lower}.jsonl"] = part = _write_rows(archive, model, using)
                counts["rows"] += part["rows"]
            for path in stored_files():
                parts[f"files/{path.relative_to(_home()).as_posix()}"] = _write_file(archive, path)
                counts["files"] += 1
            archive.writestr(MANIFEST, json.dumps(_manifest(parts, using), indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(target)
    return counts


def _manifest(parts: dict[str, dict[str, Any]], using: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": written_now().isoformat(),
        "migrations": applied_migrations(using),
        "key": key_mark(),
        "parts": parts,
    }


@contextmanager
def snapshot() -> Iterator[str]:
    """A second connection that sees one moment of the database while others go on writing."""
    options: dict[str, Any] = {"transaction_mode": "DEFERRED"}
    if connections["default"].vendor == "postgresql":
        options = {"isolation_level": 3}  # psycopg's IsolationLevel.REPEATABLE_READ
    default = connections.settings["default"]
    connections.settings["snapshot"] = default | {"OPTIONS": default.get("OPTIONS", {}) | options}
    try:
        yield "snapshot"
    finally:
        connections["snapshot"].close()
        del connections["snapshot"], connections.settings["snapshot"]


def applied_migrations(using: str) -> list[str]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def key_mark() -> str:
    """Tells two field keys apart without telling anything about them."""
    return blind("backup", "key")


def stored_files() -> Iterator[Path]:
    for folder in sorted(path for path in _home().iterdir() if path.is_dir() and path.name not in _FOLDERS_LEFT_OUT):
        if folder != Path(settings.KEYS_DIR):
            yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _home() -> Path:
    return Path(settings.WENGUO_HOME)


# --- writing ----------------------------------------------------------------------------------------------------------


def columns(model: type[Model]) -> list[AnyField]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _write_rows(archive: zipfile.ZipFile, model: type[Model], using: str) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    fields = columns(model)
    sealed = {f"sealed_{f.attname}": Cast(F(f.attname), TextField()) for f in fields if _is_sealed(f)}
    names = [f"sealed_{field.attname}" if _is_sealed(field) else field.attname for field in fields]
    rows = model._base_manager.using(using).annotate(**sealed).order_by("pk").values_list(*names)
    with archive.open(f"rows/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as stream:
        for row in rows.iterator(chunk_size=2000):
            line = (json.dumps(row, default=_as_json, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
            digest.update(line)
            stream.write(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest(), "columns": [field.attname for field in fields]}


def _write_file(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    name = f"files/{path.relative_to(_home()).as_posix()}"
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as stream:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            stream.write(chunk)
    return {"sha256": digest.hexdigest()}


def _is_sealed(field: AnyField) -> bool:
    return isinstance(field, EncryptedTextField)


def _as_json(value: Any) -> Any:
    """Exact: microseconds and the digits of decimals are part of what the audit's hashes cover."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"a backup cannot hold {type(value).__name__}")


# --- reading back -----------------------------------------------------------------------------------------------------


def read_manifest(source: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(f"{source} is not a complete backup: {error}. Take another one.") from error
    if manifest.get("format") != FORMAT:
        raise Refused(f"{source} has format {manifest.get('format')}; this version reads format {FORMAT}.")
    return manifest


def check_archive(source: Path) -> None:
    """Every part is there and has its checksum, before anything is touched."""
    manifest = read_manifest(source)
    with zipfile.ZipFile(source) as archive:
        for name, part in manifest["parts"].items():
            if ".." in PurePosixPath(name).parts or not name.startswith(("rows/", "files/")):
                raise Refused(f"The backup holds a part with a strange name: {name}. Take another one.")
            if _checksum(archive, name) != part["sha256"]:
                raise Refused(f"The backup is damaged: {name} does not have its checksum. Take another one.")


def _checksum(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except (KeyError, zipfile.BadZipFile):
        return "missing or unreadable"
    return digest.hexdigest()


def restore_backup(source: Path, *, using: str = "default") -> dict[str, int]:
    """Replaces all rows in one transaction, then puts the files in place. The caller has checked archive and target."""
    manifest = read_manifest(source)
    if manifest["migrations"] != applied_migrations(using):
        raise Refused("The backup was made by another version. Install that version, restore, then upgrade.")
    if manifest["key"] != key_mark():
        raise Refused("The field key of this installation is not the backup's. Give the kept one: --key FILE.")
    with zipfile.ZipFile(source) as archive, tempfile.TemporaryDirectory(dir=_home()) as staging:
        files = [name for name in manifest["parts"] if name.startswith("files/")]
        archive.extractall(staging, files)
        with transaction.atomic(using=using):
            _empty_tables(using)
            rows = sum(_read_rows(archive, model, manifest["parts"], using) for model in kept_models())
            _reset_sequences(using)
        for name in files:
            place = _home() / name.removeprefix("files/")
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.move(Path(staging) / name, place)
    return {"rows": rows, "files": len(files)}


def _empty_tables(using: str) -> None:
    connection = connections[using]
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, reset_sequences=True))


def _read_rows(archive: zipfile.ZipFile, model: type[Model], parts: dict[str, Any], using: str) -> int:
    name = f"rows/{model._meta.label_lower}.jsonl"
    if name not in parts:
        return 0
    fields = {field.attname: field for field in columns(model)}
    wanted = [fields[column] for column in parts[name]["columns"]]
    size = max(1, min(_BATCH, connections[using].ops.bulk_batch_size(wanted, [None] * _BATCH)))
    with archive.open(name) as stream:
        rows = (_as_row(model, wanted, json.loads(line)) for line in stream)
        while batch := list(islice(rows, size)):
            # `raw`: the values as they were, without what a field would set by itself on saving.
            model._base_manager.using(using)._insert(batch, fields=wanted, raw=True, using=using)  # type: ignore[attr-defined]
    return int(parts[name]["rows"])


def _as_row(model: type[Model], fields: list[AnyField], values: list[Any]) -> Model:
    return model(**{field.attname: _as_value(field, value) for field, value in zip(fields, values, strict=True)})


def _as_value(field: AnyField, value: Any) -> Any:
    if _is_sealed(field) and value is not None:
        return Value(value, output_field=TextField())  # already sealed: past the field, as it is
    target = field.target_field if isinstance(field, ForeignKey) else field
    return target.to_python(value)


def _reset_sequences(using: str) -> None:
    connection = connections[using]
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
