"""The same life by machines alone: created, handled at first contact, closed and satisfied."""

import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.cast.complaints import WORDS
from tests.cast.resolution import REPLY
from tests.journeys.hands import Machine
from wenguo.accounts.actions import Cast
from wenguo.complaints.models import Complaint
from wenguo.lib.now import now
from wenguo.process.choices import Stage
from wenguo.process.models import Standard
from wenguo.supervision.rules import CHECKLIST

pytestmark = pytest.mark.django_db

CUSTOMER = {"name": "张伟", "phone": "138 1234 6021", "email": "zhang.wei@example.com"}
CREATION = {"words": WORDS, "customer": CUSTOMER, "remedy_sought": "更换变速箱总成", "is_recurrent": True}
ASSESSMENT = {"issue": "gearbox-noise", "severity": 2, "safety": 1, "complexity": 2, "impact": 1}


def as_(machine: Callable[..., Machine], cast: Cast, *names: str) -> tuple[Machine, ...]:
    return tuple(machine(cast.people[name]) for name in names)


def day(days: int) -> str:
    return (timezone.localdate(now()) + timedelta(days=days)).isoformat()


def test_from_the_customers_words_to_a_satisfied_close(
    machine: Callable[..., Machine], cast: Cast, active_pack: Standard
) -> None:
    alice, carol, wang, quinn = as_(machine, cast, "alice", "carol", "wang", "quinn")
    made = alice.ask("POST", "/complaints", CREATION, **{"Idempotency-Key": "call-4711"})
    again = alice.ask("POST", "/complaints", CREATION, **{"Idempotency-Key": "call-4711"})
    assert (made.status_code, again.status_code, again.content) == (201, 201, made.content)
    assert Complaint.objects.count() == 1
    path = f"/complaints/{made.json()['reference']}"

    assert alice.post(f"{path}/accept", {"assessment": ASSESSMENT})["stage"] == "assign"
    carol.post(f"{path}/assign", {"lead_unit": "AFTERSALES", "owner": "wang"})
    wang.post(f"{path}/take_on")
    known = {
        "allegation": "三次检修没有查出变速箱异响",
        "reasoning": "维修工单与路试录音一致",
        "cause": "process-delivery",
        "statement": "交车检验单没有路试这一项",
        "remedy": {"title": "免费更换变速箱总成", "remedy": "replacement-part", "promised_on": day(5)},
        "reply": REPLY,
    }
    assert wang.post(f"{path}/resolve", known)["stage"] == "feed_back"
    answered(wang, carol, path)
    remedy = wang.read(f"{path}/resolution")["remedies"][0]
    wang.post(f"{path}/perform", {"remedy": remedy["id"], "done_on": day(0), "proof": "更换工单已由车主签字"})
    alice.post(f"{path}/call_back", {"handling": 5, "result": 5, "is_solved": True, "comment": "修好了，谢谢。"})
    assert carol.post(f"{path}/close")["status"] == "closed"
    quinn.post(f"{path}/mark", {"mark_class": "proposal", "sentence": "交车检验单加上路试一项", "who": "wang"})
    findings = {key: "conforms" for key, _zh, _en in CHECKLIST}
    quinn.post(f"{path}/inspect", {"answers": findings, "verdict": "处理规范"})

    read = alice.read(path)
    assert (read["status"], read["satisfaction"], read["reply_accepted"]) == ("closed", 5, True)
    assert set(read["outputs"]) == {stage.value for stage in Stage}
    out = io.StringIO()
    call_command("audit", "verify", "--json", stdout=out)
    assert json.loads(out.getvalue())["broken"] == []


def answered(owner: Machine, reviewer: Machine, path: str) -> None:
    """The reply reviewed, sent, accepted on the phone; the complaint handled."""
    reply = owner.read(f"{path}/resolution")["replies"][0]
    if reply["state"] == "draft":
        owner.post(f"{path}/replies/{reply['id']}/submit")
    reviewer.post(f"{path}/replies/{reply['id']}/approve")
    owner.post(f"{path}/send_reply", {"reply": reply["id"]})
    owner.post(f"{path}/accept_reply", {"through": "phone", "reason": "可以，谢谢"})
    owner.post(f"{path}/handle")


def test_the_description_names_every_step(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.")
    steps = (
        *("accept", "judge_valid", "classify", "set_importance", "record_review", "assign", "take_on", "finish_cause"),
        *("decide", "send_reply", "handle", "perform", "call_back", "close", "mark", "inspect"),
    )
    assert [step for step in steps if f"/api/v1/complaints/{{reference}}/{step}" not in described["paths"]] == []


def test_without_a_token_nothing_is_told(client: Client, active_pack: Standard) -> None:
    answer = client.get("/api/v1/complaints")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
