"""All metrics in use: ours, and those the company defined itself."""

from wenguo.insights.choices import Metric
from wenguo.insights.models import OwnMetric
from wenguo.insights.rules import METRICS, MetricRule
from wenguo.insights.rules.own import own_rule


def all_metrics() -> dict[str, MetricRule]:
    """By key."""
    return {**METRICS, **{one.key: _rule(one) for one in OwnMetric.objects.filter(is_active=True)}}


def rule_of(key: str) -> MetricRule:
    """KeyError where there is no such metric; one of ours costs no statement."""
    return METRICS[key] if key in METRICS else all_metrics()[key]


def name_of(key: str) -> str:
    """As the reader calls it."""
    if key in METRICS:
        return str(Metric(key).label)
    own = OwnMetric.objects.filter(code=key.removeprefix("own.")).first()
    return own.name if own else key


def _rule(one: OwnMetric) -> MetricRule:
    return own_rule(one.key, one.definition, one.version, one.judged, one.better, one.target)
