"""`wenguo bench load`: fills an empty database with complaints, row for row as the actions write them.

A few dozen lives are told by the actions in a scratch world, taken back, and copied: moved in time, to other people,
places and words, with hashes of their own. So what is written cannot drift from what the actions write.
"""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, models, transaction

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.customers.models import BlindToken, Customer, Holding
from wenguo.lib.now import moved_to, now
from wenguo.process.models import TaxonomyNode
from wenguo.world.bench.crowd import Crowd, Person, gather_crowd
from wenguo.world.bench.indexes import PutAway, build_again, put_away
from wenguo.world.bench.lives import BEGIN, lives, new_owner, place_markers
from wenguo.world.bench.plan import (
    COMPLAINTS_PER_CUSTOMER,
    MONTHS,
    Casting,
    LifeTemplate,
    OwnerTemplate,
    Planned,
    moulded,
    moulded_life,
    planned,
)
from wenguo.world.bench.report import Figures, machine
from wenguo.world.bench.scratch import scratch_world, set_last_keys
from wenguo.world.bench.stamping import Copy, Stamper
from wenguo.world.bench.templates import Model, microseconds
from wenguo.world.bench.writers import writer
from wenguo.world.demo.build import found_company, random_password
from wenguo.world.demo.stage import Scene

HELP = "Fills an empty database in bulk, with the rows the actions write."
SEED = 20020
_CHUNK = 1000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--complaints", type=int, required=True, help="how many")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many write at once")
    parser.add_argument("--ended", type=int, default=26, help="how many told lives that end are copied")
    parser.add_argument("--stopped", type=int, default=14, help="how many told lives that are open are copied")
    parser.add_argument("--dealers", type=int, default=60, help="how many dealers the company has")


def measure(options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures:
    """Fills the database and says how fast."""
    if Complaint.objects.exists():
        raise CommandError("There are complaints here already. `bench load` fills an empty database.")
    before, begun = machine(), time.perf_counter()
    crowd, told, owned = prepare(options["dealers"], options["ended"], options["stopped"])
    telling = round(time.perf_counter() - begun, 1)
    tell(f"{len(told)} lives told in {telling} s")
    load = Load.of(options["complaints"], crowd, told, owned)
    processes = options["processes"] if connection.vendor == "postgresql" else 1
    return {
        "complaints": options["complaints"],
        **fill(load, processes, tell),
        "telling_lives_s": telling,
        "processes": processes,
        "machine": before,
        "load_after": [round(load, 2) for load in os.getloadavg()],
    }


def fill(load: "Load", processes: int, tell: Callable[[str], object]) -> Figures:
    """Writes it all, builds the indexes, sets sequences and statistics; how fast."""
    begun, count = time.perf_counter(), len(load.plan)
    away = put_away(load.tables) if connection.vendor == "postgresql" else PutAway((), ())
    try:
        rows = _write(load, processes, tell)
        written = time.perf_counter()
    finally:
        build_again(away, tell)
    set_last_keys(load.last_keys())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    done = time.perf_counter()
    return {
        "rows": rows,
        "rows_per_complaint": round(rows / count, 1),
        "complaints_per_s": round(count / (done - begun), 1),
        "complaints_per_s_without_indexes": round(count / (written - begun), 1),
        "rows_per_s": round(rows / (done - begun)),
        "writing_s": round(written - begun, 1),
        "indexes_and_statistics_s": round(done - written, 1),
    }


@transaction.atomic
def prepare(dealers: int, ended: int, stopped: int) -> tuple[Crowd, list[LifeTemplate], list[OwnerTemplate]]:
    """Founds the company where there is none, and tells the lives that will be copied."""
    moment = now()
    with moved_to(moment - timedelta(days=MONTHS * 31)):
        if not User.objects.exists():
            found_company(lambda _username: random_password(), moment)
        crowd = gather_crowd(dealers=dealers)
    with scratch_world():
        with moved_to(BEGIN - timedelta(days=2)):
            markers = place_markers(_scene(moment))
        known = {key: f"{name}_key" for (_model, key), name in markers.slots.items()}
        owned = []
        for has_email in (True, False):
            owner = new_owner(markers, has_email=has_email)
            owned.append(OwnerTemplate(moulded(owner.rows, {}, known), microseconds(owner.customer.created_at)))
        told = [moulded_life(life, known) for life in lives(markers, ended=ended, stopped=stopped)]
    return crowd, told, owned


def _scene(moment: datetime) -> Scene:
    return Scene(
        {unit.code: unit for unit in Unit.objects.all()},
        {person.username: person for person in User.objects.all()},
        {(node.tree, node.code): node for node in TaxonomyNode.objects.all()},
        moment,
    )


@dataclass(frozen=True)
class Chunk:
    """Some customers or some complaints, with the first key of each table."""

    kind: str
    start: int
    end: int
    first: Mapping[Model, int]


@dataclass(frozen=True)
class Load:
    """Everything the writing processes need to know."""

    plan: Sequence[Planned]
    casting: Casting
    stampers: Sequence[Stamper]
    owner_stampers: Sequence[Stamper]
    owner_days: Sequence[int]
    customers: int

    @classmethod
    def of(cls, count: int, crowd: Crowd, told: Sequence[LifeTemplate], owned: Sequence[OwnerTemplate]) -> "Load":
        moment = now()
        customers = int(count / COMPLAINTS_PER_CUSTOMER) // 4 * 4 + 4
        casting = Casting(crowd, told, customers, _last(Customer) + 1, _last(Holding) + 1, SEED)
        plan = planned(told, count, moment, Random(SEED))  # noqa: S311
        earliest = microseconds(moment - timedelta(days=MONTHS * 31))
        return cls(
            plan,
            casting,
            [Stamper(life.template, moment) for life in told],
            [Stamper(owner.template, moment) for owner in owned],
            [(earliest - owner.created_at) // (86_400 * 1_000_000) for owner in owned],
            customers,
        )

    @property
    def tables(self) -> list[str]:
        models = {model for one in (*self.stampers, *self.owner_stampers) for model in one.counts} | {BlindToken}
        return sorted(model._meta.db_table for model in models)

    def chunks(self) -> Iterator[Chunk]:
        """Customers first, then complaints; keys follow each other as if one person had typed it all."""
        keys: Counter[Model] = Counter()
        for start in range(0, self.customers, _CHUNK):
            end = min(start + _CHUNK, self.customers)
            yield Chunk("customers", start, end, self._first(keys))
            keys.update(_total(self._owner_stamper(number).counts for number in range(start, end)))
        for start in range(0, len(self.plan), _CHUNK):
            end = min(start + _CHUNK, len(self.plan))
            yield Chunk("complaints", start, end, self._first(keys))
            keys.update(_total(self.stampers[one.life].counts for one in self.plan[start:end]))

    def _first(self, keys: Counter[Model]) -> dict[Model, int]:
        models = {model for one in (*self.stampers, *self.owner_stampers) for model in one.counts} | {BlindToken}
        return {model: _last(model) + 1 + keys[model] for model in models}

    def _owner_stamper(self, number: int) -> Stamper:
        return self.owner_stampers[0 if Person(number).has_email else 1]

    def last_keys(self) -> dict[str, int]:
        """Where each sequence goes on."""
        counted = [model for model in self._first(Counter()) if isinstance(model._meta.pk, models.BigAutoField)]
        return {model._meta.db_table: _last_now(model) for model in counted}

    def write(self, chunk: Chunk) -> int:
        """Makes and writes one chunk; how many rows."""
        out, first = writer(), Counter(chunk.first)
        make = self._complaint if chunk.kind == "complaints" else self._customer
        for number in range(chunk.start, chunk.end):
            stamper, person, copy = make(number)
            out.add(stamper.template, stamper.values(copy, first))
            if Customer in stamper.counts:
                for place, (kind, token) in enumerate(person.blind_tokens()):
                    out.add_row(BlindToken, [first[BlindToken] + place, first[Customer], kind, token])
            first.update(stamper.counts)
        with transaction.atomic():
            return out.flush()

    def _complaint(self, number: int) -> tuple[Stamper, Person, Copy]:
        one = self.plan[number]
        return self.stampers[one.life], self.casting.person_of(number, one), self.casting.copy(number, one)

    def _customer(self, number: int) -> tuple[Stamper, Person, Copy]:
        person = Person(number)
        kind = 0 if person.has_email else 1
        dice = Random(SEED - number - 1)  # noqa: S311
        crowd = self.casting.crowd
        places = person.own_places() | self.casting.product_of(person) | dice.choice(crowd.dealers)
        for colleagues in crowd.colleagues.values():
            places.update(dice.choice(colleagues))
        jitter = -dice.randrange(600 * 86_400 * 1_000_000)
        return self.owner_stampers[kind], person, Copy(self.owner_days[kind], jitter, places)


def _total(counts: Iterable[Mapping[Model, int]]) -> Counter[Model]:
    found: Counter[Model] = Counter()
    for one in counts:
        found.update(one)
    return found


_last_keys: dict[Model, int] = {}


def _last(model: Model) -> int:
    """The last key before loading."""
    if model not in _last_keys:
        _last_keys[model] = _last_now(model)
    return _last_keys[model]


def _last_now(model: Model) -> int:
    newest = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(newest or 0)


_load: Load | None = None


def _write(load: Load, processes: int, tell: Callable[[str], object]) -> int:
    """All chunks; on PostgreSQL by several processes, each with its own connection."""
    global _load  # forked processes find it here, without copying
    _load = load
    chunks = list(load.chunks())
    connection.close()
    rows = 0
    for number, written in enumerate(_written(chunks, processes), start=1):
        rows += written
        if number % 50 == 0:
            tell(f"{number} of {len(chunks)} chunks, {rows:,} rows")
    return rows


def _written(chunks: Sequence[Chunk], processes: int) -> Iterator[int]:
    if connection.vendor != "postgresql" or processes == 1:
        yield from map(_write_chunk, chunks)
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_write_chunk, chunks)


def _write_chunk(chunk: Chunk) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
    assert _load is not None  # noqa: S101
    return _load.write(chunk)
