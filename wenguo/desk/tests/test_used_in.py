"""Settings say where they are used, as far as the reader may see."""

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.desk.queries.used_in import used_in
from wenguo.lib.links import path


def counts(user: User, kind: str, key: object) -> dict[str, str]:
    return {use.label: use.count for use in used_in(user, kind, str(key)) or []}


def test_a_version_of_the_standard_counts_its_complaints(submitted: Complaint, ada: User) -> None:
    assert counts(ada, "standard", submitted.standard.pk) == {"在办投诉": "1", "全部投诉": "1"}
    assert counts(ada, "standard", submitted.standard.pk + 1) == {"在办投诉": "0", "全部投诉": "0"}


def test_a_node_counts_with_what_is_below_it(weighed: Complaint, ada: User) -> None:
    parent = weighed.issue.parent if weighed.issue else None
    assert parent is not None
    assert counts(ada, "issue", parent.code)["在办投诉"] == "1"
    assert counts(ada, "issue", "attitude")["在办投诉"] == "0"


def test_a_calendar_counts_versions_rules_and_complaints(submitted: Complaint, ada: User) -> None:
    found = counts(ada, "calendar", submitted.standard.calendar.code)
    assert (found["过程标准版本"], found["在办投诉"]) == ("1", "1")
    assert int(found["时限规则"]) > 1


@pytest.mark.parametrize("kind", ["cause", "remedy", "decline_reason", "channel", "product", "clock_rule"])
def test_every_kind_of_setting_answers(kind: str, submitted: Complaint, ada: User) -> None:
    assert set(counts(ada, kind, "nowhere").values()) <= {"0"}


def test_who_sees_no_complaint_counts_none(submitted: Complaint, mallory: User) -> None:
    assert counts(mallory, "standard", submitted.standard.pk)["全部投诉"] == "0"


def test_the_page_of_the_setting_loads_it(client: Client, submitted: Complaint, ada: User) -> None:
    client.force_login(ada)
    address = path("used_in", setting="calendar", key="office")

    assert address in client.get(reverse("process:calendar", args=["office"])).content.decode()
    assert "在办投诉" in client.get(address).content.decode()
    assert address == reverse("desk:used_in", args=["calendar", "office"])
    assert client.get(reverse("desk:used_in", args=["weather", "office"])).status_code == 404
