"""A complaint put aside: out of one's lists until it rings, for oneself alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.desk.actions import drop_reminder, remind_me
from wenguo.desk.jobs import run_reminders
from wenguo.desk.models import Reminder
from wenguo.desk.queries.home import my_complaints, my_reminders
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import Notice

HOUR = timedelta(hours=1)


def test_it_leaves_the_lists_and_rings_once_at_its_time(decided: Complaint, wang: User) -> None:
    assert my_complaints(wang) == [decided]
    at = now() + 3 * HOUR
    remind_me(decided, by=wang, at=at, note="等配件到货")
    assert (my_complaints(wang), [one.complaint for one in my_reminders(wang)]) == ([], [decided])
    assert run_reminders() == 0
    with moved_to(at):
        assert (run_reminders(), run_reminders()) == (1, 0)
        rung = Notice.objects.get(user_key=str(wang.pk), text="提醒：等配件到货")
        assert (rung.about, my_complaints(wang)) == (decided.reference, [decided])


def test_only_who_asked_is_spared(decided: Complaint, wang: User, alice: User) -> None:
    remind_me(decided, by=alice, at=now() + HOUR)
    assert my_complaints(wang) == [decided]


def test_a_second_time_moves_the_first_and_it_can_be_taken_back(decided: Complaint, wang: User) -> None:
    remind_me(decided, by=wang, at=now() + HOUR)
    later = now() + 2 * HOUR
    remind_me(decided, by=wang, at=later)
    assert [one.at for one in Reminder.objects.all()] == [later]
    drop_reminder(decided, by=wang)
    assert my_complaints(wang) == [decided]
    events = AuditEntry.objects.filter(chain="desk").order_by("seq").values_list("event", flat=True)
    assert list(events) == ["set_reminder", "set_reminder", "drop_reminder"]


@pytest.mark.parametrize("away", [-HOUR, timedelta(days=400)])
def test_the_time_is_to_come_and_within_a_year(decided: Complaint, wang: User, away: timedelta) -> None:
    with pytest.raises(Refused):
        remind_me(decided, by=wang, at=now() + away)
    assert not Reminder.objects.exists()


def test_who_may_not_see_it_is_not_reminded(decided: Complaint, mallory: User) -> None:
    with pytest.raises(NotAllowed):
        remind_me(decided, by=mallory, at=now() + HOUR)


def test_the_page_puts_aside_and_brings_back(client: Client, decided: Complaint, wang: User) -> None:
    client.force_login(wang)
    page, address = (
        reverse("desk:complaint", args=[decided.reference]),
        reverse("desk:remind", args=[decided.reference]),
    )
    assert "T09:00" in client.get(address).content.decode()
    assert client.post(address, {"at": "2020-01-01T09:00"}).status_code == 422
    tomorrow = (now() + timedelta(days=1)).strftime("%Y-%m-%dT09:00")
    assert client.post(address, {"at": tomorrow, "note": "回电"})["Location"] == page
    assert "回电" in client.get(page).content.decode()
    client.post(reverse("desk:remind_drop", args=[decided.reference]))
    assert not Reminder.objects.exists()
