"""What pages read out of the sums: right days, right part of the company, nothing about the reader."""

from datetime import date, timedelta

import pytest

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.insights.choices import Axis, Grain, Metric, SourceFilter, Step
from wenguo.insights.models import Counted, Rollup
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries import rollups
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import METRICS, Days, Measure, Put, places
from wenguo.lib.errors import Refused

DAY = date(2026, 3, 14)
MARCH = Days(date(2026, 3, 1), date(2026, 3, 31))


def put(unit: Unit | None, metric: str, measure: Measure, day: date = DAY, **members: str) -> Put:
    """Adds a contribution to the sums as the worker does."""
    one = Put(metric, day, measure)
    above = [COMPANY, *(int(part) for part in (unit.path if unit else "").split("/") if part)]
    for place in places(one, members, METRICS[metric], house_today()):
        for node in above:
            key = {**place.__dict__, "node": node, "source": "live"}
            row, _new = Rollup.objects.get_or_create(**key)
            row.met, row.failed = row.met + measure.met, row.failed + measure.failed
            row.save()
    return one


def test_a_unit_has_its_own_and_all_below(mei: User, workshop: Unit) -> None:
    put(workshop, Metric.TIMELINESS, Measure(met=3, failed=1))
    put(None, Metric.TIMELINESS, Measure(met=1))
    assert rollups.total(Metric.TIMELINESS, Slice(mei, MARCH)) == Measure(4, 1)
    assert rollups.total(Metric.TIMELINESS, Slice(mei, MARCH, workshop)) == Measure(3, 1)


def test_days_outside_do_not_count(mei: User) -> None:
    put(None, Metric.RECEIVED, Measure(met=1), date(2026, 2, 28))
    put(None, Metric.RECEIVED, Measure(met=2), date(2026, 3, 1))
    put(None, Metric.RECEIVED, Measure(met=4), date(2026, 3, 31))
    put(None, Metric.RECEIVED, Measure(met=8), date(2026, 4, 1))
    assert rollups.total(Metric.RECEIVED, Slice(mei, MARCH)).met == 6
    assert rollups.total(Metric.RECEIVED, Slice(mei, Days(date(2026, 2, 28), date(2026, 4, 1)))).met == 15


def test_a_stranger_and_a_foreign_unit_see_nothing(alice: User, mallory: User, workshop: Unit) -> None:
    put(workshop, Metric.RECEIVED, Measure(met=5))
    assert rollups.total(Metric.RECEIVED, Slice(alice, MARCH)) == Measure()
    assert rollups.total(Metric.RECEIVED, Slice(mallory, MARCH)) == Measure()
    assert rollups.by_unit(Metric.RECEIVED, Slice(mallory, MARCH)) == []


@pytest.fixture
def branch_manager(mallory: User, guangzhou: Unit) -> User:
    """Sees the figures of Guangzhou and nothing else."""
    Membership.objects.create(user=mallory, unit=guangzhou, role=Role.MANAGER)
    return mallory


def test_a_branch_sees_its_own_and_nothing_outside_even_when_asked_for(
    branch_manager: User, qingdao: Unit, guangzhou: Unit
) -> None:
    put(qingdao, Metric.RECEIVED, Measure(met=5))
    put(guangzhou, Metric.RECEIVED, Measure(met=2))
    assert rollups.total(Metric.RECEIVED, Slice(branch_manager, MARCH)).met == 2
    assert rollups.total(Metric.RECEIVED, Slice(branch_manager, MARCH, qingdao)) == Measure()


def test_what_is_about_the_reader_is_taken_out(mei: User, otto: User, workshop: Unit) -> None:
    one = put(workshop, Metric.RECEIVED, Measure(met=1), importance="major")
    put(workshop, Metric.RECEIVED, Measure(met=2), importance="major")
    Counted.objects.create(
        complaint=1, month=DAY.replace(day=1), seq=1, source="live", unit=workshop.pk, respondent=mei.pk,
        members={"importance": "major"}, put=[one.as_json()],
    )  # fmt: skip
    assert rollups.total(Metric.RECEIVED, Slice(otto, MARCH)).met == 3
    assert rollups.total(Metric.RECEIVED, Slice(mei, MARCH)).met == 2
    assert [bar.measure.met for bar in rollups.by(Metric.RECEIVED, Axis.IMPORTANCE, Slice(mei, MARCH)).bars] == [2]
    assert next(point.measure.met for point in rollups.series(Metric.RECEIVED, Slice(mei, MARCH))) == 2


def test_a_breakdown_is_widened_to_whole_months_and_says_so(mei: User) -> None:
    put(None, Metric.REPEAT, Measure(met=1), date(2026, 3, 2), issue="7")
    asked = Slice(mei, Days(date(2026, 3, 10), date(2026, 3, 20)))
    found = rollups.by(Metric.REPEAT, Axis.ISSUE, asked)
    assert (found.covers, [bar.measure.met for bar in found.bars]) == (MARCH, [1])
    assert rollups.total(Metric.REPEAT, asked).met == 0


def test_received_is_kept_by_day_for_a_while(mei: User) -> None:
    recent = house_today() - timedelta(days=3)
    put(None, Metric.RECEIVED, Measure(met=1), recent, channel="1")
    assert Rollup.objects.filter(axis=Axis.CHANNEL, grain=Grain.DAY, day=recent).exists()
    found = rollups.by(Metric.RECEIVED, Axis.CHANNEL, Slice(mei, Days(recent, recent)))
    assert found.covers == Days(recent, recent)


def test_two_axes_at_once_are_refused(mei: User) -> None:
    narrowed = Slice(mei, MARCH, axis=Axis.PRODUCT, member="x")
    with pytest.raises(Refused, match="自由查询"):
        rollups.by(Metric.RECEIVED, Axis.ISSUE, narrowed)


def test_a_series_has_no_gaps(mei: User) -> None:
    put(None, Metric.RECEIVED, Measure(met=1), date(2026, 3, 2))
    put(None, Metric.RECEIVED, Measure(met=1), date(2026, 3, 18))
    weeks = rollups.series(Metric.RECEIVED, Slice(mei, Days(date(2026, 3, 2), date(2026, 3, 22))), Step.WEEK)
    assert [(point.day.day, point.measure.met) for point in weeks] == [(2, 1), (9, 0), (16, 1)]


def test_history_is_apart(mei: User) -> None:
    put(None, Metric.RECEIVED, Measure(met=1))
    assert rollups.total(Metric.RECEIVED, Slice(mei, MARCH, source=SourceFilter.IMPORTED)) == Measure()
    assert rollups.total(Metric.RECEIVED, Slice(mei, MARCH, source=SourceFilter.ALL)).met == 1
