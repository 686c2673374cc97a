"""Keeping the full-text index of a complaint."""

from wenguo.complaints.models import Complaint, SearchDocument
from wenguo.lib.text import index_tokens


def index_complaint(complaint: Complaint) -> None:
    """Writes the complaint's search document anew: title, words, what was sought, product and issue, entries, files."""
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
