"""Writing to the audit: always inside the transaction of what is recorded; and the daily anchor."""

from wenguo.audit.actions.anchor import write_anchor
from wenguo.audit.actions.reads import forget_reads, record_read
from wenguo.audit.actions.record import (
    append_entries,
    keep_chain,
    prepare_entries,
    record,
    record_in,
    record_many,
)

__all__ = [
    "append_entries",
    "forget_reads",
    "keep_chain",
    "prepare_entries",
    "record",
    "record_in",
    "record_many",
    "record_read",
    "write_anchor",
]
