"""The hash chain: pure arithmetic. Each entry carries the hash of the one before (SHA-256 over canonical JSON)."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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


def storable(value: object) -> Any:
    """What comes back from either database exactly as it was hashed.

    Numbers with a point become text, since PostgreSQL writes them differently; null bytes it cannot hold at all.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [storable(each) for each in value]
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


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


@dataclass(frozen=True)
class Anchor:
    """What a day's signed file says: which chains had grown how far. It lies outside the database.

    `listing` is the SHA-256 of the file with a line per chain that grew since the anchor before; `previous` is that
    anchor's signature, so that no day can be taken out.
    """

    date: str
    entries: int
    last_entry: int
    chains: int
    listing: str
    previous: str
    signature: str = ""


def signature_of(anchor: Anchor, secret: str) -> str:
    """Hex HMAC-SHA256 over the anchor without its signature."""
    body = {name: value for name, value in anchor.__dict__.items() if name != "signature"}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hmac.new(b"wenguo audit anchor" + secret.encode(), canonical.encode(), hashlib.sha256).hexdigest()


def listing_line(chain: str, count: int, head: str) -> str:
    return f"{count} {head} {chain}\n"


def read_listing_line(line: str) -> tuple[str, int, str]:
    """(chain, count, head); the chain's name is last, for it may hold spaces."""
    count, head, chain = line.rstrip("\n").split(" ", 2)
    return chain, int(count), head
