"""Errors of the API: problem+json, in the caller's language."""

import json
from typing import Any

import pytest
from django.test import Client

from config.problems import sentence_for
from wenguo.accounts.models import User

pytestmark = pytest.mark.django_db


def posted(client: Client, body: bytes, language: str) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/complaints", body, content_type="application/json", headers={"Accept-Language": language}
    )
    assert answer["Content-Type"] == "application/problem+json"
    return {"http": answer.status_code, **json.loads(answer.content)}


def test_a_stranger_is_told_to_sign_in(client: Client) -> None:
    answer = posted(client, b"{}", "zh-hans")
    assert (answer["http"], answer["status"], answer["title"]) == (401, 401, "请先登录")


def test_broken_json_is_said_in_the_language_of_the_caller(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = posted(client, b'{"a": \xff}', "zh-hans")
    assert (answer["http"], answer["detail"]) == (400, "请发送 UTF-8 编码的有效 JSON。")


def test_every_wrong_field_is_named(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = posted(client, b"{}", "zh-hans")
    assert answer["http"] == 422
    assert {"message": "缺少此字段。", "code": "missing"}.items() <= answer["errors"][0].items()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ({"type": "string_too_long", "ctx": {"max_length": 20}, "msg": ""}, "最多填写 20 个字符。"),
        ({"type": "int_parsing", "msg": ""}, "请填整数。"),
        ({"type": "datetime_from_date_parsing", "msg": ""}, "请填日期和时间，例如 2026-11-21T08:30:00+08:00。"),
        ({"type": "enum", "ctx": {"expected": "'a' or 'b'"}, "msg": ""}, "请从以下各项中选择：'a' or 'b'。"),
        ({"type": "value_error", "msg": "Value error, 日期在将来。"}, "日期在将来。"),
    ],
)
def test_checks_have_sentences(error: dict[str, Any], sentence: str) -> None:
    assert sentence_for(error) == sentence
