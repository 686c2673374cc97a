"""What changed since the lake last read goes into it, and into the sums: exactly once, whenever this is killed.

Files first, under new names; then, in one transaction, the rows that make them count, the sums and the position.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pyarrow as pa
from django.db import transaction

from wenguo.accounts.models import Unit
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.sums import Sums, add_to_rollups
from wenguo.insights.lake import files
from wenguo.insights.lake.counts import Count, counts_of
from wenguo.insights.lake.extract import CHAIN, Facts, facts_of
from wenguo.insights.lake.sameness import families_of
from wenguo.insights.lake.schema import APPENDED, FACTS, SCHEMA, as_table, with_signs
from wenguo.insights.models import Counted, LakeFile, LakeState
from wenguo.insights.queries.horizon import horizon
from wenguo.insights.queries.slices import house_today
from wenguo.lib.killpoints import kill_point
from wenguo.lib.now import now

BATCH = 2000  # complaints looked at together
_CUSTOMER = "customer:"
# What is written on a customer and can change a figure of their complaints
_ABOUT_CUSTOMERS = frozenset({"contact_logged", "merged_into", "took_in", "changed"})


@dataclass(frozen=True)
class Changes:
    """Complaints to look at again, and the audit entry up to which that covers everything."""

    upto: int
    keys: frozenset[int]
    gone: frozenset[int] = frozenset()


def fold() -> int:
    """One batch of changes, or of what time alone changed; 0 when nothing was left to do, else how many complaints."""
    state = lake_state()
    if state.rebuilding:
        return 0
    changes = _changes(state.position)
    if changes.upto == state.position:
        due = Counted.objects.filter(next_at__lte=now()).order_by("next_at").values_list("pk", flat=True)[:BATCH]
        changes = Changes(state.position, frozenset(due))
        if not changes.keys:
            return 0
    found = _facts(changes)
    written = write_facts(found, state.position, changes) if changes.upto > state.position else []
    kill_point("lake_files_written")
    counts = counts_of(found)
    with transaction.atomic():
        if not _still_at(state):
            return 0  # another worker was quicker; what we wrote does not count and is swept
        LakeFile.objects.bulk_create(written)
        keep_counts(found, counts, changes.upto, changes.gone)
        LakeState.objects.filter(pk=state.pk).update(position=changes.upto, as_of=now())
        kill_point("lake_before_commit")
    kill_point("lake_after_commit")
    return max(1, len(found.months) + len(changes.gone))


def lake_state() -> LakeState:
    state, _new = LakeState.objects.get_or_create(pk=1)
    return state


def _still_at(before: LakeState) -> bool:
    state = LakeState.objects.select_for_update().get(pk=before.pk)
    return state.position == before.position and not state.rebuilding


def _changes(position: int) -> Changes:
    """The complaints the next audit entries are about."""
    upto = horizon(position)
    entries = (
        AuditEntry.objects.filter(pk__gt=position, pk__lte=upto).order_by("pk").values_list("pk", "chain", "event")
    )
    references: set[str] = set()
    customers: set[int] = set()
    for pk, chain, event in entries.iterator(chunk_size=2000):
        if chain.startswith(CHAIN):
            references.add(chain.removeprefix(CHAIN))
        elif chain.startswith(_CUSTOMER) and event in _ABOUT_CUSTOMERS:
            customers.add(int(chain.removeprefix(_CUSTOMER)))
        if len(references) + len(customers) >= BATCH:
            upto = pk
            break
    found = dict(Complaint.objects.filter(reference__in=references).values_list("reference", "pk"))
    gone = _taken_back() if len(found) < len(references) else frozenset()
    theirs = Complaint.objects.filter(customer__in=families_of(customers)).values_list("pk", flat=True)
    return Changes(upto, frozenset({*found.values(), *theirs}), gone)


def _taken_back() -> frozenset[int]:
    """Counted complaints that no longer exist: their import was undone."""
    there = Complaint.objects.values("pk")
    return frozenset(Counted.objects.exclude(pk__in=there).values_list("pk", flat=True))


def _facts(changes: Changes) -> Facts:
    """Facts of the complaints, and of those of the same customers where a repeat may have come or gone."""
    found = facts_of(sorted(changes.keys), changes.upto)
    before = dict(Counted.objects.filter(pk__in=found.months).values_list("pk", "same"))
    moved = {same for key, same in found.same.items() if before.get(key) != same}
    moved |= {before[key] for key, same in found.same.items() if before.get(key, same) != same}
    customers = {int(same.partition("/")[0]) for same in moved if same}
    others = Complaint.objects.filter(customer__in=families_of(customers)).exclude(pk__in=found.months)
    return found.with_those_of(facts_of(sorted(others.values_list("pk", flat=True)), changes.upto))


def write_facts(found: Facts, since: int, changes: Changes) -> list[LakeFile]:
    """New files, a kind and month each; nobody sees them before their rows are committed."""
    written = []
    months = set(found.months.values())
    for kind in FACTS:
        for month in sorted(months):
            keys = [key for key, one in found.months.items() if one == month]
            rows = [row for row in found.rows[kind] if found.months[_key(row)] == month]
            if kind in APPENDED:
                rows = [row for row in rows if since < _seq(row) <= changes.upto]
            table = as_table(kind, with_signs(kind, rows, keys, changes.upto))
            if len(table):
                written.append(write_file(kind, month, table, since, changes.upto))
    return written + _signs_of(changes, since)


def _signs_of(changes: Changes, since: int) -> list[LakeFile]:
    """That complaints are no more: a row without content replaces what was known of them."""
    written = []
    months = dict(Counted.objects.filter(pk__in=changes.gone).values_list("pk", "month"))
    for kind in FACTS.keys() - APPENDED:
        for month in sorted(set(months.values())):
            keys = [key for key, one in months.items() if one == month]
            table = as_table(kind, with_signs(kind, [], keys, changes.upto))
            written.append(write_file(kind, month, table, since, changes.upto))
    return written


def write_file(kind: str, month: date, table: pa.Table, since: int, upto: int, *, is_whole: bool = False) -> LakeFile:
    name = f"{kind}/month={month:%Y-%m}/{since:012d}-{upto:012d}-{uuid4().hex[:8]}.parquet"
    size = files.write(name, table)
    return LakeFile(
        path=name, kind=kind, month=month, seq_from=since, seq_to=upto, rows=len(table), size=size, schema=SCHEMA,
        is_whole=is_whole, added_at=now(),
    )  # fmt: skip


def keep_counts(found: Facts, counts: Mapping[int, Count], seq: int, gone: Iterable[int] = ()) -> None:
    """Takes out of the sums what these complaints had put in, adds what they put in now, and remembers it."""
    keys = [*found.months, *gone]
    units = dict(Unit.objects.values_list("pk", "path"))
    sums = Sums(units, house_today())
    for old in Counted.objects.filter(pk__in=keys):
        sums.add(old, sign=-1)
    new = [_counted(row, found, counts.get(_key(row)), seq) for row in found.rows["complaint"]]
    for one in new:
        sums.add(one)
    add_to_rollups(sums.rows())
    Counted.objects.filter(pk__in=list(gone)).delete()
    changed = [field.name for field in Counted._meta.fields if not field.primary_key]
    Counted.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["complaint"], update_fields=changed, batch_size=500
    )


def _counted(fact: Mapping[str, Any], found: Facts, count: Count | None, seq: int) -> Counted:
    key = _key(fact)
    axes = ("product", "issue", "cause", "channel", "importance")
    members = {axis: "" if fact[axis] is None else str(fact[axis]) for axis in axes}
    return Counted(
        complaint=key, month=found.months[key], seq=seq, source=fact["source"], unit=fact["unit"],
        respondent=fact["respondent"], same=found.same[key], members=members,
        put=[one.as_json() for one in count.puts] if count else [], next_at=count.next_at if count else None,
    )  # fmt: skip


def _key(row: Mapping[str, object]) -> int:
    return int(str(row["complaint"]))


def _seq(row: Mapping[str, object]) -> int:
    return int(str(row["seq"]))
