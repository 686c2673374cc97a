"""Keeping the full-text index of a complaint."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wenguo.complaints.models import Complaint, SearchDocument
from wenguo.lib.text import index_tokens

_put_off: ContextVar[dict[int, Complaint] | None] = ContextVar("put_off", default=None)


@contextmanager
def indexing_put_off() -> Iterator[None]:
    """Inside, documents are only noted; each is written once at the end. For building many complaints at a stretch."""
    noted: dict[int, Complaint] = {}
    token = _put_off.set(noted)
    try:
        yield
    finally:
        _put_off.reset(token)
    for complaint in noted.values():
        index_complaint(complaint)


def index_complaint(complaint: Complaint) -> None:
    """Writes the complaint's search document anew: title, words, what was sought, product and issue, entries, files."""
    noted = _put_off.get()
    if noted is not None:
        noted[complaint.pk] = complaint
        return
    bodies = complaint.entries.exclude(body="").values_list("body", flat=True)
    names = complaint.attachments.values_list("name", flat=True)
    tokens = document_tokens(complaint, *bodies, *names)
    SearchDocument.objects.update_or_create(complaint=complaint, defaults={"tokens": tokens})


def document_tokens(complaint: Complaint, *more: str) -> str:
    """What the complaint itself is found by, and `more` that hangs on it. Import calls it before there are rows."""
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
    return index_tokens("\n".join(parts))
