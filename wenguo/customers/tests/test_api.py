"""Customers for machines: scopes, masked answers, errors that say which field."""

import json
from typing import Any

import pytest
from django.test import Client

from wenguo.accounts.actions import make_token
from wenguo.accounts.models import User
from wenguo.customers.models import Customer
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack

pytestmark = pytest.mark.django_db
BOTH = ["customers:read", "customers:write"]


class Machine:
    """Calls the API with one token."""

    def __init__(self, person: User, scopes: list[str]) -> None:
        self._secret = make_token(person, name="test", scopes=scopes, by=person)[1]
        self._client = Client()

    def call(self, verb: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._secret}"}
        content = json.dumps(body or {}) if verb != "GET" else ""
        address = f"/api/v1/customers{path}"
        answer = self._client.generic(verb, address, content, "application/json", headers=headers)
        return answer.status_code, json.loads(answer.content) if answer.content else None


@pytest.fixture
def machine(alice: User) -> Machine:
    install_pack(by=SYSTEM)
    return Machine(alice, BOTH)


def test_a_customer_is_made_found_and_changed(machine: Machine) -> None:
    given = {"name": "李娜", "phone": "139 0000 1111", "email": "li@example.com"}
    status, made = machine.call("POST", "", given)
    assert status == 201
    assert machine.call("POST", "", given)[1]["id"] == made["id"]
    assert [point["value"] for point in made["contact_points"]] == ["l***@example.com", "139****1111"]

    assert machine.call("GET", "?q=1111")[1]["items"][0]["id"] == made["id"]
    changed = machine.call("PATCH", f"/{made['id']}", {"version": made["version"], "note": "mornings"})
    assert (changed[0], changed[1]["note"]) == (200, "mornings")
    assert machine.call("PATCH", f"/{made['id']}", {"version": made["version"], "note": "x"})[0] == 409


def test_everything_of_a_customer_can_be_recorded(machine: Machine, zhang: Customer) -> None:
    assert machine.call("POST", f"/{zhang.pk}/contact-points", {"kind": "wechat", "value": "zw"})[0] == 201
    assert machine.call("POST", f"/{zhang.pk}/holdings", {"description": "M7", "serial": "X1"})[0] == 201
    consent = {"purpose": "sms", "is_given": True, "source": "form"}
    assert machine.call("POST", f"/{zhang.pk}/consents", consent)[0] == 201
    contact = {"direction": "in", "channel": "phone", "summary": "called", "at": "2025-01-01T08:00:00Z"}
    assert machine.call("POST", f"/{zhang.pk}/interactions", contact)[0] == 201
    assert machine.call("GET", f"/{zhang.pk}/interactions")[1][0]["summary"] == "called"
    shown = machine.call("POST", f"/{zhang.pk}/reveal", {"reason": "call back"})[1]
    assert "+8613812346021" in [point["value"] for point in shown]


@pytest.mark.parametrize(
    ("verb", "path", "body", "field"),
    [
        ("POST", "", {"name": "x", "phone": "12"}, "phone"),
        ("POST", "", {"name": "x", "language": "xx"}, "language"),
        ("POST", "/{pk}/holdings", {"product": "nothing"}, "product"),
        ("POST", "/{pk}/interactions", {"direction": "in", "channel": "nothing"}, "channel"),
        ("POST", "/{pk}/interactions", {"direction": "in", "channel": "phone", "at": "0001-01-01T00:00:00Z"}, "at"),
        ("POST", "/{pk}/interactions", {"direction": "in", "channel": "phone", "at": "2025-01-01T00:00:00"}, "body.at"),
        ("POST", "/{pk}/reveal", {"reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_is_named(
    machine: Machine, zhang: Customer, verb: str, path: str, body: dict[str, Any], field: str
) -> None:
    status, problem = machine.call(verb, path.format(pk=zhang.pk), body)
    assert (status, problem["errors"][0]["field"]) == (422, field)


def test_a_token_for_reading_cannot_write(alice: User, zhang: Customer) -> None:
    reader = Machine(alice, ["customers:read"])
    assert reader.call("GET", f"/{zhang.pk}")[0] == 200
    assert reader.call("PATCH", f"/{zhang.pk}", {"note": "x"})[0] == 403


def test_a_unit_handler_gets_nothing(wang: User, zhang: Customer) -> None:
    machine = Machine(wang, BOTH)
    assert machine.call("GET", "")[0] == 403
    assert machine.call("GET", f"/{zhang.pk}")[0] == 403
    assert machine.call("POST", "", {"name": "x"})[0] == 403


def test_an_unknown_customer_is_not_found(machine: Machine) -> None:
    assert machine.call("GET", "/999999999999999999999")[0] == 404
