"""Uploads of every bad kind: refused by name, and the words stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.journeys.hands import counted
from wenguo.complaints.models import Complaint

pytestmark = pytest.mark.django_db

Typed = Callable[..., dict[str, object]]


def uploads() -> dict[str, tuple[str, bytes]]:
    return {
        "program as picture": ("foto.jpg", b"MZ" + b"\x00" * 400),
        "page as picture": ("foto.png", b"<html><script>alert(1)</script></html>"),
        "picture as pdf": ("letter.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        "svg": ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        "empty": ("foto.jpg", b""),
        "too large": ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * (20 * 1024 * 1024 + 1)),
        "script": ("run.sh", b"#!/bin/sh\nrm -rf /\n"),
    }


@pytest.mark.parametrize("kind", uploads())
def test_a_bad_file_is_refused_by_name_and_the_words_stay(client: Client, typed: Typed, kind: str) -> None:
    before = counted()
    name, content = uploads()[kind]
    answer = client.post("/complain/", typed(attachments=SimpleUploadedFile(name, content), words="变速箱异响<i>"))
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert "变速箱异响&lt;i&gt;" in answer.content.decode()
    assert counted() == before


@pytest.mark.parametrize("kind", uploads())
def test_a_bad_file_at_the_desk_is_refused_and_the_words_stay(desk: Callable[..., Any], kind: str) -> None:
    before = counted()
    name, content = uploads()[kind]
    answer = desk(attachments=SimpleUploadedFile(name, content), words="变速箱异响<i>")
    assert answer.status_code == 422
    assert "变速箱异响&lt;i&gt;" in answer.content.decode()
    assert counted() == before


def test_a_file_with_a_path_for_a_name_is_kept_under_a_plain_name(client: Client, typed: Typed) -> None:
    file = SimpleUploadedFile("x.txt", "三次检修记录".encode())
    file.name = "../../etc/‮passwd<b>.txt"
    assert client.post("/complain/", typed(attachments=file)).status_code == 302
    name = Complaint.objects.get().attachments.get().name
    assert "/" not in name
    assert ".." not in name
