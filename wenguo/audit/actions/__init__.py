"""Writing to the audit: always inside the transaction of what is recorded; and the daily anchor."""

from wenguo.audit.actions.anchor import write_anchor
from wenguo.audit.actions.record import keep_chain, record, record_in, record_many, record_read

__all__ = ["keep_chain", "record", "record_in", "record_many", "record_read", "write_anchor"]
