"""Who saw or took away personal data: a row each, chained per day."""

from collections.abc import Callable, Collection

from django.db import transaction

from wenguo.audit.actions.record import record_in
from wenguo.audit.models import ReadEntry
from wenguo.audit.queries.reads import said_in
from wenguo.lib.actors import Actor
from wenguo.lib.now import now


def record_read(kind: str, subject: str, what: str, *, by: Actor, reason: str = "", count: int = 1) -> ReadEntry:
    """Somebody looked at or took away personal data.

    The chain keeps a keyed hash of the words, not the words: people write names into reasons and searches, and these
    must be erasable (`forget_reads`) without breaking the chain.
    """
    with transaction.atomic():
        read = ReadEntry.objects.create(
            kind=kind, actor=by.audit_name[:200], subject=subject, what=what, reason=reason, count=count, at=now()
        )
        body = {"read": read.pk, "kind": kind, "subject": subject, "count": count, "said": said_in(read)}
        record_in(f"reads:{read.at:%Y-%m-%d}", f"read.{kind}", by=by, body=body)
    return read


@transaction.atomic
def forget_reads(subjects: Collection[str], speaks: Callable[[str], bool]) -> int:
    """Erases the words of reads of these subjects and of those that speak of the person; who looked when stays."""
    worded = ReadEntry.objects.exclude(what="", reason="")
    rows = worded.values_list("pk", "subject", "what", "reason").iterator(chunk_size=500)
    theirs = [pk for pk, subject, what, reason in rows if subject in subjects or speaks(f"{what} {reason}")]
    return ReadEntry.objects.filter(pk__in=theirs).update(what="", reason="")
