"""The row of cards above a board: a figure each, beside what it was in as many days before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from wenguo.insights.choices import Kind, Metric
from wenguo.insights.queries import rollups
from wenguo.insights.queries.drawings.words import rows_of
from wenguo.insights.queries.slices import Slice
from wenguo.insights.rules import METRICS, Measure, MetricRule, Verdict, verdict_of

CARDS = (Metric.RECEIVED, Metric.ENDED, Metric.TIMELINESS, Metric.SATISFACTION, Metric.ANALYSIS, Metric.RESOLUTION)
_KIND = {Verdict.MET: "ok", Verdict.MISSED: "urgent", Verdict.NOT_PROVEN: "major", Verdict.NO_ROWS: "neutral"}


@dataclass(frozen=True)
class Card:
    """What `ui/_kpi_card.html` draws."""

    name: str
    value: str
    unit: str
    kind: str
    foot: str
    url: str
    number: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None
    floor: int = 0


def cards(cut: Slice, metrics: Iterable[Metric] = CARDS) -> list[Card]:
    """Two statements, whatever the number of cards."""
    keys = list(metrics)
    now, before = rollups.totals(keys, cut), rollups.totals(keys, cut.at(days=cut.days.before))
    return [_card(metric, now[metric], before[metric], cut) for metric in keys]


def _card(metric: Metric, found: Measure, earlier: Measure, cut: Slice) -> Card:
    rule = METRICS[metric]
    value, interval = found.value(rule.kind), found.interval if rule.kind is Kind.RATE else None
    url = rows_of(metric, cut, cut.days.first, cut.days.last)
    verdict = verdict_of(rule, found)
    kind = _KIND[verdict] if verdict else "act"
    low, high = interval or (None, None)
    lowest = min((edge for edge in (low, rule.target) if edge is not None), default=0)
    return Card(
        str(metric.label),
        _shown(rule, value),
        "%" if rule.kind is Kind.RATE and value is not None else "",
        kind,
        _foot(rule, found, earlier),
        url,
        value if interval else None,
        low,
        high,
        rule.target,
        max(0, int(lowest // 10) * 10 - 10),
    )


def _shown(rule: MetricRule, value: float | None) -> str:
    if value is None:
        return "–"
    places = 1 if rule.kind is Kind.RATE else 0
    # rounded first: `number_format` cuts off, and 95.56 would be 95.5 here and 95.6 beside its interval
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True)


def _foot(rule: MetricRule, found: Measure, earlier: Measure) -> str:
    """n, target, and the change against the days before."""
    value, was = found.value(rule.kind), earlier.value(rule.kind)
    parts = []
    if rule.kind is Kind.RATE:
        parts.append(_("%(met)d of %(n)d") % {"met": found.met, "n": found.n})
        if rule.target is not None:
            parts.append(_("target %(target)g%%") % {"target": rule.target})
    if value is not None and was is not None and (was or rule.kind is Kind.RATE):
        parts.append(_change(rule, value, was))
    return " · ".join(parts)


def _change(rule: MetricRule, value: float, was: float) -> str:
    """In points for rates; counts beside what they were."""
    if rule.kind is not Kind.RATE:
        return _("%(n)d in the days before") % {"n": was}
    by = value - was
    arrow = "→" if abs(by) < 0.05 else "↑" if by > 0 else "↓"
    return _("%(arrow)s %(by).1f points") % {"arrow": arrow, "by": abs(by)}
