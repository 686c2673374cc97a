"""`wenguo bench lifecycle`: whole lives over HTTP, beside the bare database with the same rows in the same run."""

import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.test import Client as Caller

from wenguo.accounts.actions import make_token, revoke_token
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.audit.queries import prove_these
from wenguo.complaints.choices import EndedAs, Status
from wenguo.complaints.models import Complaint
from wenguo.lib.batch import one_by_one
from wenguo.lib.now import now
from wenguo.world.bench.life import VERBS, Client, live
from wenguo.world.bench.raw import Caught, Copies, Key, Write, referenced, take_out
from wenguo.world.bench.report import Figures, machine, milliseconds
from wenguo.world.bench.server import own_server
from wenguo.world.demo.build import found_company, random_password

HELP = "Lives whole complaints over HTTP: submit, accept, assign, resolve, reply, satisfied close."
PEOPLE = ("alice", "wang", "carol")
Lives = tuple[float, dict[str, list[float]], list[str]]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--complaints", type=int, default=0, help="how many the database holds; filled when empty")
    parser.add_argument("--clients", type=int, default=4, help="how many callers at once, each with one connection")
    parser.add_argument("--lives", type=int, default=400, help="how many are measured, all clients together")
    parser.add_argument("--warm-up", type=int, default=40, help="lives before the clock starts")


def measure(options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures:
    if connection.vendor != "postgresql":
        raise CommandError("This is measured on PostgreSQL: set DATABASE_URL to a database made for it.")
    before = machine()
    there = _filled(options["complaints"], tell)
    clients, lives = max(1, options["clients"]), max(options["lives"], options["clients"])
    with _tokens() as tokens:
        tell(f"{there} complaints there; {clients} clients, {lives} lives after {options['warm_up']} to warm up")
        taken, seconds, references = _lived(clients, lives, options["warm_up"], tokens)
        _check(references)
        verbs, example = _caught(tokens)
    raw = _raw(clients, lives, options["warm_up"], verbs, example)
    rate, raw_rate = len(references) / taken, lives / clients * clients / raw
    return {
        "complaints": there,
        "clients": clients,
        "lifecycles_per_s": round(rate, 2),
        "raw_lifecycles_per_s": round(raw_rate, 2),
        "ratio_to_raw": round(rate / raw_rate, 3),
        "verbs": {verb: milliseconds(seconds[verb]) for verb in VERBS},
        "lives": len(references),
        "writes_per_life": {verb: len(writes) for verb, writes in verbs.items()},
        "machine": before | {"load_after": [round(load, 2) for load in os.getloadavg()]},
    }


def _filled(wanted: int, tell: Callable[[str], object]) -> int:
    """How many complaints the database holds, once it holds at least as many as asked for."""
    if User.objects.filter(username__in=PEOPLE).count() != len(PEOPLE):
        if Complaint.objects.exists():
            raise CommandError("There are complaints but not the people of the measurement. Use an empty database.")
        if wanted:
            tell(f"loading {wanted} complaints first")
            call_command("bench", "load", complaints=wanted)
        else:
            found_company(lambda _username: random_password(), now())
    there = Complaint.objects.count()
    if there < wanted:
        raise CommandError(f"There are {there} complaints, not {wanted}. Use an empty database: it is loaded first.")
    return there


@contextmanager
def _tokens() -> Iterator[dict[str, str]]:
    """A token for each caller, revoked at the end."""
    made = {}
    for name in PEOPLE:
        person = User.objects.get(username=name)
        made[name] = make_token(person, name="bench", scopes=[Scope.COMPLAINTS_WRITE.value], by=person)
    try:
        yield {name: secret for name, (_token, secret) in made.items()}
    finally:
        for name, (token, _secret) in made.items():
            revoke_token(token, by=User.objects.get(username=name))


# --- over HTTP ----------------------------------------------------------------------------------------------------


def _lived(clients: int, lives: int, warm_up: int, tokens: Mapping[str, str]) -> Lives:
    """(seconds all clients took together, seconds by verb, references)."""
    with own_server() as (port, _process):
        share, warm = -(-lives // clients), -(-warm_up // clients)
        asked = [(port, dict(tokens), number, share, warm) for number in range(clients)]
        answers = _together(_client, asked)
    begun, ended = min(one[0] for one in answers), max(one[1] for one in answers)
    seconds = {verb: [value for one in answers for value in one[2][verb]] for verb in VERBS}
    return ended - begun, seconds, [reference for one in answers for reference in one[3]]


def _client(barrier: Any, port: int, tokens: dict[str, str], number: int, share: int, warm: int) -> Any:
    client = Client(port, tokens)
    first = (time.time_ns() // 1_000_000 * 100 + number) * 100_000
    for one in range(warm):
        client.run(first + one)
    client.seconds, client.references = {verb: [] for verb in VERBS}, []
    barrier.wait()
    begun = time.time()
    for one in range(warm, warm + share):
        client.run(first + one)
    return begun, time.time(), client.seconds, client.references


def _check(references: Sequence[str]) -> None:
    """A life that did not end as it should, or whose chain does not hold, is no life."""
    complaints = list(Complaint.objects.filter(reference__in=references))
    satisfied = [one for one in complaints if (one.status, one.ended_as) == (Status.CLOSED, EndedAs.SATISFIED)]
    if len(satisfied) != len(references):
        raise CommandError(f"Only {len(satisfied)} of {len(references)} complaints are closed and satisfied.")
    if broken := prove_these(complaints):
        raise CommandError(f"The audit does not hold: {broken[0].chain}: {broken[0].problem}")


# --- the bare database ----------------------------------------------------------------------------------------------


def _caught(tokens: Mapping[str, str]) -> tuple[dict[str, list[Write]], str]:
    """The writes of one life, by verb; and its reference. Lived twice: the first call of a process reads settings."""
    caller = Caller(SERVER_NAME="127.0.0.1")

    def send(whose: str, address: str, body: Mapping[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {tokens[whose]}"}
        answer = caller.post(
            f"/api/v1/complaints{address}", data=body, content_type="application/json", headers=headers
        )
        if answer.status_code >= 400:
            raise CommandError(f"{address} answered {answer.status_code}")
        return answer.json()

    verbs: dict[str, list[Write]] = {}
    reference = ""
    for number in range(2):
        caught = Caught()
        with one_by_one(), connection.execute_wrapper(caught):
            for verb, reference in live(time.time_ns() // 1_000_000 + number, send):  # noqa: B007 - the last is kept
                verbs[verb], caught.writes = caught.writes, []
    return verbs, reference


def _raw(clients: int, lives: int, warm_up: int, verbs: Mapping[str, list[Write]], reference: str) -> float:
    """Seconds for as many copies of that life by as many clients."""
    share, warm = -(-lives // clients), -(-warm_up // clients)
    asked = [(list(verbs.values()), reference, share, warm) for _number in range(clients)]
    answers = _together(_copier, asked)
    take_out([key for one in answers for key in one[2]])
    return float(max(one[1] for one in answers) - min(one[0] for one in answers))


def _copier(barrier: Any, verbs: list[list[Write]], reference: str, share: int, warm: int) -> Any:
    copies = Copies(verbs, reference, referenced())
    for _one in range(warm):
        copies.run()
    barrier.wait()
    begun = time.time()
    for _one in range(share):
        copies.run()
    made: list[Key] = copies.made
    return begun, time.time(), made


def _together(act: Callable[..., Any], asked: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Each in a process of its own, begun together."""
    connections.close_all()
    ways = multiprocessing.get_context("fork")
    with ways.Manager() as manager:
        barrier = manager.Barrier(len(asked))
        with ways.Pool(len(asked)) as pool:
            return pool.starmap(act, [(barrier, *one) for one in asked])
