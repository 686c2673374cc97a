"""A metric put together by form is counted with the others; what makes no sense is refused and nothing changes."""

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.rebuild import is_out_of_date, rebuild
from wenguo.insights.choices import Kind
from wenguo.insights.models import OwnMetric
from wenguo.insights.queries import rollups
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import Days, Measure
from wenguo.insights.rules.own import Condition, Definition, Op, fault_of

TYPED = {
    "name_zh": "重大件按期率", "name_en": "Major in time", "code": "major_closed", "kind": "rate",
    "day": "complaint.ended_at", "value": "", "judged": "count", "better": "more", "target": "90",
    "where_1_column": "complaint.status", "where_1_op": "is", "where_1_value": "已办结",
    "met_1_column": "complaint.satisfaction", "met_1_op": "at_least", "met_1_value": "4",
}  # fmt: skip


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_a_metric_by_form_is_counted(as_ada: Client, lake: object, closed: Complaint, mei: User) -> None:
    typed = TYPED | {"where_1_value": str(closed.get_status_display())}
    answer = as_ada.post(reverse("insights:own_metric_new"), typed)
    assert answer.status_code == 302
    metric = OwnMetric.objects.get()
    assert metric.definition["where"] == [["status", "is", "closed"]]
    assert is_out_of_date()
    rebuild()
    year = Days(house_today().replace(month=1, day=1), house_today())
    assert rollups.total("own.major_closed", Slice(mei, year)) == Measure(met=1)
    assert AuditEntry.objects.filter(chain="insights", event="metric.added").count() == 1


def test_what_makes_no_sense_is_refused(as_ada: Client) -> None:
    answer = as_ada.post(reverse("insights:own_metric_new"), TYPED | {"met_1_column": ""})
    assert answer.status_code == 422
    assert "重大件按期率" in answer.content.decode()
    assert not OwnMetric.objects.exists()


def test_columns_of_two_facts_do_not_mix(as_ada: Client) -> None:
    answer = as_ada.post(reverse("insights:own_metric_new"), TYPED | {"where_1_column": "clock.state"})
    assert answer.status_code == 422
    assert not OwnMetric.objects.exists()


def test_a_changed_definition_is_a_new_version(as_ada: Client) -> None:
    as_ada.post(reverse("insights:own_metric_new"), TYPED)
    metric = OwnMetric.objects.get()
    address = reverse("insights:own_metric_change", args=[metric.pk])
    assert "major_closed" in as_ada.get(address).content.decode()
    as_ada.post(address, TYPED | {"name_en": "Renamed"})
    assert OwnMetric.objects.get().version == 1
    as_ada.post(address, TYPED | {"met_1_value": "5"})
    assert OwnMetric.objects.get().version == 2
    as_ada.post(reverse("insights:own_metric_switch", args=[metric.pk]))
    assert not OwnMetric.objects.get().is_active
    assert "major_closed" in as_ada.get(reverse("insights:own_metrics")).content.decode()


def test_only_who_keeps_settings_defines(client: Client, mei: User) -> None:
    client.force_login(mei)
    assert client.get(reverse("insights:own_metrics")).status_code == 403
    assert client.post(reverse("insights:own_metric_new"), TYPED).status_code == 403
    assert not OwnMetric.objects.exists()


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        (Definition("complaint", "ended_at", Kind.COUNT), ""),
        (Definition("nothing", "ended_at", Kind.COUNT), "fact"),
        (Definition("complaint", "status", Kind.COUNT), "day"),
        (Definition("complaint", "ended_at", Kind.RATE), "met"),
        (Definition("complaint", "ended_at", Kind.MONEY), "value"),
        (Definition("complaint", "ended_at", Kind.MONEY, value="cost"), ""),
        (Definition("complaint", "ended_at", Kind.COUNT, value="cost"), "value"),
        (Definition("complaint", "ended_at", Kind.COUNT, (Condition("chased", Op.AT_LEAST, "two"),)), "where"),
        (Definition("complaint", "ended_at", Kind.COUNT, (Condition("words", Op.FILLED),)), "where"),
        (Definition("complaint", "ended_at", Kind.COUNT, (Condition("is_safety", Op.AT_MOST, "yes"),)), "where"),
    ],
)
def test_what_a_definition_may_say(definition: Definition, fault: str) -> None:
    assert fault_of(definition) == fault
