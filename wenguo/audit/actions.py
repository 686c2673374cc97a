"""Writing to the audit: always inside the transaction of what is recorded."""

from collections.abc import Mapping
from datetime import UTC

from django.db import transaction

from wenguo.audit.models import Audited, AuditEntry, Chain, ReadEntry
from wenguo.audit.rules import digest
from wenguo.lib.actors import Actor
from wenguo.lib.now import now, written_now


def record(subject: Audited, event: str, *, by: Actor, body: Mapping[str, object] | None = None) -> AuditEntry:
    """Appends to the subject's chain. The caller holds the lock on the subject's row."""
    entry = AuditEntry(
        chain=subject.audit_chain,
        seq=subject.audit_count + 1,
        event=event,
        actor=by.audit_name[:200],
        at=now().astimezone(UTC),
        written_at=written_now(),
        body=dict(body or {}),
        previous=subject.audit_head,
    )
    entry.hash = digest(entry.as_link())
    entry.save(force_insert=True)
    subject.audit_head, subject.audit_count = entry.hash, entry.seq
    subject.save(update_fields=["audit_head", "audit_count"])
    return entry


def record_in(chain: str, event: str, *, by: Actor, body: Mapping[str, object] | None = None) -> AuditEntry:
    """Appends to a chain without a subject row of its own: `process`, `accounts`, `customer:12` …"""
    with transaction.atomic():
        Chain.objects.get_or_create(name=chain)
        return record(Chain.objects.select_for_update().get(name=chain), event, by=by, body=body)


def record_read(
    kind: str, subject: str, what: str, *, by: Actor, reason: str = "", count: int = 1
) -> ReadEntry:
    """Somebody looked at or took away personal data; chained per day."""
    with transaction.atomic():
        read = ReadEntry.objects.create(
            kind=kind, actor=by.audit_name[:200], subject=subject, what=what, reason=reason, count=count, at=now()
        )
        body = {"read": read.pk, "kind": kind, "subject": subject, "what": what, "reason": reason, "count": count}
        record_in(f"reads:{read.at:%Y-%m-%d}", f"read.{kind}", by=by, body=body)
    return read


