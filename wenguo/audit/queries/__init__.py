"""Reads of the audit: pages of entries, and the proof that nothing was altered or taken away."""

from wenguo.audit.queries.kept import empty_shelves, kept
from wenguo.audit.queries.pages import EntryFilter, chain_page, entries_page, reads_of, reads_page
from wenguo.audit.queries.proof import Broken, Verdict, prove_these, proven

__all__ = [
    "Broken",
    "EntryFilter",
    "Verdict",
    "chain_page",
    "empty_shelves",
    "entries_page",
    "kept",
    "prove_these",
    "proven",
    "reads_of",
    "reads_page",
]
