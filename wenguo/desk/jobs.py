"""What happens without a user: owners of saved views are told of new matches, reminders ring."""

from datetime import timedelta

from django.utils import timezone

from wenguo.desk.actions.alerts import tell_matches
from wenguo.desk.actions.reminders import ring_reminder
from wenguo.desk.models import Reminder, SavedView
from wenguo.lib.now import now

BATCH = 50
# Grouped: a view is looked at every so often, and its owner hears of all new matches at once
BETWEEN = timedelta(minutes=10)
DAY_BEGINS, DAY_ENDS = 8, 21  # hours, in the owner's time zone; what comes at night waits for the morning


def run_tell_views() -> int:
    """Saved views with an alert that were not looked at for a while; how many complaints were told of."""
    due = SavedView.objects.exclude(alert="").filter(told_until__lte=now() - BETWEEN)
    views = due.select_related("owner").order_by("told_until")
    awake = [view for view in views[: BATCH * 10] if _is_day_for(view)]
    return sum(tell_matches(view) for view in awake[:BATCH])


def run_reminders() -> int:
    """Reminders whose time has come; how many rang."""
    due = Reminder.objects.filter(at__lte=now()).order_by("at")[:BATCH]
    return sum(ring_reminder(reminder) for reminder in due)


def _is_day_for(view: SavedView) -> bool:
    return DAY_BEGINS <= timezone.localtime(now(), view.owner.zone).hour < DAY_ENDS
