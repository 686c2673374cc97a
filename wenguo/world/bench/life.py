"""One complaint's whole life as six calls of the API, and the clients that make them."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

from django.utils import timezone

from wenguo.lib.now import now

VERBS = ("submit", "accept", "assign", "resolve", "reply", "close")
WORDS = "上周提车后空调一直有异响，到店修了两次都没有修好，晚上开车听得很清楚，要求彻底解决并说明原因。"
REPLY = "您反映的空调异响我们已经查清：交车检验单缺少空调路试项。检验单已补上，书面说明随信寄出，给您添麻烦了。"
Send = Callable[[str, str, Mapping[str, Any]], Any]  # whose token, address, body → the answer


def live(number: int, send: Send) -> Iterator[tuple[str, str]]:
    """Takes the next step each time it is asked for one: (verb, reference)."""
    whom = {"name": "张伟", "phone": f"139{number % 10**8:08d}", "email": f"bench-{number}@mail.example"}
    given = {"words": WORDS, "title": "空调异响，两次没修好", "channel": "phone", "customer": whom}
    made = send("alice", "", given | {"product": "haichuan-e3"})
    reference = made["reference"]
    yield "submit", reference
    weighed = {"issue": "aircon-noise", "severity": 2, "safety": 1, "complexity": 2, "impact": 1}
    send("alice", f"/{reference}/accept", {"assessment": weighed})
    yield "accept", reference
    send("alice", f"/{reference}/assign", {"lead_unit": "AFTERSALES", "owner": "wang"})
    yield "assign", reference
    answered = send("wang", f"/{reference}/resolve", _resolution())
    yield "resolve", reference
    send("carol", f"/{reference}/replies/{answered['reply']}/approve", {"send": True})
    yield "reply", reference
    send("carol", f"/{reference}/finish", {"score": 5})
    yield "close", reference


def _resolution() -> dict[str, Any]:
    promised = (timezone.localdate(now()) + timedelta(days=3)).isoformat()
    return {
        "allegation": "空调异响两次未修好",
        "reasoning": "与维修工单和路试记录一致",
        "cause": "process-delivery",
        "statement": "交车检验单缺少空调路试项",
        "remedy": {"title": "书面说明原因", "remedy": "information-written", "promised_on": promised},
        "reply": REPLY,
        "take_on": True,
        "to_review": True,
    }


@dataclass
class Client:
    """One caller with one connection that stays open, and what it measured."""

    port: int
    tokens: Mapping[str, str]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {verb: [] for verb in VERBS})
    references: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def run(self, number: int) -> None:
        """One life; the time of each verb is kept."""
        reference, begun = "", time.perf_counter()
        for verb, reference in live(number, self._send):  # noqa: B007 - the last one is kept
            self.seconds[verb].append(time.perf_counter() - begun)
            begun = time.perf_counter()
        self.references.append(reference)

    def _send(self, whose: str, address: str, body: Mapping[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[whose]}", "Content-Type": "application/json"}
        self._connection.request("POST", f"/api/v1/complaints{address}", json.dumps(body), headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{address or '/'} answered {answer.status}: {said.decode()[:500]}")
        return json.loads(said)
