"""The complaint and what hangs on it: outputs of stages, timeline, clocks, files, links, tasks, search."""

from wenguo.complaints.models.clocks import Clock, ClockEvent, clocks_of
from wenguo.complaints.models.complaint import Complaint, ComplaintQuerySet, Involvement, StageOutput
from wenguo.complaints.models.search import FileText, SearchDocument, SearchWork, Synonyms
from wenguo.complaints.models.timeline import Attachment, Entry, Link, Task

__all__ = [
    "Attachment",
    "Clock",
    "ClockEvent",
    "Complaint",
    "ComplaintQuerySet",
    "Entry",
    "FileText",
    "Involvement",
    "Link",
    "SearchDocument",
    "SearchWork",
    "StageOutput",
    "Synonyms",
    "Task",
    "clocks_of",
]
