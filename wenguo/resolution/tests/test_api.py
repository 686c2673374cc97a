"""Stages 7 to 11 by machines alone: every step answers where the complaint stands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast.resolution import REPLY, in_days
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.process.choices import Stage

Call = Callable[..., Any]


@pytest.fixture
def call(client: Client) -> Call:
    """POST (or GET without a body) as somebody; answers status and JSON."""

    def called(who: User, complaint: Complaint, verb: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        client.force_login(who)
        address = f"/api/v1/complaints/{complaint.reference}/{verb}"
        answer = client.get(address) if body is None else client.post(address, body, content_type="application/json")
        return answer.status_code, answer.json()

    return called


def test_from_dispatch_to_the_remedy_performed(
    call: Call, weighed: Complaint, alice: User, wang: User, carol: User
) -> None:
    def ok(who: User, verb: str, body: dict[str, Any] | None = None) -> Any:
        status, answer = call(who, weighed, verb, body)
        assert status == 200, (verb, answer)
        return answer

    assert ok(alice, "route")["lead_unit"] is None
    ok(alice, "assign", {"lead_unit": "AFTERSALES", "owner": "wang", "assisting": [{"unit": "PARTS", "part": "批次"}]})
    assert ok(wang, "take_on", {})["stage"] == Stage.CAUSE
    ok(wang, "allegations", {"text": "没查出异响"})
    ok(wang, "allegations/1/finding", {"finding": "substantiated", "reasoning": "录音"})
    ok(wang, "causes", {"node": "process-delivery", "whys": ["没有路试", "检验单没有这一项"], "allegation": 1})
    ok(wang, "evidence", {"description": "三份工单"})
    assert ok(wang, "finish_cause", {})["stage"] == Stage.RESOLVE
    option = {"remedy": "replacement-part", "promised_on": in_days(5).isoformat()}
    chosen = ok(wang, "proposals", {**option, "title": "更换总成"})
    ok(wang, "proposals", {**option, "title": "维修并补偿", "payment": "goodwill", "amount": "300.00"})
    assert ok(wang, "decide", {"proposal": chosen["id"]})["stage"] == Stage.FEED_BACK
    reply = ok(wang, "replies", {"body": REPLY})
    ok(wang, f"replies/{reply['id']}/submit", {})
    ok(carol, f"replies/{reply['id']}/approve", {})
    ok(wang, "send_reply", {"reply": reply["id"]})
    ok(alice, "accept_reply", {"through": "phone"})
    ok(wang, "handle", {})
    remedy = ok(wang, "resolution")["remedies"][0]
    ok(wang, "perform", {"remedy": remedy["id"], "done_on": in_days(0).isoformat(), "proof": "工单"})
    assert ok(wang, "dispatch")["assignments"][0]["owner"] == "wang"
    assert ok(wang, "investigation")["is_upheld"] is True


def test_known_cause_and_remedy_in_one_call(call: Call, taken_on: Complaint, wang: User) -> None:
    body = {
        "allegation": "没查出异响",
        "reasoning": "同批次",
        "cause": "process-delivery",
        "statement": "检验单没有路试项",
        "remedy": {"title": "更换", "remedy": "replacement-part", "promised_on": in_days(3).isoformat()},
    }

    status, answer = call(wang, taken_on, "resolve", body)

    assert (status, answer["stage"]) == (200, Stage.FEED_BACK)


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("causes", {"node": "nothing", "whys": ["一", "二"]}, "node"),
        ("causes", {"node": "process-delivery", "whys": ["一", "技师粗心"]}, "whys"),
        ("proposals", {"title": "x", "remedy": "nothing", "promised_on": "2030-01-01"}, "remedy"),
        ("proposals", {"title": "x", "remedy": "refund", "promised_on": "2001-01-01"}, "promised_on"),
    ],
)
def test_a_refusal_names_the_field(
    call: Call, taken_on: Complaint, wang: User, verb: str, body: dict[str, Any], field: str
) -> None:
    status, answer = call(wang, taken_on, verb, body)

    assert (status, answer["errors"][0]["field"]) == (422, field)
    assert not taken_on.causes.exists()
    assert not taken_on.proposals.exists()


def test_a_stale_version_is_a_conflict(call: Call, dispatched: Complaint, wang: User) -> None:
    status, answer = call(wang, dispatched, "take_on", {"version": dispatched.version - 1})

    assert status == 409
    assert answer["changes"]


def test_strangers_find_nothing(call: Call, reply_sent: Complaint, mallory: User) -> None:
    for verb in ("dispatch", "investigation", "resolution"):
        assert call(mallory, reply_sent, verb)[0] == 404
    assert call(mallory, reply_sent, "accept_reply", {})[0] == 404
