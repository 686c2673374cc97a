"""Public statistics: off until switched on, read from one row, what the rows say, small numbers left out."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.fold import fold
from wenguo.insights.actions.public import count_statistics, switch_statistics
from wenguo.insights.models import PublicStatistics
from wenguo.insights.queries import public
from wenguo.insights.queries.public import counted, public_statistics, quarters_before
from wenguo.insights.queries.published import tables_of
from wenguo.insights.rules.periods import Days
from wenguo.lib.errors import NotAllowed
from wenguo.lib.now import moved_to, now

pytestmark = pytest.mark.usefixtures("lake")
PAGE = "/statistics/"


def published(ada: User, threshold: int = 3) -> None:
    while fold():
        pass
    switch_statistics(is_on=True, threshold=threshold, by=ada)
    assert count_statistics() == 1


def test_quarters_are_whole_and_over() -> None:
    assert quarters_before(date(2026, 11, 22))[-1] == Days(date(2026, 7, 1), date(2026, 9, 30))
    assert quarters_before(date(2026, 1, 1))[0] == Days(date(2025, 1, 1), date(2025, 3, 31))


def test_strangers_find_nothing_until_it_is_switched_on(client: Client, ada: User, closed: Complaint) -> None:
    assert client.get(PAGE).status_code == 404
    with moved_to(now() + timedelta(days=120)):
        published(ada)
        assert client.get(PAGE).status_code == 200
        assert PAGE in client.get("/").content.decode()
        switch_statistics(is_on=False, threshold=3, by=ada)
        assert client.get(PAGE).status_code == 404
        assert PAGE not in client.get("/").content.decode()
    assert AuditEntry.objects.filter(chain="statistics").count() == 2


def test_only_an_administrator_switches(mei: User, client: Client) -> None:
    with pytest.raises(NotAllowed):
        switch_statistics(is_on=True, threshold=5, by=mei)
    client.force_login(mei)
    assert client.get("/desk/figures/public/").status_code == 200
    assert client.post("/desk/figures/public/", {"is_on": "1", "threshold": "5"}).status_code == 403


def test_the_numbers_are_those_of_the_rows(
    classified: Complaint, another: Complaint, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with moved_to(now() + timedelta(days=120)):
        while fold():
            pass
        monkeypatch.setattr(public, "SPARSE", 1)
        content = counted(date(2027, 3, 1), 1)
    by_quarter = Counter((one.received_at.month + 2) // 3 for one in Complaint.objects.all())
    assert (content["columns"], by_quarter) == ([3], {4: 2})
    assert content["received"]["cells"] == [[1, 1], [1, 1], [2, 2]]
    assert set(content["received"]["codes"]) == {"gearbox", ""}


def test_what_is_sparse_is_told_together() -> None:
    counts = {"engine": [30, 40], "brakes": [3, 2], "body": [1, 3], "parts": [22, 18]}
    table = public._table(counts, 3)
    assert table == {
        "codes": ["engine", "parts", public.OTHERS],
        "cells": [[30, 40, 70], [22, 18, 40], [4, 5, 9], [56, 63, 119]],
    }


def test_few_complaints_are_not_told(closed: Complaint, ada: User, client: Client) -> None:
    with moved_to(now() + timedelta(days=120)):
        published(ada, threshold=5)
        row = public_statistics()
        assert row is not None
        assert tables_of(row) == []
        assert client.get(PAGE).status_code == 200


def test_it_is_counted_once_a_quarter_or_when_asked(closed: Complaint, ada: User) -> None:
    with moved_to(now() + timedelta(days=120)):
        published(ada)
        assert count_statistics() == 0
        switch_statistics(is_on=True, threshold=4, by=ada)
        assert count_statistics() == 1
    with moved_to(now() + timedelta(days=240)):
        while fold():
            pass
        assert count_statistics() == 1
    assert PublicStatistics.objects.count() == 1


def test_a_strangers_request_reads_no_complaint(
    closed: Complaint, ada: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with moved_to(now() + timedelta(days=120)):
        published(ada)
        with django_assert_max_num_queries(6) as asked:
            client.get(PAGE)
    assert not [one["sql"] for one in asked.captured_queries if "complaints_complaint" in one["sql"]]
    assert not [one["sql"] for one in asked.captured_queries if "insights_rollup" in one["sql"]]
