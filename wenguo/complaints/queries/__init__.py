"""Page-shaped reads of complaints; a fixed number of statements each."""

from wenguo.complaints.queries.filters import ComplaintFilter, filtered
from wenguo.complaints.queries.lists import ORDERS, Count, ListPage, count_of, counted, list_page
from wenguo.complaints.queries.search import search
from wenguo.complaints.queries.timeline import (
    ClockShown,
    clock_name,
    clocks_of,
    clocks_shown,
    family_ids,
    files_of,
    latest_outputs,
    links_of,
    merged_into_it,
    tasks_of,
    timeline,
)
from wenguo.complaints.queries.tracking import complaint_of_token, tracking_token, tracking_url

__all__ = [
    "ORDERS",
    "ClockShown",
    "ComplaintFilter",
    "Count",
    "ListPage",
    "clock_name",
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
    "merged_into_it",
    "search",
    "tasks_of",
    "timeline",
    "tracking_token",
    "tracking_url",
]
