"""The signed daily file outside the database, by which a cut tail or a chain lost with its subject is found."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from wenguo.audit.actions.record import record_in
from wenguo.audit.models import AuditEntry
from wenguo.audit.queries import anchors
from wenguo.audit.rules import Anchor, listing_line, signature_of
from wenguo.lib.actors import SYSTEM

# Ids are given before they are committed: one this much lower may have become visible only after the last anchor.
_OVERLAP = 2000


def write_anchor(day: date) -> Path | None:
    """Signs how far each chain that grew since the last anchor has grown. None when that day has its anchor."""
    file = anchors.folder() / f"{day:%Y-%m-%d}.json"
    if file.exists():
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    before = _last_anchor()
    upto = AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    since = max(0, before.last_entry - _OVERLAP) if before else 0
    listing = anchors.listing_of(file)
    chains = _write_whole(listing, _grown(since, upto))
    anchor = Anchor(
        date=file.stem,
        entries=AuditEntry.objects.count(),
        last_entry=upto,
        chains=chains,
        listing=anchors.digest_of(listing),
        previous=before.signature if before else "",
    )
    anchor = replace(anchor, signature=signature_of(anchor, settings.SECRET_KEY))
    with transaction.atomic():
        body = {"date": anchor.date, "signature": anchor.signature, "chains": chains}
        record_in(anchors.CHAIN, "anchor.written", by=SYSTEM, body=body)
        _write_whole(file, iter([json.dumps(asdict(anchor), indent=1) + "\n"]))
    return file


def _last_anchor() -> Anchor | None:
    """The newest readable one; an unreadable one is the verification's to report."""
    for file in reversed(anchors.files()):
        try:
            return anchors.read(file)
        except ValueError:
            continue
    return None


def _grown(since: int, upto: int) -> Iterator[str]:
    """A line per chain with entries in between: its newest entry's place and hash."""
    rows = AuditEntry.objects.filter(pk__gt=since, pk__lte=upto).order_by("chain", "-seq")
    places = rows.values_list("chain", "seq", "hash").iterator(chunk_size=2000)
    for _chain, newest in groupby(places, key=itemgetter(0)):
        yield listing_line(*next(newest))


def _write_whole(path: Path, lines: Iterator[str]) -> int:
    """Writes beside and renames, so that a killed worker leaves no half file. Returns the number of lines."""
    draft, written = path.with_name(f".{path.name}.{os.getpid()}"), 0
    with draft.open("w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(line)
            written += 1
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    return written
