"""Counts and codes whose time is over."""

from datetime import timedelta

from wenguo.lib.now import now
from wenguo.portal.models import RateCount, TrackingCode

KEPT = timedelta(days=2)
BATCH = 2000


def forget_old_rows() -> int:
    """Deletes a batch of what no limit asks for any more; how many."""
    gone = 0
    for rows in (
        RateCount.objects.filter(window_from__lt=now() - KEPT),
        TrackingCode.objects.filter(expires_at__lt=now() - KEPT),
    ):
        keys = list(rows.values_list("pk", flat=True)[:BATCH])
        gone += rows.model.objects.filter(pk__in=keys).delete()[0]
    return gone
