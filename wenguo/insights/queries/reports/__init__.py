"""What stands in a report: sections with their tables and charts, read anew or as they were approved."""

from wenguo.insights.queries.reports.content import SectionShown, TableShown
from wenguo.insights.queries.reports.reading import (
    Written,
    frozen,
    lacking_words,
    reports_for,
    sections_for,
    words_of,
)

__all__ = [
    "SectionShown",
    "TableShown",
    "Written",
    "frozen",
    "lacking_words",
    "reports_for",
    "sections_for",
    "words_of",
]
