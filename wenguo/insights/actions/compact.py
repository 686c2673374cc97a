"""Many small files of a kind and month become one, each complaint in it once. Readers see either the old or the new."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import Count

from wenguo.insights.actions.fold import lake_state, write_file
from wenguo.insights.lake import files
from wenguo.insights.lake.schema import APPENDED, FACTS, SIGN
from wenguo.insights.models import LakeFile, LakeState
from wenguo.lib.killpoints import kill_point


def compact(least: int = 8) -> int:
    """Every kind and month of at least so many files; how many files became fewer."""
    groups = LakeFile.objects.order_by().values("kind", "month").annotate(number=Count("pk")).filter(number__gte=least)
    return sum(_compact(group["kind"], group["month"]) for group in list(groups))


def _compact(kind: str, month: date) -> int:
    rows = list(LakeFile.objects.filter(kind=kind, month=month).order_by("seq_to", "pk"))
    table = _newest(kind, pa.concat_tables([files.read(kind, row.path) for row in rows]))
    whole = write_file(kind, month, table, 0, rows[-1].seq_to, is_whole=True)
    kill_point("lake_compacted")
    with transaction.atomic():
        LakeState.objects.select_for_update().get(pk=lake_state().pk)
        there = LakeFile.objects.filter(pk__in=[row.pk for row in rows])
        if there.count() != len(rows):
            return 0  # somebody else has compacted or rebuilt meanwhile: ours does not count and is swept
        there.delete()
        # Files folded in meanwhile stay beside it; then the newest rows win again.
        whole.save()
    for row in rows:
        files.delete(row.path)
    return len(rows)


def _newest(kind: str, table: pa.Table) -> pa.Table:
    """Events all; of other kinds a complaint's newest rows, without the signs that there are none."""
    if kind in APPENDED:
        return table.sort_by([("complaint", "ascending"), ("seq", "ascending")])
    last = table.group_by("complaint").aggregate([("seq", "max")])
    kept = table.join(last, "complaint", join_type="inner")
    kept = kept.filter(pc.equal(kept["seq"], kept["seq_max"])).drop_columns(["seq_max"])
    kept = kept.filter(pc.is_valid(kept[SIGN[kind]]))
    return kept.sort_by("complaint").select(FACTS[kind].names)
