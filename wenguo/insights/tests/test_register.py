"""The complaint register: its fields are what the rows say, in batches, for whoever may see them."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from wenguo.accounts.models import User
from wenguo.audit.models import ReadEntry
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import ComplaintFilter
from wenguo.insights.choices.register import COLUMNS
from wenguo.insights.queries.registers import Eyes, entry_of, register, register_rows

pytestmark = pytest.mark.django_db
ALL = ComplaintFilter()


def taken(client: Client, query: str = "", kind: str = "csv") -> list[dict[str, str]]:
    answer = client.get(f"/desk/figures/register/complaints.{kind}?{query}")
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_a_closed_complaint_fills_the_form(closed: Complaint, mei: User, alice: User, carol: User) -> None:
    (row,) = register_rows(Eyes(mei), ALL)
    assert set(row) == set(COLUMNS)
    assert row["reference"] == closed.reference
    assert row["severity"] == closed.severity
    assert row["complainant"] == "张*"
    assert row["contact"].startswith("138****6021")
    tracked = [key for key in COLUMNS if key.endswith("_at") and key not in ("received_at", "entered_at", "due_at")]
    assert [key for key in tracked if row[key] is None] == []
    assert row["closed_by"] == carol.name
    assert row["verified_by"] == alice.name


def test_moments_of_tracking_follow_one_another(closed: Complaint, mei: User) -> None:
    (row,) = register_rows(Eyes(mei), ALL)
    order = [row[f"{one}_at"] for one in ("assessed", "investigated", "resolved", "informed", "verified", "closed")]
    assert order == sorted(order)


def test_personal_data_only_where_asked_for_and_allowed(closed: Complaint, mei: User, carol: User) -> None:
    assert next(register_rows(Eyes(carol, personal=True), ALL))["complainant"] == "张伟"
    assert next(register_rows(Eyes(carol), ALL))["complainant"] == "张*"
    assert next(register_rows(Eyes(mei, personal=True), ALL))["complainant"] == "张*"


def test_confidential_and_anonymous_say_so(closed: Complaint, mei: User) -> None:
    Complaint.objects.update(is_confidential=True)
    assert next(register_rows(Eyes(mei), ALL))["complainant"] in ("保密", "Confidential")
    Complaint.objects.update(is_confidential=False, is_anonymous=True)
    assert next(register_rows(Eyes(mei), ALL))["complainant"] in ("匿名", "Anonymous")


def test_batches_come_in_order_and_whole(
    classified: Complaint, another: Complaint, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "BATCH", 1)
    found = [row["reference"] for row in register_rows(Eyes(mei), ALL)]
    newest = Complaint.objects.order_by("-received_at", "-id").values_list("reference", flat=True)
    assert found == list(newest)


def test_a_batch_costs_a_fixed_number_of_statements(
    closed: Complaint, another: Complaint, mei: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(18):
        assert len(list(register_rows(Eyes(mei), ALL))) == 2


def test_the_file_holds_what_is_found_and_is_recorded(
    classified: Complaint, another: Complaint, mei: User, client: Client
) -> None:
    client.force_login(mei)
    assert len(taken(client)) == 2
    (only,) = taken(client, f"text={classified.reference}")
    assert classified.reference in only.values()
    assert list(ReadEntry.objects.order_by("id").values_list("subject", "count")) == [
        ("complaints", 2),
        ("complaints", 1),
    ]


def test_the_workbook_holds_the_same(closed: Complaint, mei: User, client: Client) -> None:
    client.force_login(mei)
    answer = client.get("/desk/figures/register/complaints.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    headings, row = book.get_sheet_by_index(0).to_python()
    assert len(headings) == len(COLUMNS)
    assert closed.reference in row


def test_personal_data_need_a_reason(closed: Complaint, carol: User, client: Client) -> None:
    client.force_login(carol)
    assert client.get("/desk/figures/register/complaints.csv?personal=1").status_code == 422
    (row,) = taken(client, "personal=1&reason=审计")
    assert "张伟" in row.values()
    assert ReadEntry.objects.get().reason == "审计"


def test_nobody_takes_away_what_they_do_not_see(closed: Complaint, mei: User, rex: User, client: Client) -> None:
    client.force_login(rex)
    assert client.get("/desk/figures/register/complaints.csv").status_code == 403
    Complaint.objects.update(respondent_user=mei)
    client.force_login(mei)
    assert taken(client) == []


def test_one_entry_is_shown_as_a_form(closed: Complaint, mei: User, mallory: User, client: Client) -> None:
    client.force_login(mei)
    page = client.get(f"/desk/figures/register/{closed.reference}/")
    assert page.status_code == 200
    assert "张伟" not in page.content.decode()
    assert len(entry_of(closed, Eyes(mei))) == 7
    client.force_login(mallory)
    assert client.get(f"/desk/figures/register/{closed.reference}/").status_code == 403


def test_a_mistake_in_the_words_says_so(closed: Complaint, mei: User, client: Client) -> None:
    client.force_login(mei)
    assert client.get("/desk/figures/register/?text=(").status_code in (200, 422)
    assert closed.reference in client.get("/desk/figures/register/").content.decode()
