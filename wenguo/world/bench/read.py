"""`wenguo bench read`: the pages people open all day, over HTTP on a server of its own, as people of several scopes.

Each page is asked for in several variants (filters, depths, words, people) by all clients at once; then the next page.
"""

import json
import multiprocessing
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import ORDERS
from wenguo.insights.choices import BOARDS, Period
from wenguo.lib.pages import cursor_after
from wenguo.world.bench.report import Figures, machine, milliseconds
from wenguo.world.bench.server import WORKERS, Visitor, own_server, signed_in

HELP = "Opens home, lists, searches, complaints, figures and dashboards over HTTP."
SEED = 20020
# agent and team lead see everything, a handler and a dealer their own unit, a manager the figures
PEOPLE = ("alice", "carol", "wang", "dealer001", "mei")
_EVERYWHERE, _SCOPED = ("alice", "carol"), ("wang", "dealer001")


@dataclass(frozen=True)
class Visit:
    """Somebody asks for an address."""

    who: str
    path: str


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--clients", type=int, default=4, help="how many ask at once, each in a process of its own")
    parser.add_argument("--requests", type=int, default=60, help="of each page by each client, warm-up not counted")
    parser.add_argument("--compare", type=Path, help="the JSON of an earlier run: ratios of the 95th percentiles")


def measure(options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures:
    """Percentiles of every page."""
    if not Complaint.objects.exists():
        raise CommandError("There are no complaints. Load some first: wenguo bench load --complaints 10000")
    before = machine()
    people = {name: one for name in PEOPLE if (one := User.objects.filter(username=name).first())}
    sessions = {name: signed_in(person) for name, person in people.items()}
    pages = {name: [one for one in visits if one.who in people] for name, visits in _pages().items()}
    count = Complaint.objects.count()
    figures = {}
    with own_server() as (port, _process):
        connection.close()
        for name, visits in pages.items():
            figures[name] = _measured(port, visits, sessions, options["clients"], options["requests"])
            tell(f"{name}: {json.dumps(figures[name])}")
    return {
        "complaints": count,
        "clients": options["clients"],
        "requests_per_page": options["clients"] * options["requests"],
        "warm_up": "every variant once by every client, not counted",
        "web_workers": WORKERS,
        "pages": figures,
        **({"ratio_p95": ratios(figures, options["compare"])} if options["compare"] else {}),
        "machine": before,
        "load_after": [round(load, 2) for load in os.getloadavg()],
    }


def _pages() -> dict[str, list[Visit]]:
    """What is asked for, by the name of the page."""
    return {
        "home": [Visit(who, reverse("desk:home")) for who in (*_EVERYWHERE, *_SCOPED)],
        "home of a manager": [Visit("mei", reverse("desk:home"))],
        "list": _lists(),
        "search": _searches(),
        "open": _opened(),
        "API list": [
            Visit(who, f"/api/v1/complaints?{query}") for who in ("alice", "wang") for query in ("", "open=1")
        ],
        "figures": [Visit("mei", f"{reverse('insights:kpi')}?period={days}") for days in Period.values],
        "dashboards": [Visit("mei", reverse("insights:board", args=[board])) for board in BOARDS],
    }


def _lists() -> list[Visit]:
    address = reverse("desk:complaints")
    queries = ("", "open=1", "status=closed", "stage=cause", "overdue=1&open=1&sort=due", "urgent=1", "sort=changed")
    deep = [f"page={quote(_place(share))}" for share in (0.1, 0.5, 0.9)]
    return [Visit(who, f"{address}?{query}") for who in (*_EVERYWHERE, *_SCOPED) for query in (*queries, *deep)]


def _place(share: float) -> str:
    """A page deep in the list: this share of the time back to the first complaint."""
    ends = Complaint.objects.order_by("received_at").values_list("received_at", flat=True)
    oldest, newest = ends[0], ends.reverse()[0]
    return cursor_after(Complaint, ORDERS["received"], [newest - (newest - oldest) * share, 0])


def _searches() -> list[Visit]:
    """A common word, one of two characters, a phrase, a rare number, a place, a reference."""
    rare = Complaint.objects.filter(words__contains="RO").order_by("-pk").values_list("words", flat=True).first()
    number = rare.partition("工单号 ")[2].strip("。") if rare else "RO000000"
    newest = Complaint.objects.order_by("-pk").values_list("reference", flat=True)[0]
    words = ("空调", "异响", "变速箱 顿挫", "乌鲁木齐", "书面说明", "退车", number, newest)
    address = reverse("desk:complaints")
    return [Visit(who, f"{address}?q={quote(one)}") for who in (*_EVERYWHERE, *_SCOPED) for one in words]


def _opened() -> list[Visit]:
    dice = Random(SEED)  # noqa: S311
    last = Complaint.objects.order_by("-pk").values_list("pk", flat=True)[0]
    drawn = Complaint.objects.filter(pk__in=[dice.randint(1, last) for _ in range(60)])
    opened = Complaint.objects.open().order_by("-received_at")[:20]
    references = [one.reference for one in (*drawn, *opened)]
    visits = [Visit(dice.choice(_EVERYWHERE), reverse("desk:complaint", args=[one])) for one in references]
    dealer = User.objects.filter(username="dealer001").first()
    mine = Complaint.objects.filter(lead_unit=dealer.unit).order_by("-pk")[:10] if dealer else []
    return visits + [Visit("dealer001", reverse("desk:complaint", args=[one.reference])) for one in mine]


def _measured(
    port: int, visits: list[Visit], sessions: Mapping[str, str], clients: int, requests: int
) -> dict[str, Any]:
    if not visits:
        return {"left_out": "nobody of this world may open it"}
    jobs = [(port, visits[number:] + visits[:number], sessions, requests) for number in range(clients)]
    with multiprocessing.get_context("fork").Pool(clients) as pool:
        taken = [seconds for found in pool.map(_client, jobs, chunksize=1) for seconds in found]
    return {**milliseconds(taken), "requests": len(taken), "variants": len(visits)}


def _client(job: tuple[int, Sequence[Visit], Mapping[str, str], int]) -> list[float]:
    """One client: every variant once to warm up, then in turn until all requests are made."""
    port, visits, sessions, requests = job
    visitors = {who: Visitor(port, session) for who, session in sessions.items()}
    for visit in visits:
        _visit(visitors, visit)
    return [_visit(visitors, visits[number % len(visits)]) for number in range(requests)]


def _visit(visitors: Mapping[str, Visitor], visit: Visit) -> float:
    begun = time.perf_counter()
    status, body = visitors[visit.who].get(visit.path)
    taken = time.perf_counter() - begun
    if status != 200:
        raise RuntimeError(f"{visit.path} answered {visit.who} with {status}: {body[:200]!r}")
    return taken


def ratios(figures: Mapping[str, Any], earlier: Path) -> dict[str, float]:
    """How much slower than in the earlier run, by the 95th percentile."""
    before = json.loads(earlier.read_text())["pages"]
    both = [name for name in figures if "p95_ms" in figures[name] and "p95_ms" in before.get(name, {})]
    return {name: round(figures[name]["p95_ms"] / before[name]["p95_ms"], 2) for name in both}
