"""Page-shaped reads of complaints; a fixed number of statements each."""

from wenguo.complaints.queries.facets import FACETS, Facet, Spread, spread_of
from wenguo.complaints.queries.filters import ComplaintFilter
from wenguo.complaints.queries.keeping import reasons_to_keep
from wenguo.complaints.queries.lists import ORDERS, Count, ListPage, count_of, counted, filtered, list_page
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
from wenguo.complaints.queries.told import Misread
from wenguo.complaints.queries.tracking import complaint_of_token, tracking_token, tracking_url

__all__ = [
    "FACETS",
    "ORDERS",
    "SHOWS",
    "ClockShown",
    "ComplaintFilter",
    "Count",
    "EntryShown",
    "Facet",
    "ListPage",
    "MergePreview",
    "Misread",
    "Spread",
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
    "reasons_to_keep",
    "search",
    "spread_of",
    "tasks_of",
    "timeline",
    "timeline_shown",
    "tracking_token",
    "tracking_url",
]
