"""Pages of stage 8."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import add_allegation
from wenguo.investigation.choices import Finding
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode


def address(name: str, complaint: Complaint, **more: object) -> str:
    return reverse(f"investigation:{name}", kwargs={"reference": complaint.reference, **more})


def test_an_investigation_from_the_first_allegation_to_the_end(
    client: Client, taken_on: Complaint, check_missing: TaxonomyNode, wang: User
) -> None:
    client.force_login(wang)
    assert client.post(address("allegation_new", taken_on), {"text": "没查出异响"}).status_code == 302
    one = taken_on.allegations.get()
    decided = {"finding": "substantiated", "reasoning": "录音"}
    assert client.post(address("finding", taken_on, pk=one.pk), decided).status_code == 302
    cause = {
        "kind": "root",
        "why_1": "没有路试",
        "why_2": "检验单没有这一项",
        "node": check_missing.pk,
        "is_controllable": "on",
        "allegation": one.pk,
    }
    assert client.post(address("cause_new", taken_on), cause).status_code == 302
    file = SimpleUploadedFile("工单.txt", "未见异常".encode())
    assert client.post(address("evidence_new", taken_on), {"description": "工单", "file": file}).status_code == 302
    assert client.post(address("containment_new", taken_on), {"is_needed": "no", "action": "单车"}).status_code == 302
    taken_on.refresh_from_db()

    assert client.post(address("finish_cause", taken_on), {"version": taken_on.version}).status_code == 302

    taken_on.refresh_from_db()
    assert taken_on.stage == Stage.RESOLVE


def test_human_error_comes_back_with_what_was_typed(
    client: Client, taken_on: Complaint, check_missing: TaxonomyNode, wang: User
) -> None:
    client.force_login(wang)
    cause = {"kind": "root", "why_1": "没查出", "why_2": "技师粗心", "node": check_missing.pk, "is_controllable": "on"}

    page = client.post(address("cause_new", taken_on), cause)

    assert page.status_code == 422
    assert "“人为失误”本身不是根本原因" in page.content.decode()
    assert "技师粗心" in page.content.decode()


def test_the_panel_in_a_fixed_number_of_statements(
    client: Client, investigated: Complaint, wang: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        add_allegation(investigated, by=wang, text=f"第 {number} 点")
    client.force_login(wang)

    with django_assert_max_num_queries(24):
        page = client.get(address("panel", investigated)).content.decode()

    assert "三次检修都没有发现异响 → 检修后没有路试 → 交车检验单上没有路试这一项" in page
    assert "请为每个投诉事项作出结论" in page


def test_fault_is_attributed_appealed_and_decided_from_the_pages(
    client: Client, cause_found: Complaint, workshop: Unit, dora: User, wang: User, mei: User
) -> None:
    client.force_login(dora)
    given = {"unit": workshop.pk, "verdict": "at_fault", "reasoning": "检验单由其维护"}
    assert client.post(address("fault_new", cause_found), given).status_code == 302
    one = cause_found.attributions.get()
    client.force_login(wang)
    assert "申诉" in client.get(address("panel", cause_found)).content.decode()
    assert client.post(address("appeal", cause_found, pk=one.pk), {"appeal": "由质量部发布"}).status_code == 302
    client.force_login(mei)
    decided = {"is_upheld": "yes", "reasoning": "属实"}
    assert client.post(address("appeal_decide", cause_found, pk=one.pk), decided).status_code == 302

    one.refresh_from_db()
    assert one.appeal_upheld is True


@pytest.mark.parametrize(
    "name", ["finish_cause", "allegation_new", "cause_new", "evidence_new", "containment_new", "fault_new", "panel"]
)
def test_strangers_find_nothing(client: Client, investigated: Complaint, mallory: User, name: str) -> None:
    client.force_login(mallory)

    assert client.get(address(name, investigated)).status_code == 404


def test_another_complaints_allegation_is_not_found(client: Client, investigated: Complaint, wang: User) -> None:
    client.force_login(wang)

    assert client.get(address("finding", investigated, pk=999_999)).status_code == 404
    assert investigated.allegations.get().finding == Finding.SUBSTANTIATED
