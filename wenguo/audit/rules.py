"""The hash chain: pure arithmetic. Each entry carries the hash of the one before (SHA-256 over canonical JSON)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """What of an entry is hashed. Times are ISO 8601 with UTC offset, microseconds kept."""

    chain: str
    seq: int
    event: str
    actor: str
    at: str
    written_at: str
    body: Mapping[str, object]
    previous: str


def digest(link: Link) -> str:
    """Hex SHA-256 of the link in canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(link.__dict__, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_break(links: Iterable[tuple[Link, str]], count: int, head: str) -> str:
    """Empty when the chain holds; else what is wrong with the first bad place.

    `links` in order of `seq` with their stored hash; `count` and `head` as the subject remembers them.
    """
    previous, seen = GENESIS, 0
    for link, stored in links:
        seen += 1
        if link.seq != seen:
            return f"entry {seen} is missing"
        if link.previous != previous:
            return f"entry {seen} does not follow entry {seen - 1}"
        if digest(link) != stored:
            return f"entry {seen} was altered"
        previous = stored
    if seen != count:
        return f"{seen} entries found, {count} were written"
    return "" if previous == head else "the last entry is not the one remembered"
