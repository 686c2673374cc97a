"""The figures against the rows they are made of."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.fold import fold
from wenguo.insights.choices import Count, Figure, Part, Period
from wenguo.insights.models import LakeState
from wenguo.insights.queries import Asked, annex_h, count_rows, figures, rows_of
from wenguo.insights.rules import Verdict, span_of
from wenguo.lib.now import moved_to, now

pytestmark = pytest.mark.usefixtures("lake")


def _asked(user: User, period: Period = Period.DAYS_90) -> Asked:
    return Asked(user, span_of(period, now(), user.zone))


def _figure(user: User, which: Figure) -> tuple[int, int, int, Verdict]:
    """As the page shows it once the worker has counted; the rows behind it are as many."""
    while fold():
        pass
    asked = _asked(user)
    found = next(one for one in figures(asked) if one.figure is which)
    rows = {part: rows_of(which, part, asked).count() for part in Part}
    assert (rows[Part.MET], rows[Part.FAILED]) == (found.rate.successes, found.rate.n - found.rate.successes)
    assert rows[Part.EXCLUDED] == found.left_out
    return found.rate.successes, found.rate.n, found.left_out, found.verdict_code


def test_an_overdue_open_complaint_is_a_failure(taken_on: Complaint, mei: User) -> None:
    with moved_to(now() + timedelta(days=40)):
        assert _figure(mei, Figure.TIMELINESS)[:2] == (0, 1)
        assert list(rows_of(Figure.TIMELINESS, Part.FAILED, _asked(mei))) == [taken_on]


def test_what_is_not_due_yet_counts_neither_way(taken_on: Complaint, mei: User) -> None:
    assert _figure(mei, Figure.TIMELINESS)[:2] == (0, 0)


def test_handled_in_time_is_a_success_once_its_deadline_came(closed: Complaint, mei: User) -> None:
    with moved_to(now() + timedelta(days=40)):
        assert _figure(mei, Figure.TIMELINESS)[:2] == (1, 1)


def test_satisfaction_counts_the_answered_and_shows_the_unasked(closed: Complaint, mei: User) -> None:
    assert _figure(mei, Figure.SATISFACTION)[:3] == (1, 1, 0)
    Complaint.objects.filter(pk=closed.pk).update(satisfaction=2)
    LakeState.objects.update(position=0)  # as if an entry had been written with it
    assert _figure(mei, Figure.SATISFACTION)[:2] == (0, 1)


def test_resolution_waits_thirty_days(closed: Complaint, mei: User) -> None:
    assert _figure(mei, Figure.RESOLUTION)[:2] == (0, 0)
    with moved_to(now() + timedelta(days=31)):
        assert _figure(mei, Figure.RESOLUTION)[:2] == (1, 1)


def test_a_foreign_unit_sees_none_of_it(closed: Complaint, mallory: User) -> None:
    assert [one.rate.n for one in figures(_asked(mallory))] == [0] * len(Figure)
    assert {one.number for one in annex_h(_asked(mallory))} == {0}


def _numbers(user: User) -> dict[Count, int]:
    return {one.count: one.number for one in annex_h(_asked(user))}


def test_annex_h_counts_what_was_received(closed: Complaint, mei: User) -> None:
    fold()
    for which in Count:
        assert count_rows(which, _asked(mei)).count() == _numbers(mei)[which]
    numbers = _numbers(mei)
    assert numbers[Count.RECEIVED] == 1
    assert numbers[Count.RESOLVED_LATE] == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_every_figure_with_its_rows(client: Client, closed: Complaint, mei: User, language: str) -> None:
    User.objects.filter(pk=mei.pk).update(language=language)
    mei.refresh_from_db()
    client.force_login(mei)
    page = client.get(reverse("insights:kpi"))
    assert page.status_code == 200
    for which in Figure:
        assert reverse("insights:rows", args=[which.value]) in page.content.decode()
    rows = client.get(reverse("insights:count", args=["received"]))
    assert closed.reference in rows.content.decode()


def test_an_agent_has_no_figures(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get(reverse("insights:kpi")).status_code == 403
