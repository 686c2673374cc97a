"""How figures are judged, where periods lie, which metrics there are. Pure."""

from wenguo.insights.rules.judging import (
    DEFINITION_VERSION,
    MATURES_AFTER,
    SAMPLES,
    TARGETS,
    Rate,
    Span,
    Verdict,
    rate,
    span_of,
    verdict,
)
from wenguo.insights.rules.measures import NOTHING, Measure, percentile, verdict_of
from wenguo.insights.rules.metrics import COMPLAINS_OF_100, METRICS, MetricRule
from wenguo.insights.rules.periods import EARLIEST, KEPT_DAYS, Days, days_of, last_of_month, parts_of
from wenguo.insights.rules.spreading import Place, Put, is_kept, places, put_of

__all__ = [
    "COMPLAINS_OF_100",
    "DEFINITION_VERSION",
    "EARLIEST",
    "KEPT_DAYS",
    "MATURES_AFTER",
    "METRICS",
    "NOTHING",
    "SAMPLES",
    "TARGETS",
    "Days",
    "Measure",
    "MetricRule",
    "Place",
    "Put",
    "Rate",
    "Span",
    "Verdict",
    "days_of",
    "is_kept",
    "last_of_month",
    "parts_of",
    "percentile",
    "places",
    "put_of",
    "rate",
    "span_of",
    "verdict",
    "verdict_of",
]
