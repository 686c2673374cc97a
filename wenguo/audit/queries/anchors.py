"""The signed daily files outside the database: where they lie and whether what they say still holds."""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

from wenguo.audit.models import AuditEntry
from wenguo.audit.rules import Anchor, read_listing_line, signature_of

CHAIN = "anchors"  # each anchor is itself noted in this chain, so that a removed file is missed
_LINES = 500


def folder() -> Path:
    return Path(settings.WENGUO_HOME) / "anchors"


def files() -> list[Path]:
    """The anchors, oldest first."""
    return sorted(folder().glob("????-??-??.json"))


def listing_of(file: Path) -> Path:
    return file.with_suffix(".chains")


def read(file: Path) -> Anchor:
    """Raises ValueError when the file is not an anchor at all."""
    try:
        return Anchor(**json.loads(file.read_text(encoding="utf-8")))
    except (TypeError, OSError) as error:
        raise ValueError(f"{file} is not an anchor") from error


def digest_of(listing: Path) -> str:
    with listing.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def problems() -> Iterator[tuple[str, str]]:
    """(chain, what is wrong): files altered or gone, and chains that are shorter or other than they were."""
    previous: str | None = None
    known = {}
    for file in files():
        name = f"{CHAIN}:{file.stem}"
        try:
            anchor = read(file)
            altered = _altered(anchor, listing_of(file), previous)
        except (ValueError, OSError):
            anchor, altered = None, "the file cannot be read"
        if altered:
            yield name, altered
        if anchor:
            known[anchor.date] = previous = anchor.signature
        if not altered:
            yield from _lost(listing_of(file))
    yield from _removed(known)


def _altered(anchor: Anchor, listing: Path, previous: str | None) -> str:
    if signature_of(anchor, settings.SECRET_KEY) != anchor.signature:
        return "the signature is wrong: the file was altered, or SECRET_KEY was changed"
    if previous is not None and anchor.previous != previous:
        return "the anchor before it was removed or replaced"
    if digest_of(listing) != anchor.listing:
        return "its list of chains was altered"
    return ""


def _lost(listing: Path) -> Iterator[tuple[str, str]]:
    with listing.open(encoding="utf-8") as stream:
        while lines := list(islice(stream, _LINES)):
            yield from _not_as_anchored([read_listing_line(line) for line in lines], listing.stem)


def _not_as_anchored(lines: list[tuple[str, int, str]], date: str) -> Iterator[tuple[str, str]]:
    chains, counts = {line[0] for line in lines}, {line[1] for line in lines}
    rows = AuditEntry.objects.filter(chain__in=chains, seq__in=counts).values_list("chain", "seq", "hash")
    found = {(chain, seq): head for chain, seq, head in rows}
    for chain, count, head in lines:
        there = found.get((chain, count))
        if there is None:
            yield chain, f"lost: it had {count} entries on {date}"
        elif there != head:
            yield chain, f"rewritten: entry {count} is not the one anchored on {date}"


def _removed(known: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Anchors that were written, says the database, but of which no file is there."""
    rows = AuditEntry.objects.filter(chain=CHAIN, event="anchor.written").order_by("seq").values_list("body", flat=True)
    for body in rows.iterator(chunk_size=_LINES):
        if known.get(body.get("date", "")) != body.get("signature"):
            yield f"{CHAIN}:{body.get('date')}", "the file is missing or was replaced"
