"""Keeping the full-text index of a complaint."""

from wenguo.complaints.models import Complaint, SearchDocument
from wenguo.lib.text import index_tokens


def index_complaint(complaint: Complaint) -> None:
    """Writes the complaint's search document anew: title, words, what was sought, product and issue, entries, files."""
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
        *complaint.entries.exclude(body="").values_list("body", flat=True),
        *complaint.attachments.values_list("name", flat=True),
    ]
    SearchDocument.objects.update_or_create(complaint=complaint, defaults={"tokens": index_tokens("\n".join(parts))})
