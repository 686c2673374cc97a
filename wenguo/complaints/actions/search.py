"""Keeping the full-text index: a new complaint is found at once, what is added to it when the worker has been there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction

from wenguo.complaints.access import CONFIDED
from wenguo.complaints.choices import FileReading, Visibility
from wenguo.complaints.models import (
    Attachment,
    Complaint,
    Entry,
    FileText,
    Involvement,
    SearchDocument,
    SearchWork,
)
from wenguo.complaints.rules import marks
from wenguo.lib.filetext import READABLE
from wenguo.lib.text import tokens
from wenguo.lib.together import at_the_end, insert

_put_off: ContextVar[set[int] | None] = ContextVar("put_off", default=None)
_BATCH = 200


@contextmanager
def indexing_put_off() -> Iterator[None]:
    """Inside, documents are only noted; each is written once at the end. For building many complaints at a stretch."""
    noted: set[int] = set()
    token = _put_off.set(noted)
    try:
        yield
    finally:
        _put_off.reset(token)
    keys = sorted(noted)
    for start in range(0, len(keys), _BATCH):
        write_documents(keys[start : start + _BATCH])


def index_new_complaint(complaint: Complaint) -> None:
    """The first document of a complaint: there is nothing but the complaint itself."""
    if not _is_put_off(complaint):
        insert(SearchDocument(complaint=complaint, tokens=document_tokens(complaint)))


def index_complaint(complaint: Complaint) -> None:
    """Something was added or changed that is found by search: one row for the worker, whatever it was."""
    if not _is_put_off(complaint):
        at_the_end(("search", complaint.pk), lambda: _leave_work(complaint))


def _leave_work(complaint: Complaint) -> None:
    insert(SearchWork(complaint=complaint))


def index_anew(keys: Iterable[int]) -> int:
    """Leaves these complaints to the worker; how many."""
    return len(SearchWork.objects.bulk_create([SearchWork(complaint_id=key) for key in keys], batch_size=1000))


@transaction.atomic
def write_waiting(most: int = _BATCH) -> int:
    """Writes the documents that wait, several additions to one complaint at once; how many rows were done.

    The work is read first: what is added meanwhile has left a row of its own.
    """
    rows = SearchWork.objects.order_by("id").select_for_update(skip_locked=True)[:most]
    work = list(rows.values_list("pk", "complaint"))
    write_documents(sorted({complaint for _pk, complaint in work}))
    SearchWork.objects.filter(pk__in=[pk for pk, _complaint in work]).delete()
    return len(work)


@transaction.atomic
def write_documents(keys: Collection[int]) -> None:
    """The documents of these complaints anew, in a fixed number of statements. Locked, lest an older one wins."""
    list(SearchDocument.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    found = _found_by(keys)
    complaints = Complaint.objects.filter(pk__in=keys).select_related("product", "issue").order_by("pk")
    documents = [
        SearchDocument(complaint=one, tokens=_tokens(one, found[one.pk].public, found[one.pk]))
        for one in complaints.iterator()
    ]
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["complaint"], update_fields=["tokens"]
    )


def document_tokens(complaint: Complaint, *more: str) -> str:
    """What the complaint itself is found by, and `more` that hangs on it. Import calls it before there are rows."""
    units = (complaint.receiving_unit_id, complaint.lead_unit_id, complaint.respondent_unit_id)
    return _tokens(complaint, more, _Found(units={unit for unit in units if unit}))


@dataclass
class _Found:
    """What hangs on one complaint."""

    public: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    units: set[int] = field(default_factory=set)


def _is_put_off(complaint: Complaint) -> bool:
    noted = _put_off.get()
    if noted is not None:
        noted.add(complaint.pk)
    return noted is not None


def _tokens(complaint: Complaint, more: Iterable[str], found: _Found) -> str:
    named = [node for node in (complaint.product, complaint.issue) if node is not None]
    parts = [
        complaint.reference,
        complaint.title,
        complaint.words,
        complaint.apparent_demand,
        complaint.remedy_sought,
        complaint.product_text,
        complaint.order_reference,
        *(name for node in named for name in (node.name_zh, node.name_en)),
        *more,
    ]
    about = [*marks.received(complaint.received_at), *(marks.unit(unit) for unit in sorted(found.units))]
    if complaint.is_open:
        about.append(marks.OPEN)
    return marks.document(tokens("\n".join(parts)), tokens("\n".join(found.private)), about)


def _found_by(keys: Collection[int]) -> dict[int, _Found]:
    """Entries, files with what is written in them, units: one statement each. New files are left to be read."""
    found: dict[int, _Found] = defaultdict(_Found)
    entries = Entry.objects.filter(complaint__in=keys).exclude(body="").order_by("id")
    for key, kind, visibility, body in entries.values_list("complaint", "kind", "visibility", "body"):
        _side(found[key], visibility, confided=kind in CONFIDED).append(body)
    for one in Attachment.objects.filter(complaint__in=keys).select_related("read").order_by("id"):
        read = one.read.text if hasattr(one, "read") else ""
        _side(found[one.complaint_id], one.visibility, confided=True).extend((one.name, read))
    for key, unit in Involvement.objects.filter(complaint__in=keys).values_list("complaint", "unit"):
        found[key].units.add(unit)
    _leave_to_read(keys)
    return found


def _side(found: _Found, visibility: str, *, confided: bool) -> list[str]:
    return found.private if confided and visibility == Visibility.INTERNAL else found.public


def _leave_to_read(keys: Collection[int]) -> None:
    unread = Attachment.objects.filter(complaint__in=keys, read=None, content_type__in=READABLE)
    FileText.objects.bulk_create(
        [FileText(attachment=one, state=FileReading.WAITING) for one in unread], ignore_conflicts=True
    )
