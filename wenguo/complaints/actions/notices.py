"""Telling the complainant: wording from the library, the message lies in the outbox, the timeline shows it."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from wenguo.complaints.choices import EntryKind, Source, Visibility
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.queries import tracking_url
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import ContactPoint
from wenguo.lib.links import hide_tokens
from wenguo.lib.now import now
from wenguo.lib.together import insert, while_held
from wenguo.library.queries import render_message
from wenguo.outbox.actions import leave_message
from wenguo.outbox.models import OutboundMessage


def address_of(complaint: Complaint) -> str:
    """The complainant's e-mail address, or empty."""
    return while_held(complaint, "address", lambda: _email_of(complaint))


def _email_of(complaint: Complaint) -> str:
    if complaint.customer_id is None:
        return ""
    points = ContactPoint.objects.filter(customer_id=complaint.customer_id, kind=ContactKind.EMAIL)
    point = max(points, key=lambda one: (one.is_primary, one.pk), default=None)
    return point.value if point else ""


def tell_complainant(complaint: Complaint, kind: str, **values: str) -> OutboundMessage | None:
    """Leaves one message of this kind in the complainant's language; the timeline shows what was said.

    Without an e-mail address nothing can be sent: the entry says so, and someone has to call.
    Imported history never sends.
    """
    if complaint.source == Source.IMPORTED:
        return None
    subject, body = render_message(kind, complaint.language, **standard_values(complaint), **values)
    to = address_of(complaint)
    message = None
    if to:
        message = leave_message(
            kind=kind, to=to, subject=subject, body=body, about=complaint.audit_chain, language=complaint.language
        )
    entry = Entry(
        complaint=complaint,
        kind=EntryKind.NOTICE,
        visibility=Visibility.PUBLIC,
        at=now(),
        body=hide_tokens(body),
        facts={"notice": kind, "subject": subject, "message_id": message.message_id if message else ""},
    )
    insert(entry)
    return message


def standard_values(complaint: Complaint) -> dict[str, str]:
    """What every template may use."""
    with translation.override(complaint.language):
        promised = complaint.promised_at or complaint.next_due_at
        shown = date_format(timezone.localtime(promised), "DATETIME_FORMAT") if promised else ""
    return {
        "reference": complaint.reference,
        "title": complaint.title,
        "company": settings.COMPANY_NAME,
        "promised": shown,
        "link": tracking_url(complaint),
    }
