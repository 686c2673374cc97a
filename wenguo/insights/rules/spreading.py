"""Into which sums a complaint's contribution goes. Reading (recusal), adding and taking out use the same rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wenguo.insights.choices import Axis, Grain
from wenguo.insights.rules.measures import Measure
from wenguo.insights.rules.metrics import MetricRule
from wenguo.insights.rules.periods import KEPT_DAYS

UNKNOWN = ""  # the member of complaints without product, issue …


@dataclass(frozen=True)
class Put:
    """What a complaint adds to one metric on one day; `own` are places on axes that only this contribution has."""

    metric: str
    day: date
    measure: Measure
    own: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> list[object]:
        m = self.measure
        return [
            self.metric,
            self.day.isoformat(),
            m.met,
            m.failed,
            m.left_out,
            m.total,
            [list(one) for one in self.own],
        ]


def put_of(stored: Sequence[Any]) -> Put:
    """Read back what `Put.as_json` wrote."""
    metric, day, met, failed, left_out, total, own = stored
    return Put(metric, date.fromisoformat(day), Measure(met, failed, left_out, total), tuple(map(tuple, own)))


@dataclass(frozen=True)
class Place:
    """The row of sums a contribution is added to."""

    metric: str
    axis: str
    grain: str
    day: date
    member: str


def places(put: Put, members: Mapping[str, str], rule: MetricRule, today: date) -> Iterator[Place]:
    """By day and by month all together; by month along each cut; by day along cuts where the metric keeps them."""
    month = put.day.replace(day=1)
    yield Place(put.metric, Axis.ALL, Grain.DAY, put.day, UNKNOWN)
    yield Place(put.metric, Axis.ALL, Grain.MONTH, month, UNKNOWN)
    by_day = rule.day_cuts and is_kept(put.day, today)
    for axis, member in _cuts(put, members, rule):
        yield Place(put.metric, axis, Grain.MONTH, month, member)
        if by_day:
            yield Place(put.metric, axis, Grain.DAY, put.day, member)


def is_kept(day: date, today: date) -> bool:
    """Are cuts by day still kept of this day?"""
    return day > today - timedelta(days=KEPT_DAYS)


def _cuts(put: Put, members: Mapping[str, str], rule: MetricRule) -> Iterator[tuple[str, str]]:
    own = dict(put.own)
    for axis in rule.cuts:
        if axis.value in own:
            yield axis.value, own[axis.value]
        elif axis not in (Axis.STAGE, Axis.BUCKET, Axis.REASON):
            yield axis.value, members.get(axis.value, UNKNOWN)
