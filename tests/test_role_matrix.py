"""Who may open what: every address and API operation × role × own or foreign unit, against the committed table.

`tests/matrix/pages.csv` and `tests/matrix/api.csv` are read by people: a changed cell is a changed right. An address
that is not in the table fails. `WENGUO_WRITE_MATRIX=1` writes them anew for review.
"""

import csv
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.matrix.operations import ask, operations
from tests.matrix.places import address, places, values_for
from wenguo.accounts.actions import Cast
from wenguo.complaints.models import Complaint

pytestmark = pytest.mark.once

HERE = Path(__file__).parent / "matrix"
# wang's unit leads the complaint; mallory and dan belong to other units; nobody is a stranger
ROLES = ("nobody", "alice", "carol", "dora", "rex", "quinn", "mei", "ada", "otto", "wang", "mallory", "dan")
WRITES = bool(os.environ.get("WENGUO_WRITE_MATRIX"))


def table(name: str) -> dict[str, dict[str, str]]:
    with (HERE / name).open(newline="") as stream:
        return {row["what"]: row for row in csv.DictReader(stream)}


def write(name: str, column: str, found: Mapping[str, str]) -> None:
    """Puts one role's column into the table."""
    known = table(name) if (HERE / name).exists() else {}
    rows = {what: {**known.get(what, {"what": what}), column: answer} for what, answer in found.items()}
    with (HERE / name).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, ["what", *ROLES], restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[what] for what in sorted(rows))


def short(response: Any) -> str:
    """The answer in a word: ok, login, away (a redirect), or the status."""
    if response.status_code in (301, 302):
        return "login" if "/accounts/login/" in response["Location"] else "away"
    return "ok" if response.status_code in (200, 204, 304) else str(response.status_code)


def undone(perform: Callable[[], HttpResponse]) -> HttpResponse:
    """Performs and takes back whatever it wrote."""
    with transaction.atomic():
        answer = perform()
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def complaint(reply_approved: Complaint) -> Complaint:
    """Led by the after-sales workshop, owned by wang, with everything a complaint can have by then."""
    return reply_approved


def browser(cast: Cast, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "nobody":
        client.force_login(cast.people[role])
    return client


@pytest.mark.parametrize("role", ROLES)
def test_pages(role: str, cast: Cast, complaint: Complaint) -> None:
    values = values_for(complaint, cast.people)
    found = {}
    for place in places():
        path, client = address(place, values), browser(cast, role)
        answer = undone(lambda client=client, path=path: client.get(path))  # type: ignore[misc]
        if answer.status_code == 405:
            answer = undone(lambda client=client, path=path: client.post(path))  # type: ignore[misc]
        found[place.name] = short(answer)
    compare("pages.csv", role, found)


@pytest.mark.parametrize("role", ROLES)
def test_operations(role: str, cast: Cast, complaint: Complaint) -> None:
    client = browser(cast, role)
    values = values_for(complaint, cast.people)
    found = {
        one.name: short(undone(lambda one=one: ask(client, one, values)))  # type: ignore[misc]
        for one in operations()
    }
    compare("api.csv", role, found)


def compare(name: str, role: str, found: dict[str, str]) -> None:
    if WRITES:
        write(name, role, found)
        return
    known = {what: row[role] for what, row in table(name).items()}
    assert sorted(found) == sorted(known), "an address is missing in the table, or is gone"
    different = {what: (known[what], answer) for what, answer in found.items() if known[what] != answer}
    assert different == {}
    assert "500" not in found.values()
