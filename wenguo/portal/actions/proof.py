"""Proving without an account that a complaint is one's own: a one-time code to the address it was sent from.

An unknown reference, a wrong address and a right one take the same way and get the same answer.
"""

import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language

from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.customers.actions.guard import blind_contact
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import ContactPoint
from wenguo.customers.rules import normalise_contact
from wenguo.lib.actors import COMPLAINANT
from wenguo.lib.now import now
from wenguo.lib.refs import parse_reference
from wenguo.library.queries import render_message
from wenguo.outbox.actions import leave_message
from wenguo.portal import rules
from wenguo.portal.actions.counting import check_not_too_often
from wenguo.portal.models import TrackingCode
from wenguo.portal.tokens import keyed


def send_code(*, reference: str, email: str, sender: str) -> str:
    """Sends a code if reference and address belong together; returns the subject under which it can be proved."""
    known = parse_reference(reference) or ""
    check_not_too_often("codes.address", sender, rules.CODES_OF_ADDRESS)
    check_not_too_often("codes.reference", known or reference.strip()[:100], rules.CODES_OF_REFERENCE)
    address = normalise_contact(ContactKind.EMAIL, email) or email.strip().lower()
    subject = keyed("code.subject", f"{known}\0{address}")
    _write_code(subject, known, address)
    return subject


@transaction.atomic
def _write_code(subject: str, reference: str, address: str) -> None:
    complaint = Complaint.objects.filter(reference=reference).first()
    owner = complaint.customer_id if complaint and complaint.customer_id else 0
    points = ContactPoint.objects.filter(customer_id=owner, kind=ContactKind.EMAIL)
    point = points.filter(blind=blind_contact(ContactKind.EMAIL, address)).first()
    code = f"{secrets.randbelow(1_000_000):06d}"
    language = get_language() or settings.LANGUAGE_CODE
    minutes = str(int(rules.CODE_LIVES.total_seconds() // 60))
    title, body = render_message("code", language, company=settings.COMPANY_NAME, code=code, minutes=minutes)
    TrackingCode.objects.create(
        complaint=complaint if point else None,
        subject=subject,
        code_hash=_hashed(subject, code),
        created_at=now(),
        expires_at=now() + rules.CODE_LIVES,
    )
    if point:  # `about` stays empty: colleagues reading the complaint's messages must not read the code
        leave_message(kind="code", to=point.value, subject=title, body=body, language=language)


def prove(*, subject: str, code: str, sender: str) -> Complaint | None:
    """The complaint the code opens; None when it is wrong, used, too old or was tried too often."""
    check_not_too_often("proofs", sender, rules.PROOFS)
    row = TrackingCode.objects.filter(subject=subject, used_at__isnull=True, expires_at__gt=now()).last()
    if row is None:
        return None
    counted = TrackingCode.objects.filter(pk=row.pk, tries__lt=rules.CODE_TRIES).update(tries=F("tries") + 1)
    typed = "".join(digit for digit in code if digit.isdecimal())
    right = secrets.compare_digest(row.code_hash, _hashed(subject, typed))
    return _open(row) if counted and right else None


@transaction.atomic
def _open(row: TrackingCode) -> Complaint | None:
    fresh = TrackingCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=now())
    if not fresh or row.complaint_id is None:
        return None
    complaint = lock_complaint(Complaint(pk=row.complaint_id))
    record(complaint, "tracked_by_code", by=COMPLAINANT)
    return complaint


def _hashed(subject: str, code: str) -> str:
    return keyed("code", f"{subject}\0{code}")
