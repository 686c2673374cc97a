"""Does the lake hold what the rows say? Files, facts and sums are compared with what would be counted now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from wenguo.accounts.models import Unit
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.fold import BATCH, lake_state
from wenguo.insights.actions.sums import Sums
from wenguo.insights.lake import files
from wenguo.insights.lake.counts import counts_of
from wenguo.insights.lake.engine import engine, named, show_lake
from wenguo.insights.lake.extract import facts_of
from wenguo.insights.lake.schema import FACTS, as_table
from wenguo.insights.models import Counted, LakeFile, Rollup
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules import NOTHING, Measure
from wenguo.lib.now import moved_to, now


@dataclass
class Proof:
    """What was compared, and the first hundred things that are not as they should be."""

    files: int = 0
    complaints: int = 0
    sums: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        if len(self.wrong) < 100:
            self.wrong.append(sentence)


def verify(progress: Callable[[int], object] = lambda _done: None) -> Proof:
    """Reads everything. What changed since the last fold is not compared: run it when the lake has caught up."""
    proof = Proof()
    _files(proof)
    for keys in _batches():
        _facts(proof, keys)
        progress(len(keys))
    _sums(proof)
    return proof


def _files(proof: Proof) -> None:
    for one in LakeFile.objects.order_by("pk"):
        proof.files += 1
        if not files.exists(one.path):
            proof.note(f"{one.path} is missing")
        elif len(files.read(one.kind, one.path)) != one.rows:
            proof.note(f"{one.path} does not have {one.rows} rows")


def _batches() -> Iterator[list[int]]:
    last = 0
    while keys := list(Complaint.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


def _facts(proof: Proof, keys: list[int]) -> None:
    """Facts in the lake and contributions kept, against the rows."""
    now_facts = facts_of(keys, 0)
    state = lake_state()
    with moved_to(state.as_of or now()):
        counts = counts_of(now_facts)
    kept = {one.pk: one for one in Counted.objects.filter(pk__in=keys)}
    where = engine()
    try:
        show_lake(where, LakeFile.objects.all())
        listed = ", ".join(str(key) for key in keys)
        for kind, schema in FACTS.items():
            names = [name for name in schema.names if name != "seq" or kind == "event"]
            found = where.run(f"SELECT {named(where, names)} FROM {kind} WHERE complaint IN ({listed})")  # noqa: S608 - ours
            wanted = as_table(kind, now_facts.rows[kind]).select(names)
            _compare(proof, kind, found.to_pylist(), wanted.to_pylist())
    finally:
        where.close()
    for key in keys:
        proof.complaints += 1
        put = [one.as_json() for one in counts[key].puts] if key in counts else []
        if key not in kept or kept[key].put != put:
            proof.note(f"complaint {key}: what it put into the sums is not what it should")


def _compare(proof: Proof, kind: str, found: list[dict[str, object]], wanted: list[dict[str, object]]) -> None:
    have, want = sorted(map(repr, found)), sorted(map(repr, wanted))
    for row in sorted(set(have) ^ set(want))[:3]:
        proof.note(f"{kind}: {'only in the lake' if row in have else 'not in the lake'}: {row}")
    if len(have) != len(want):
        proof.note(f"{kind}: {len(have)} in the lake, {len(want)} in the rows")


def _sums(proof: Proof) -> None:
    """The rows of sums are the contributions added up."""
    units = dict(Unit.objects.values_list("pk", "path"))
    sums = Sums(units, house_today())
    with transaction.atomic():
        for one in Counted.objects.iterator(chunk_size=2000):
            sums.add(one)
        wanted = {row[:7]: Measure(*row[7:]) for row in sums.rows()}
        columns = ("metric", "axis", "grain", "node", "source", "day", "member", "met", "failed", "left_out", "total")
        found = {row[:7]: Measure(*row[7:]) for row in Rollup.objects.values_list(*columns).iterator(chunk_size=5000)}
    proof.sums = len(wanted)
    for key in wanted.keys() | found.keys():
        if found.get(key, NOTHING) != wanted.get(key, NOTHING):
            proof.note(f"sum {key}: {found.get(key, NOTHING)} instead of {wanted.get(key, NOTHING)}")
