"""What waits for the jobs: found through partial indexes, so that looking costs what is due."""

from datetime import datetime

from django.db.models import QuerySet

from wenguo.complaints.choices import ClockState, Source
from wenguo.complaints.models import Clock, Task


def clocks_to_warn(moment: datetime) -> QuerySet[Clock]:
    """Running clocks whose next warning is due, the longest waiting first. Imported history warns nobody."""
    due = Clock.objects.filter(state=ClockState.RUNNING, warn_at__isnull=False, warn_at__lte=moment)
    return due.exclude(complaint__source=Source.IMPORTED).select_related("complaint").order_by("warn_at", "id")


def tasks_left_behind() -> QuerySet[Task]:
    """Open tasks of people who left and named somebody."""
    rows = Task.objects.filter(done_at__isnull=True, assignee__is_active=False)
    return rows.filter(assignee__handed_over_to__isnull=False).select_related("complaint").order_by("id")
