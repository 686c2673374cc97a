"""The link on the receipt: who holds it may see the complaint without an account."""

import hashlib
import hmac

from django.conf import settings

from wenguo.complaints.models import Complaint
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
