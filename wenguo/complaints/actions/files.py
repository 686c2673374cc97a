"""Files on a complaint: checked, kept once under the hash of their content, opened by those who may."""

from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record, record_read
from wenguo.audit.choices import ReadKind
from wenguo.complaints.access import check_permission_on
from wenguo.complaints.actions.guard import add_entry, lock_complaint, notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EntryKind, Visibility
from wenguo.complaints.models import Attachment, Complaint, Entry
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.uploads import CheckedFile, inspect_upload

MOST_FILES = 200


@transaction.atomic
def add_file(
    complaint: Complaint,
    *,
    by: Actor,
    name: str,
    content: bytes | IO[bytes],
    visibility: Visibility = Visibility.INTERNAL,
    entry: Entry | None = None,
) -> Attachment:
    """Attaches a file after looking inside; pictures lose their metadata. What the complainant sends is public."""
    complaint = lock_complaint(complaint)
    if isinstance(by, User):
        check_permission_on(by, complaint, Permission.NOTE)
    if complaint.attachments.count() >= MOST_FILES:
        raise Refused(_("A complaint holds at most %(n)d files. Put several into one PDF.") % {"n": MOST_FILES})
    attachment = keep_file(complaint, inspect_upload(name, content), by=by, visibility=visibility, entry=entry)
    notice_change(complaint)
    index_complaint(complaint)
    return attachment


@transaction.atomic
def add_files(
    complaint: Complaint,
    files: Iterable[tuple[str, bytes | IO[bytes]]],
    *,
    by: Actor,
    visibility: Visibility = Visibility.INTERNAL,
) -> list[Attachment]:
    """Several at once: all of them, or none where one is refused."""
    return [add_file(complaint, by=by, name=name, content=content, visibility=visibility) for name, content in files]


def keep_file(
    complaint: Complaint, checked: CheckedFile, *, by: Actor, visibility: Visibility, entry: Entry | None = None
) -> Attachment:
    """Under the caller's lock: content, row, timeline, audit."""
    _store(checked)
    person = by if isinstance(by, User) else None
    if entry is None:
        facts = {"file": checked.name, "sha256": checked.sha256}
        entry = add_entry(complaint, EntryKind.FILE, checked.name, by=by, visibility=visibility, facts=facts)
    attachment = Attachment.objects.create(
        complaint=complaint,
        entry=entry,
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=checked.sha256,
        visibility=visibility,
        added_at=now(),
        added_by=person,
    )
    body = {"attachment": attachment.pk, "sha256": checked.sha256, "size": attachment.size}
    record(complaint, "file_added", by=by, body=body)
    return attachment


@transaction.atomic
def open_file(attachment: Attachment, *, by: User) -> File:  # type: ignore[type-arg]
    """The content for a download; who opened it is kept."""
    check_permission_on(by, attachment.complaint, Permission.VIEW)
    if not attachment.sha256:
        raise Refused(_("This file was erased with the customer's personal data."))
    record_read(ReadKind.DOWNLOAD, attachment.complaint.audit_chain, f"file {attachment.pk}", by=by)
    return default_storage.open(file_path(attachment.sha256), "rb")


def file_path(sha256: str) -> str:
    """`ab/cdef…`: a folder never holds more than a 256th of all files."""
    return f"{sha256[:2]}/{sha256[2:]}"


def missing_files(attachments: Iterable[Attachment]) -> list[Attachment]:
    """Rows whose content is not in the store (after a restore, say)."""
    return [one for one in attachments if not default_storage.exists(file_path(one.sha256))]


def _store(checked: CheckedFile) -> None:
    path = file_path(checked.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(checked.content))
