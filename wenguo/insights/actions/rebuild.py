"""Everything counted anew from the rows: by command, or by itself when definitions or the org tree changed.

In steps that each commit: a rebuild that is killed goes on where it was. Until it is done pages say so.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from wenguo.complaints.models import Complaint
from wenguo.insights.actions.fold import BATCH, Changes, keep_counts, lake_state, write_facts
from wenguo.insights.choices import Axis, Grain
from wenguo.insights.lake import files
from wenguo.insights.lake.counts import counts_of
from wenguo.insights.lake.extract import facts_of
from wenguo.insights.models import Counted, LakeFile, LakeState, Rollup
from wenguo.insights.queries.horizon import horizon
from wenguo.insights.queries.slices import house_today
from wenguo.insights.queries.stamps import definitions_stamp, units_stamp
from wenguo.insights.rules import KEPT_DAYS
from wenguo.lib.killpoints import kill_point
from wenguo.lib.now import now


def start_rebuild() -> None:
    """Forgets files and sums, and begins again: from now on the position is where the audit is."""
    state = lake_state()
    upto = horizon(0, limit=2**62)
    with transaction.atomic():
        state = LakeState.objects.select_for_update().get(pk=state.pk)
        for model in (LakeFile, Rollup, Counted):
            model.objects.all().delete()
        state.position, state.rebuilt_to, state.rebuilding, state.as_of = upto, 0, True, now()
        state.definitions, state.units = definitions_stamp(), units_stamp()
        state.save()


def go_on_rebuilding() -> int:
    """One batch; how many complaints. At the end the lake reads on from its position."""
    state = lake_state()
    if not state.rebuilding:
        return 0
    keys = list(Complaint.objects.filter(pk__gt=state.rebuilt_to).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not keys:
        LakeState.objects.filter(pk=state.pk, rebuilding=True).update(rebuilding=False, as_of=now())
        return 0
    found = facts_of(keys, state.position)
    written = write_facts(found, 0, Changes(state.position, frozenset(keys)))
    counts = counts_of(found)
    kill_point("lake_rebuilt_batch")
    with transaction.atomic():
        locked = LakeState.objects.select_for_update().get(pk=state.pk)
        if not locked.rebuilding or locked.rebuilt_to != state.rebuilt_to or locked.position != state.position:
            return 0
        LakeFile.objects.bulk_create(written)
        keep_counts(found, counts, state.position)
        LakeState.objects.filter(pk=state.pk).update(rebuilt_to=keys[-1], as_of=now())
    return len(keys)


def rebuild(progress: Callable[[int], object] = lambda _done: None) -> int:
    """The whole of it; how many complaints."""
    start_rebuild()
    total = 0
    while done := go_on_rebuilding():
        total += done
        progress(done)
    return total


def is_out_of_date() -> bool:
    """Did a definition change, or a unit move, since the sums were begun?"""
    state = lake_state()
    return (state.definitions, state.units) != (definitions_stamp(), units_stamp())


def sweep() -> int:
    """Removes files that do not count and never will, and cuts by day that are no longer kept; how many of both."""
    state = lake_state()
    known = set(LakeFile.objects.values_list("path", flat=True))
    swept = 0
    for path in files.everything():
        if path not in known and _upto(path) <= state.position and not LakeFile.objects.filter(path=path).exists():
            files.delete(path)
            swept += 1
    old = house_today() - timedelta(days=KEPT_DAYS)
    rows = Rollup.objects.filter(grain=Grain.DAY, day__lte=old).exclude(axis=Axis.ALL)
    return swept + rows.delete()[0]


def _upto(path: str) -> int:
    """The last audit entry a file covers, out of its name; what is not named like ours stays."""
    parts = path.rsplit("/", 1)[-1].split("-")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdigit() else 2**62
