"""Complaints for machines: the same checks, the same answers, once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wenguo.accounts.actions import make_token
from wenguo.accounts.models import User
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.tests.conftest import Take
from wenguo.process.models import Standard

Api = Callable[..., Any]
WORDS = "变速箱换挡时异响，要求更换。"
SCORES = {"severity": 2, "safety": 1, "complexity": 2, "impact": 1}


@pytest.fixture
def api(client: Client, alice: User, active_pack: Standard) -> Api:
    """`api("POST", "/complaints", {...})` as alice, with her token."""
    _token, secret = make_token(alice, name="test", scopes=["complaints:read", "complaints:write"], by=alice)

    def ask(method: str, path: str, body: Any = None, key: str = "", **headers: str) -> Any:
        if key:
            headers["Idempotency-Key"] = key
        return client.generic(
            method,
            f"/api/v1{path}",
            b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en", **headers},
        )

    return ask


def test_create_read_and_the_whole_way_to_assigning(api: Api) -> None:
    customer = {"name": "李雷", "phone": "13900001111"}
    created = api("POST", "/complaints", {"words": WORDS, "channel": "phone", "customer": customer})
    assert created.status_code == 201
    made = created.json()
    assert made["tracking_url"].startswith("http://testserver/track/")
    assert [step["step"] for step in made["next"]][:2] == ["accept", "decline"]
    path = f"/complaints/{made['reference']}"
    assert api("POST", f"{path}/accept", {"version": 1}).json()["stage"] == "validity"
    assert api("POST", f"{path}/judge_valid", {}).json()["stage"] == "classify"
    assert api("POST", f"{path}/classify", {"issue": "gearbox-noise"}).json()["stage"] == "importance"
    weighed = api("POST", f"{path}/set_importance", SCORES)
    assert weighed.json() == {"reference": made["reference"], "stage": "assign", "status": "open", "version": 5}
    read = api("GET", path).json()
    assert (read["issue"], read["importance"], read["words"]) == ("gearbox-noise", "ordinary", WORDS)
    assert read["outputs"]["review"]["passed_by_rule"]


def test_first_contact_in_one_request(api: Api, submitted: Complaint) -> None:
    body = {"assessment": {"issue": "gearbox-noise", **SCORES}, "version": submitted.version}
    answer = api("POST", f"/complaints/{submitted.reference}/accept", body)
    assert answer.json()["stage"] == "assign"


def test_a_repeated_request_makes_no_second_complaint(api: Api) -> None:
    body = {"words": WORDS, "channel": "phone"}
    first, second = api("POST", "/complaints", body, key="a1"), api("POST", "/complaints", body, key="a1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second["Idempotent-Replayed"] == "true"
    assert Complaint.objects.count() == 1


def test_a_key_is_for_one_request(api: Api) -> None:
    api("POST", "/complaints", {"words": WORDS, "channel": "phone"}, key="a1")
    other = api("POST", "/complaints", {"words": "别的", "channel": "phone"}, key="a1")
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"
    assert Complaint.objects.count() == 1


def test_a_refused_request_may_use_its_key_again(api: Api) -> None:
    assert api("POST", "/complaints", {"words": " ", "channel": "phone"}, key="a1").status_code == 422
    assert api("POST", "/complaints", {"words": WORDS, "channel": "phone"}, key="a1").status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 100_001}, "words"),
        ({"words": WORDS, "channel": "pigeon"}, "channel"),
        ({"words": WORDS, "language": "xx" * 40}, "language"),
        ({"words": WORDS, "proxy_relation": "x" * 101}, "proxy_relation"),
        ({"words": WORDS, "remedy_sought": "x" * 100_001}, "remedy_sought"),
        ({"words": WORDS, "received_at": "2999-01-01T00:00:00Z"}, "received_at"),
        ({"words": WORDS, "occurred_on": "0999-01-01"}, "occurred_on"),
        ({"words": WORDS, "received_at": "yesterday"}, "body.received_at"),
        ({"words": WORDS, "received_at": "2026-01-01T08:00:00"}, "body.received_at"),
        ({}, "body.words"),
    ],
)
def test_bad_input_names_the_field_and_changes_nothing(api: Api, body: dict[str, Any], field: str) -> None:
    answer = api("POST", "/complaints", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in (field, f"{field}")
    assert not Complaint.objects.exists()


def test_a_null_byte_is_no_text(api: Api) -> None:
    answer = api("POST", "/complaints", {"words": "a\0b"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not Complaint.objects.exists()


def test_a_stale_version_says_what_changed(api: Api, accepted: Complaint) -> None:
    answer = api("POST", f"/complaints/{accepted.reference}/judge_valid", {"version": 1})
    assert answer.status_code == 409
    assert "Accept" in answer.json()["changes"][0]


def test_an_unknown_level_is_refused(api: Api, classified: Complaint) -> None:
    body = {**SCORES, "override": "gigantic", "justification": "why not"}
    answer = api("POST", f"/complaints/{classified.reference}/set_importance", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "override")


def test_a_forbidden_step_says_why(api: Api, major: Complaint) -> None:
    body = {"decision": "x", "minutes": "y", "present": ["rex", "dora"]}
    answer = api("POST", f"/complaints/{major.reference}/record_review", body)
    assert answer.status_code == 403
    assert "review" in answer.json()["detail"]


def test_list_pages_and_search(api: Api, take: Take) -> None:
    made = [take().reference for _n in range(3)]
    first = api("GET", "/complaints?size=2&text=变速箱").json()
    second = api("GET", f"/complaints?size=2&text=变速箱&cursor={first['next']}").json()
    assert [row["reference"] for row in first["rows"] + second["rows"]] == made[::-1]
    assert (first["count"], second["next"]) == (3, None)
    assert api("GET", "/complaints?cursor=xyz").status_code == 422
    assert api("GET", "/complaints?sort=xyz").status_code == 422


def test_sides(api: Api, submitted: Complaint, take: Take) -> None:
    path = f"/complaints/{submitted.reference}"
    assert api("POST", f"{path}/notes", {"text": "已联系"}).status_code == 201
    assert api("POST", f"{path}/calls", {"summary": "说明进展", "minutes": 3}).status_code == 201
    for never in (-1, 601, 3172281998084790784):
        refused = api("POST", f"{path}/calls", {"summary": "说明进展", "minutes": never})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "minutes")
    assert api("POST", f"{path}/words", {"words": "又响了"}).status_code == 201
    assert api("POST", f"{path}/chase", {}).status_code == 200
    task = api("POST", f"{path}/tasks", {"title": "核对保修", "assignee": "bob"}).json()
    assert api("POST", f"{path}/tasks/{task['id']}/reassign", {"assignee": "alice"}).json()["assignee"] == "alice"
    assert api("POST", f"{path}/tasks/{task['id']}/done", {}).json()["done_at"]
    assert api("POST", f"{path}/clocks/stop", {"reason": "part", "note": "等配件"}).status_code == 200
    assert {clock["state"] for clock in api("GET", f"{path}/clocks").json()} == {"paused"}
    assert api("POST", f"{path}/clocks/resume", {}).status_code == 200
    link = api("POST", f"{path}/links", {"other": take().reference, "kind": "repeat"})
    assert api("DELETE", f"{path}/links/{link.json()}").status_code == 204
    assert api("POST", f"{path}/links", {"other": take().reference, "kind": "cousin"}).status_code == 422
    kinds = {entry["kind"] for entry in api("GET", f"{path}/timeline").json()}
    assert {"words", "note", "call", "task", "clock", "notice"} <= kinds


def test_the_ends(api: Api, submitted: Complaint, take: Take) -> None:
    path = f"/complaints/{submitted.reference}"
    merged = take().reference
    assert api("POST", f"/complaints/{merged}/merge", {"target": submitted.reference}).json()["status"] == "merged"
    assert api("POST", f"{path}/withdraw", {"words": "不投诉了"}).json()["status"] == "withdrawn"
    assert api("POST", f"{path}/reopen", {"reason": "又坏了"}).status_code == 403
    assert api("POST", f"{path}/close", {}).status_code == 422


def test_files_go_up_and_come_down(client: Client, api: Api, submitted: Complaint, alice: User) -> None:
    client.force_login(alice)
    from_browser = client.post(f"/api/v1/complaints/{submitted.reference}/files", {"visibility": "public"})
    assert from_browser.status_code == 422
    _token, secret = make_token(alice, name="files", scopes=["complaints:read", "complaints:write"], by=alice)
    bearer = {"Authorization": f"Bearer {secret}"}
    path = f"/api/v1/complaints/{submitted.reference}/files"
    upload = {"file": _text_file("行车记录.txt", "3 月 1 日"), "visibility": "public"}
    answer = client.post(path, upload, headers=bearer)
    assert answer.status_code == 201
    down = client.get(f"{path}/{answer.json()['id']}", headers=bearer)
    assert b"".join(down).decode() == "3 月 1 日"
    assert Entry.objects.filter(kind=EntryKind.FILE).count() == 1


def _text_file(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_a_token_without_the_scope_is_refused(client: Client, alice: User, submitted: Complaint) -> None:
    _token, secret = make_token(alice, name="reader", scopes=["complaints:read"], by=alice)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"/api/v1/complaints/{submitted.reference}", headers=bearer).status_code == 200
    answer = client.post(
        f"/api/v1/complaints/{submitted.reference}/accept", {}, content_type="application/json", headers=bearer
    )
    assert answer.status_code == 403


def test_elsewhere_nothing_is_found(client: Client, mallory: User, submitted: Complaint) -> None:
    client.force_login(mallory)
    assert client.get(f"/api/v1/complaints/{submitted.reference}").status_code == 404
    assert client.get("/api/v1/complaints").json()["rows"] == []


def test_importance_is_changed_with_a_reason(weighed: Complaint, api: Api) -> None:
    path, body = f"/complaints/{weighed.reference}/reweigh", {**SCORES, "severity": 5}

    assert api("POST", path, body).status_code == 422
    answer = api("POST", path, {**body, "reason": "同批次另有三起"})

    assert (answer.status_code, answer.json()["stage"]) == (200, "review")
