"""Page-shaped reads of complaints: the receipt's link, outputs, the timeline."""

import hashlib
import hmac

from django.conf import settings
from django.db.models import QuerySet

from wenguo.complaints.choices import Visibility
from wenguo.complaints.models import Complaint, Entry, StageOutput
from wenguo.lib.links import url


def tracking_token(complaint: Complaint) -> str:
    """The secret of the receipt: reference and a keyed hash over its salt (ADR: tracking without an account)."""
    mac = hmac.new(
        settings.SECRET_KEY.encode(), f"track:{complaint.reference}:{complaint.tracking_salt}".encode(), hashlib.sha256
    )
    return f"{complaint.reference}.{mac.hexdigest()[:24]}"


def tracking_url(complaint: Complaint) -> str:
    return url("track", token=tracking_token(complaint))


def complaint_of_token(token: str) -> Complaint | None:
    """The complaint a receipt's link belongs to; None for anything else (unknown and forged look alike)."""
    reference, _dot, _mac = token.partition(".")
    complaint = Complaint.objects.filter(reference=reference).select_related("customer", "standard").first()
    if complaint is None or not hmac.compare_digest(tracking_token(complaint), token):
        return None
    return complaint


def timeline(complaint: Complaint, *, public_only: bool = False) -> QuerySet[Entry]:
    """Entries in order, with their authors and files."""
    rows = Entry.objects.filter(complaint=complaint).select_related("author").prefetch_related("attachments")
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    return rows.order_by("at", "id")


def latest_outputs(complaint: Complaint) -> dict[str, StageOutput]:
    """The newest output per stage."""
    rows = StageOutput.objects.filter(complaint=complaint).select_related("by").order_by("id")
    return {row.stage: row for row in rows}
