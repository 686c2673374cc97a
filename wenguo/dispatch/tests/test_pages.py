"""Pages of stage 7: the right words for the right person, nothing for strangers, a fixed number of statements."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import Part, RuleTerms, assign_complaint, create_rule
from wenguo.dispatch.models import RoutingRule
from wenguo.dispatch.queries import exported_rules
from wenguo.process.choices import Stage


def address(name: str, complaint: Complaint, **more: object) -> str:
    return reverse(f"dispatch:{name}", kwargs={"reference": complaint.reference, **more})


@pytest.fixture
def drivetrain(workshop: Unit, wang: User, ada: User, active_pack: object) -> RoutingRule:
    terms = RuleTerms(name_zh="默认", name_en="Default", lead_unit=workshop, owner=wang)
    return create_rule(terms, by=ada)


def test_the_form_is_filled_with_the_suggestion(
    client: Client, weighed: Complaint, drivetrain: RoutingRule, workshop: Unit, alice: User
) -> None:
    client.force_login(alice)

    page = client.get(address("assign", weighed))

    assert page.status_code == 200
    assert "规则“默认”" in page.content.decode()
    assert page.context["form"]["lead_unit"].value() == workshop.pk


def test_assigned_from_the_page(client: Client, weighed: Complaint, workshop: Unit, wang: User, alice: User) -> None:
    client.force_login(alice)
    given = {"lead_unit": workshop.pk, "owner": wang.pk, "version": weighed.version}

    answer = client.post(address("assign", weighed), given)

    assert (answer.status_code, answer["Location"]) == (302, f"/desk/complaints/{weighed.reference}/")
    weighed.refresh_from_db()
    assert weighed.owner == wang


def test_an_assisting_unit_without_a_part_keeps_what_was_typed(
    client: Client, weighed: Complaint, workshop: Unit, parts: Unit, alice: User
) -> None:
    client.force_login(alice)
    given = {"lead_unit": workshop.pk, "assisting": parts.pk, "note": "请看录音", "version": weighed.version}

    page = client.post(address("assign", weighed), given)

    assert page.status_code == 422
    assert "请看录音" in page.content.decode()
    assert not weighed.assignments.exists()


def test_a_stale_form_says_so(client: Client, dispatched: Complaint, wang: User) -> None:
    client.force_login(wang)

    page = client.post(address("take_on", dispatched), {"version": dispatched.version - 1})

    assert page.status_code == 409
    dispatched.refresh_from_db()
    assert dispatched.stage == Stage.ASSIGN


def test_taken_on_returned_and_arbitrated_from_the_pages(
    client: Client, dispatched: Complaint, parts: Unit, wang: User, dora: User
) -> None:
    client.force_login(wang)
    assert client.post(address("return_dispatch", dispatched), {"reason": "属配件部"}).status_code == 302
    client.force_login(dora)
    given = {"is_upheld": "yes", "lead_unit": parts.pk, "reason": "同意"}
    assert client.post(address("arbitrate", dispatched), given).status_code == 302

    dispatched.refresh_from_db()
    assert dispatched.lead_unit == parts


def test_a_step_that_is_not_possible_says_why_instead_of_a_form(
    client: Client, dispatched: Complaint, alice: User
) -> None:
    client.force_login(alice)

    assert client.get(address("take_on", dispatched)).status_code == 403
    assert client.get(address("arbitrate", dispatched)).status_code == 403


@pytest.mark.parametrize(
    "name", ["assign", "take_on", "return_dispatch", "arbitrate", "hand_over", "ask_unit", "panel"]
)
def test_strangers_find_nothing(client: Client, dispatched: Complaint, mallory: User, name: str) -> None:
    client.force_login(mallory)

    assert client.get(address(name, dispatched)).status_code == 404


def test_the_panel_shows_who_handles_it(
    client: Client, weighed: Complaint, workshop: Unit, parts: Unit, qingdao: Unit, wang: User, alice: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    asked = [Part(parts, "核对批次"), Part(qingdao, "提供工单")]
    assign_complaint(weighed, by=alice, lead_unit=workshop, owner=wang, assisting=asked)
    client.force_login(alice)

    with django_assert_max_num_queries(18):
        page = client.get(address("panel", weighed)).content.decode()

    assert "售后维修部" in page
    assert "待接单" in page
    assert "提供工单" in page


def test_rules_are_listed_previewed_saved_moved_and_deleted(
    client: Client, weighed: Complaint, drivetrain: RoutingRule, parts: Unit, ada: User
) -> None:
    client.force_login(ada)
    given = {"name_zh": "配件", "name_en": "Parts", "lead_unit": parts.pk, "position": 5, "is_active": "on"}

    previewed = client.post(reverse("dispatch:rule_new"), {**given, "preview": "1"}).content.decode()
    assert "1 件在办投诉会匹配" in previewed
    assert RoutingRule.objects.count() == 1
    assert client.post(reverse("dispatch:rule_new"), given).status_code == 302
    new = RoutingRule.objects.get(name_zh="配件")
    assert "配件" in client.get(reverse("dispatch:routing")).content.decode()
    client.post(reverse("dispatch:rule_move", args=[new.pk]), {"to": "down"})
    assert list(RoutingRule.objects.order_by("position")) == [drivetrain, new]
    client.post(reverse("dispatch:rule_delete", args=[new.pk]))
    assert list(RoutingRule.objects.all()) == [drivetrain]


def test_rules_go_out_and_come_in_as_one_file(client: Client, drivetrain: RoutingRule, ada: User) -> None:
    client.force_login(ada)
    text = client.get(reverse("dispatch:routing_export")).content

    assert json.loads(text) == exported_rules()
    file = SimpleUploadedFile("rules.json", text)
    assert client.post(reverse("dispatch:routing_import"), {"file": file}).status_code == 302
    rubbish = SimpleUploadedFile("rules.json", b"\xff\xfe not json")
    assert client.post(reverse("dispatch:routing_import"), {"file": rubbish}).status_code == 422
    assert RoutingRule.objects.get().name_zh == "默认"


@pytest.mark.parametrize("name", ["routing", "rule_new", "routing_export"])
def test_settings_are_for_administrators(client: Client, carol: User, name: str) -> None:
    client.force_login(carol)

    assert client.get(reverse(f"dispatch:{name}")).status_code == 403


def test_the_unit_finds_what_it_has_to_take_on(client: Client, dispatched: Complaint, wang: User) -> None:
    client.force_login(wang)

    said = client.get(reverse("dispatch:queues")).content.decode()

    assert dispatched.reference in said
    assert reverse("dispatch:take_on", kwargs={"reference": dispatched.reference}) in said
    assert "待裁定的退单" not in said


def test_the_arbiter_finds_what_was_returned_and_how_often(client: Client, returned: Complaint, dora: User) -> None:
    client.force_login(dora)

    said = client.get(reverse("dispatch:queues")).content.decode()

    assert reverse("dispatch:arbitrate", kwargs={"reference": returned.reference}) in said
    assert "退单 1 次" in said


def test_who_neither_handles_nor_decides_has_no_such_page(client: Client, alice: User, active_pack: object) -> None:
    client.force_login(alice)
    assert client.get(reverse("dispatch:queues")).status_code == 403


def test_another_unit_sees_nothing_of_it(client: Client, dispatched: Complaint, mallory: User) -> None:
    client.force_login(mallory)

    assert dispatched.reference not in client.get(reverse("dispatch:queues")).content.decode()


def test_the_routing_page_says_how_many_open_complaints_a_rule_would_take(
    client: Client, weighed: Complaint, workshop: Unit, ada: User
) -> None:
    create_rule(RuleTerms(name_zh="变速箱", name_en="Gearbox", lead_unit=workshop, issue=weighed.issue), by=ada)
    client.force_login(ada)

    page = client.get(reverse("dispatch:routing"))

    assert [taken for _rule, _words, taken in page.context["rows"]] == [1]
    assert page.context["looked_at"] == 1
