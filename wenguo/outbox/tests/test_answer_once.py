"""The same question with the same key is answered once."""

from datetime import UTC, datetime

import pytest

from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.actions import Answer, answer_once, forget_answers
from wenguo.outbox.models import IdempotencyKey

pytestmark = pytest.mark.django_db


def test_the_second_time_nothing_is_done() -> None:
    done: list[int] = []

    def work() -> dict[str, object]:
        done.append(1)
        return {"at": datetime(2026, 3, 1, tzinfo=UTC), "n": len(done)}

    first = answer_once("u1 /x", "k", b"body", work, status=201)
    second = answer_once("u1 /x", "k", b"body", work, status=201)
    assert first == Answer(201, {"at": "2026-03-01T00:00:00Z", "n": 1})
    assert (second.body, second.status, second.is_repeated) == (first.body, 201, True)
    assert done == [1]


def test_another_question_is_refused() -> None:
    answer_once("u1 /x", "k", "one", dict)
    with pytest.raises(Refused) as no:
        answer_once("u1 /x", "k", "two", dict)
    assert no.value.field == "Idempotency-Key"


def test_keys_of_two_callers_are_apart() -> None:
    assert answer_once("u1 /x", "k", "one", lambda: 1).body == 1
    assert answer_once("u2 /x", "k", "two", lambda: 2).body == 2


def test_a_refusal_leaves_the_key_free() -> None:
    def no() -> None:
        raise NotAllowed("no")

    with pytest.raises(NotAllowed):
        answer_once("u1 /x", "k", "one", no)
    assert answer_once("u1 /x", "k", "two", lambda: 2).body == 2


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a\0b"])
def test_a_key_has_a_length(key: str) -> None:
    with pytest.raises(Refused):
        answer_once("u1 /x", key, "one", dict)


def test_old_keys_are_forgotten() -> None:
    answer_once("u1 /x", "k", "one", dict)
    assert forget_answers() == 0
    IdempotencyKey.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert forget_answers() == 1
