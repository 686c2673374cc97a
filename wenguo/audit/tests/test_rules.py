"""The arithmetic of the chain, without a database."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from wenguo.audit.rules import (
    GENESIS,
    Anchor,
    Link,
    digest,
    first_break,
    listing_line,
    read_listing_line,
    signature_of,
    storable,
)

Links = list[tuple[Link, str]]
Damage = Callable[[Links], Links]


def chain_of(*events: str) -> Links:
    links, previous = [], GENESIS
    for seq, event in enumerate(events, start=1):
        link = Link("c", seq, event, "user:1 alice", "2026-01-01", "2026-01-01", {"语": "文"}, previous)
        previous = digest(link)
        links.append((link, previous))
    return links


def test_digest_is_sha256_of_canonical_json() -> None:
    link = Link("c", 1, "e", "a", "t", "w", {"b": 1, "a": "文"}, GENESIS)

    assert digest(link) == "dbb4cae915e3b3763afc52934f8b6ebb889d7c8d8d23d2a2caec443eba4b8a38"


def test_whole_chain_holds() -> None:
    links = chain_of("made", "changed", "closed")

    assert first_break(links, 3, links[-1][1]) == ""
    assert first_break([], 0, GENESIS) == ""


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda links: [links[0], links[2]], "entry 2 is missing"),
        (lambda links: links[:2], "2 entries found, 3 were written"),
        (lambda links: [*links[:2], chain_of("x", "y", "z")[2]], "entry 3 does not follow entry 2"),
        (lambda links: [(links[0][0], "f" * 64), *links[1:]], "entry 1 was altered"),
        (lambda links: chain_of("made", "changed", "other"), "the last entry is not the one remembered"),
    ],
)
def test_first_break_names_the_place(damage: Damage, problem: str) -> None:
    links = chain_of("made", "changed", "closed")

    assert first_break(damage(links), 3, links[-1][1]) == problem


def test_storable_leaves_nothing_the_databases_write_differently() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    body = {"a": 1.0, "b": Decimal("2.50"), 3: (True, None), "d": moment, "e": "nul\x00l", "f": "half \ud83d"}

    assert storable(body) == {
        "a": "1.0",
        "b": "2.50",
        "3": [True, None],
        "d": "2026-01-01 00:00:00+00:00",
        "e": "null",
        "f": "half ?",
    }


def test_listing_line_reads_back_a_name_with_spaces() -> None:
    assert read_listing_line(listing_line("a chain: 1", 12, "f" * 64)) == ("a chain: 1", 12, "f" * 64)


def test_signature_depends_on_every_field_and_on_the_secret() -> None:
    anchor = Anchor("2026-01-01", 5, 5, 2, "l", "")
    other = Anchor("2026-01-01", 6, 5, 2, "l", "")

    assert signature_of(anchor, "s") == signature_of(Anchor(**{**anchor.__dict__, "signature": "any"}), "s")
    assert len({signature_of(anchor, "s"), signature_of(other, "s"), signature_of(anchor, "t")}) == 3
