"""Statistics for the public: switched by an administrator, counted by the worker once a quarter or when asked."""

from django.db import transaction

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.insights.models import LakeState, PublicStatistics
from wenguo.insights.models.public import LEAST, MOST
from wenguo.insights.queries.public import counted, quarters_before
from wenguo.insights.queries.slices import house_today
from wenguo.lib.now import now


@transaction.atomic
def switch_statistics(*, is_on: bool, threshold: int, by: User) -> PublicStatistics:
    """On or off, and below which number nothing is told. Counted anew at once; off, strangers find no page."""
    check_permission(by, Permission.SETTINGS)
    row = PublicStatistics.objects.select_for_update().first() or PublicStatistics()
    row.is_on, row.threshold, row.wanted_at = is_on, min(max(threshold, LEAST), MOST), now()
    row.save()
    record_in("statistics", "statistics.switched", by=by, body={"is_on": is_on, "threshold": row.threshold})
    return row


def count_statistics() -> int:
    """Counts what is published, where a quarter has ended since or somebody asked; 1 where it did.

    Not more often: numbers that change from day to day could be subtracted from one another.
    """
    row = PublicStatistics.objects.filter(is_on=True).first()
    state = LakeState.objects.first()
    if row is None or state is None or state.as_of is None or state.rebuilding:
        return 0
    newest = str(quarters_before(house_today())[-1].last)
    told = row.content.get("quarters", [["", ""]])[-1][1]
    if told == newest and row.wanted_at is None:
        return 0
    row.content, row.counted_at, row.wanted_at = counted(house_today(), row.threshold), now(), None
    row.save(update_fields=["content", "counted_at", "wanted_at"])
    return 1
