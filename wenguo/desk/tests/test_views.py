"""Saved views: kept whole, shared, counted, and telling of new matches once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries.told import Misread
from wenguo.complaints.tests.conftest import Take, take  # noqa: F401 - a fixture
from wenguo.desk.actions import save_view
from wenguo.desk.jobs import run_tell_views
from wenguo.desk.models import SavedView, ViewMatch
from wenguo.lib.errors import Refused
from wenguo.lib.now import moved_to
from wenguo.outbox.models import Notice, OutboundMessage

NOON = datetime(2030, 3, 5, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def led(client: Client, carol: User) -> Client:
    client.force_login(carol)
    return client


def test_a_view_keeps_search_order_and_columns(led: Client, weighed: Complaint, carol: User) -> None:
    given = {
        "name": "变速箱",
        "text": "(变速箱 OR 漏油) -状态:已结",
        "sharing": "team",
        "order": "changed",
        "columns": ["reference", "title", "issue", "chased"],
    }
    answer = led.post(f"{reverse('desk:view_new')}?urgent=1&importance=major", given)
    view = SavedView.objects.get(owner=carol)
    assert answer["Location"].endswith(view.query)
    assert "sort=changed" in view.query
    assert "columns=reference%2Ctitle%2Cissue%2Cchased" in view.query
    assert "urgent=1" in view.query
    assert view.name in led.get(answer["Location"]).content.decode()


def test_a_view_is_changed_in_place(led: Client, carol: User) -> None:
    view = save_view(by=carol, name="我的", query="urgent=1")
    led.post(reverse("desk:view_edit", args=[view.pk]), {"name": "紧急的", "sharing": "private", "order": "due"})
    view.refresh_from_db()
    assert (view.name, view.query) == ("紧急的", "urgent=1&sort=due")


def test_a_search_that_cannot_be_read_is_not_kept(led: Client, carol: User) -> None:
    answer = led.post(reverse("desk:view_new"), {"name": "错", "text": "状太:未结", "sharing": "private"})
    assert (answer.status_code, SavedView.objects.count()) == (422, 0)
    assert "状太" in answer.content.decode()
    with pytest.raises(Misread):
        save_view(by=carol, name="错", query="q=(")


def test_nobody_changes_anothers_view(client: Client, carol: User, bob: User) -> None:
    view = save_view(by=carol, name="大家的", query="urgent=1", sharing="everybody")
    client.force_login(bob)
    assert (
        client.post(reverse("desk:view_edit", args=[view.pk]), {"name": "x", "sharing": "private"}).status_code == 404
    )
    view.refresh_from_db()
    assert view.name == "大家的"


def test_two_views_of_one_name_are_refused(carol: User) -> None:
    save_view(by=carol, name="甲", query="")
    second = save_view(by=carol, name="乙", query="")
    with pytest.raises(Refused):
        save_view(by=carol, name="甲", query="", view=second)
    assert SavedView.objects.filter(name="乙").exists()


def test_views_are_counted_beside_the_list(led: Client, weighed: Complaint, carol: User) -> None:
    save_view(by=carol, name="变速箱的", query="q=变速箱")
    page = led.get(reverse("desk:view_counts")).content.decode()
    assert '变速箱的<span class="num faint">1</span>' in page


def test_an_alert_tells_of_new_matches_once(carol: User, take: Take) -> None:  # noqa: F811
    with moved_to(NOON):
        take(words="变速箱旧的")
        save_view(by=carol, name="变速箱", query="q=变速箱", alert="mail")
    with moved_to(NOON + timedelta(minutes=11)):
        new = [take(words="变速箱异响"), take(words="变速箱漏油")]
        take(words="空调不冷", remedy_sought="", product=None)
        assert run_tell_views() == 2
        line = Notice.objects.get(user_key=str(carol.pk), path__contains="q=").text
        assert "2" in line
        assert all(one.reference in line for one in new)
        assert OutboundMessage.objects.filter(kind="view_alert").count() == 1
    with moved_to(NOON + timedelta(minutes=30)):
        assert run_tell_views() == 0
    assert ViewMatch.objects.filter(view__name="变速箱").count() == 3


def test_nothing_is_told_at_night_nor_twice_in_ten_minutes(carol: User, take: Take) -> None:  # noqa: F811
    with moved_to(NOON):
        save_view(by=carol, name="变速箱", query="q=变速箱", alert="bell")
        take(words="变速箱异响")
        assert run_tell_views() == 0
    with moved_to(NOON.replace(hour=23)):
        assert run_tell_views() == 0
    with moved_to(NOON.replace(hour=8) + timedelta(days=1)):
        assert run_tell_views() == 1
    assert not OutboundMessage.objects.filter(kind="view_alert").exists()


def test_who_may_not_see_it_is_not_told(mallory: User, take: Take) -> None:  # noqa: F811
    with moved_to(NOON):
        save_view(by=mallory, name="全部", query="", alert="bell")
    with moved_to(NOON + timedelta(hours=1)):
        take(words="变速箱异响")
        assert run_tell_views() == 0
    assert not Notice.objects.filter(user_key=str(mallory.pk)).exists()
