"""A whole life in six calls, each in a bounded number of statements (docs/performance.md, the write path)."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenguo.accounts.actions import make_token
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.audit.queries import proven
from wenguo.complaints.choices import EndedAs, Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.process.models import Standard
from wenguo.world.bench.life import VERBS, live

# All count what a test's own transaction adds (savepoint and release). PostgreSQL takes what a step writes in one
# journey or two; lower them when you can, say why when you cannot
MOST = {
    "sqlite": {"submit": 29, "accept": 20, "assign": 20, "resolve": 41, "reply": 21, "close": 24},
    "postgresql": {"submit": 24, "accept": 13, "assign": 16, "resolve": 30, "reply": 13, "close": 15},
}
PASSED = {"collect", "accept", "validity", "classify", "importance", "review", "assign", "cause", "resolve"}


@pytest.fixture
def secrets(cast: object, active_pack: Standard) -> dict[str, str]:
    people = User.objects.in_bulk(["alice", "wang", "carol"], field_name="username")
    scopes = [Scope.COMPLAINTS_WRITE.value]
    return {name: make_token(one, name="line", scopes=scopes, by=one)[1] for name, one in people.items()}


def test_six_calls_from_the_words_to_the_satisfied_close(client: Client, secrets: dict[str, str]) -> None:
    def send(whose: str, address: str, body: Mapping[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {secrets[whose]}"}
        path = f"/api/v1/complaints{address}"
        answer = client.post(path, data=body, content_type="application/json", headers=headers)
        assert answer.status_code < 300, answer.content.decode()
        return answer.json()

    for _step in live(1, send):
        pass  # the first call of a process reads the settings
    counts, life, reference = {}, live(2, send), ""
    for verb in VERBS:
        with CaptureQueriesContext(connection) as statements:
            _verb, reference = next(life)
        counts[verb] = len(statements)

    most = MOST[connection.vendor]
    assert {verb: count for verb, count in counts.items() if count > most[verb]} == {}
    closed = Complaint.objects.get(reference=reference)
    assert (closed.status, closed.ended_as) == (Status.CLOSED, EndedAs.SATISFIED)
    left = set(StageOutput.objects.filter(complaint=closed).values_list("stage", flat=True))
    assert left == PASSED | {"feed_back", "follow_up", "call_back"}
    assert proven().broken == []
