"""The list: views, bulk with per-row reasons, export of what is seen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wenguo.accounts.models import Unit, User
from wenguo.audit.models import ReadEntry
from wenguo.complaints.models import Complaint
from wenguo.desk.actions import save_view
from wenguo.desk.models import SavedView
from wenguo.lib.now import now
from wenguo.resolution.actions import perform_remedy


@pytest.fixture
def led(client: Client, carol: User) -> Client:
    client.force_login(carol)
    return client


def test_the_list_shows_what_one_may_see(client: Client, weighed: Complaint, mallory: User, carol: User) -> None:
    client.force_login(mallory)
    assert weighed.reference not in client.get(reverse("desk:complaints")).content.decode()
    client.force_login(carol)
    assert weighed.reference in client.get(reverse("desk:complaints")).content.decode()


def test_the_search_box_finds_words(led: Client, weighed: Complaint) -> None:
    word = weighed.words[:4]
    assert weighed.reference in led.get(reverse("desk:complaints"), {"q": word}).content.decode()
    assert weighed.reference not in led.get(reverse("desk:complaints"), {"q": "不存在的词语"}).content.decode()


@pytest.mark.parametrize("sort", ["due", "-due", "received", "-received", "nonsense"])
def test_every_order_answers(led: Client, weighed: Complaint, sort: str) -> None:
    assert led.get(reverse("desk:complaints"), {"sort": sort}).status_code == 200


def test_bulk_assigns(led: Client, weighed: Complaint, workshop: Unit) -> None:
    given = {"verb": "assign", "lead_unit": workshop.pk, "ids": [weighed.pk], "back": "", "confirmed": "1"}
    page = led.post(reverse("desk:bulk"), given).content.decode()
    weighed.refresh_from_db()
    assert weighed.lead_unit == workshop
    assert "未执行" not in page


def test_bulk_first_shows_what_it_would_do(led: Client, weighed: Complaint, workshop: Unit) -> None:
    given = {"verb": "assign", "lead_unit": workshop.pk, "matching": "on", "back": "q=变速箱"}
    page = led.post(reverse("desk:bulk"), given).content.decode()
    weighed.refresh_from_db()
    assert (weighed.lead_unit, f'name="ids" value="{weighed.pk}"' in page, weighed.reference in page) == (
        None,
        True,
        True,
    )


def test_bulk_answers_in_parts(led: Client, weighed: Complaint, workshop: Unit) -> None:
    given = {"verb": "assign", "lead_unit": workshop.pk, "ids": [weighed.pk], "confirmed": "1", "part": "1"}
    part = led.post(reverse("desk:bulk"), given).content.decode()
    assert (part.count("<tr>"), "<html" in part, weighed.reference in part) == (1, False, True)


def test_bulk_says_why_not_and_changes_nothing(led: Client, weighed: Complaint) -> None:
    page = led.post(reverse("desk:bulk"), {"verb": "close", "ids": [weighed.pk], "confirmed": "1"}).content.decode()
    before = weighed.version
    weighed.refresh_from_db()
    assert (weighed.status, weighed.version) == ("open", before)
    assert page.count("未执行") == 1


def test_bulk_needs_its_permission(client: Client, weighed: Complaint, alice: User, workshop: Unit) -> None:
    client.force_login(alice)
    given = {"verb": "assign", "lead_unit": workshop.pk, "ids": [weighed.pk]}
    assert client.post(reverse("desk:bulk"), given).status_code == 403
    weighed.refresh_from_db()
    assert weighed.lead_unit is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_recorded(led: Client, weighed: Complaint, kind: str) -> None:
    answer = led.get(reverse("desk:export", args=[kind]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (weighed.reference.encode() in content) or kind == "xlsx"
    assert ReadEntry.objects.get(kind="export").count == 1


def test_a_view_is_kept_and_only_its_owner_deletes_it(led: Client, carol: User, bob: User, client: Client) -> None:
    led.post(f"{reverse('desk:view_new')}?importance=major", {"name": "重大", "sharing": "everybody"})
    view = SavedView.objects.get(owner=carol)
    client.force_login(bob)
    assert client.post(reverse("desk:view_delete", args=[view.pk])).status_code == 403
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_the_same_name_replaces_a_view(carol: User) -> None:
    save_view(by=carol, name="我的", query="urgent=1")
    save_view(by=carol, name=" 我的 ", query="overdue=1")
    assert SavedView.objects.get(owner=carol).query == "overdue=1"


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert "/accounts/login/" in client.get(reverse("desk:complaints"))["Location"]


def test_home_costs_the_same_whatever_there_is(led: Client, weighed: Complaint, submitted: Complaint) -> None:
    led.get(reverse("desk:home"))
    with CaptureQueriesContext(connection) as one:
        led.get(reverse("desk:home"))
    assert len(one) < 60


def test_the_follow_up_is_found_from_the_decision_until_the_remedy_is_performed(
    led: Client, decided: Complaint, wang: User
) -> None:
    def shown() -> bool:
        return decided.reference in led.get(reverse("desk:complaints"), {"stage": "follow_up"}).content.decode()

    assert shown()
    perform_remedy(decided.remedies.get(), by=wang, done_on=timezone.localdate(now()), proof="工单已由车主签字")
    assert not shown()
