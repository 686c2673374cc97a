"""Page-shaped reads of complaints; a fixed number of statements each."""

from wenguo.complaints.queries.filters import ComplaintFilter, filtered
from wenguo.complaints.queries.lists import ORDERS, Count, ListPage, count_of, counted, list_page
from wenguo.complaints.queries.panels import (
    ClockShown,
    MergePreview,
    clock_shown,
    clocks_of,
    clocks_shown,
    files_of,
    links_of,
    merge_preview,
    merged_into_it,
    tasks_of,
)
from wenguo.complaints.queries.search import search
from wenguo.complaints.queries.timeline import (
    SHOWS,
    EntryShown,
    family_ids,
    latest_outputs,
    timeline,
    timeline_shown,
)
from wenguo.complaints.queries.tracking import complaint_of_token, tracking_token, tracking_url

__all__ = [
    "ORDERS",
    "SHOWS",
    "ClockShown",
    "ComplaintFilter",
    "Count",
    "EntryShown",
    "ListPage",
    "MergePreview",
    "clock_shown",
    "clocks_of",
    "clocks_shown",
    "complaint_of_token",
    "count_of",
    "counted",
    "family_ids",
    "files_of",
    "filtered",
    "latest_outputs",
    "links_of",
    "list_page",
    "merge_preview",
    "merged_into_it",
    "search",
    "tasks_of",
    "timeline",
    "timeline_shown",
    "tracking_token",
    "tracking_url",
]
