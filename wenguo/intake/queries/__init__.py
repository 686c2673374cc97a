"""Reading: presets and mappings, rows of a file, imports and messages for their pages."""

from wenguo.intake.queries.imports import batch_progress, imports_page, may_undo, quarantined
from wenguo.intake.queries.mappings import mapping_of, preset, presets, read_mapping, template_columns
from wenguo.intake.queries.outbox import message_counts, messages_page
from wenguo.intake.queries.rows import FileRow, RowRefused, read_row

__all__ = [
    "FileRow",
    "RowRefused",
    "batch_progress",
    "imports_page",
    "mapping_of",
    "may_undo",
    "message_counts",
    "messages_page",
    "preset",
    "presets",
    "quarantined",
    "read_mapping",
    "read_row",
    "template_columns",
]
