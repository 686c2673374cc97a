"""The registry: every metric once, as data. What is counted is said in `lake/expressions.py` under the same name.

A definition that changes gets a new version, and the sums are counted anew (`wenguo lake rebuild`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wenguo.insights.choices import Axis, Better, Judged, Kind, Metric

# Kept by month for every metric below that names them
TREES = (Axis.PRODUCT, Axis.ISSUE, Axis.CAUSE, Axis.CHANNEL)
MAIN_CUTS = (*TREES, Axis.IMPORTANCE, Axis.REASON)
TIME_CUTS = (*TREES, Axis.IMPORTANCE, Axis.BUCKET)

ISO = "ISO 10002:2018"
COMPANY = "process standard"


@dataclass(frozen=True)
class MetricRule:
    """How a metric is read: kind of number, judgement, target (percent, seconds, points), and how it may be cut.

    `day_cuts`: also kept by day along its cuts, for the last `rules.KEPT_DAYS` days.
    """

    key: str
    kind: Kind
    judged: Judged = Judged.NOT
    better: Better = Better.NEITHER
    target: float | None = None
    cuts: tuple[Axis, ...] = (Axis.REASON,)
    day_cuts: bool = False
    version: int = 1
    source: str = ""

    @property
    def is_sample(self) -> bool:
        return self.judged is Judged.WILSON


def _rate(key: Metric, target: float, source: str, judged: Judged = Judged.COUNT, version: int = 1) -> MetricRule:
    return MetricRule(key, Kind.RATE, judged, Better.MORE, target, MAIN_CUTS, version=version, source=source)


def _share(key: Metric, source: str, better: Better = Better.LESS, *cuts: Axis) -> MetricRule:
    return MetricRule(key, Kind.SHARE, Judged.NOT, better, None, cuts or (Axis.REASON,), source=source)


def _number(key: Metric, kind: Kind, source: str, better: Better = Better.NEITHER, *cuts: Axis) -> MetricRule:
    return MetricRule(key, kind, Judged.NOT, better, None, cuts, source=source)


_RULES = [
    _rate(Metric.TIMELINESS, 95, COMPANY, version=2),
    _rate(Metric.SATISFACTION, 95, COMPANY, Judged.WILSON, version=2),
    _rate(Metric.ANALYSIS, 100, COMPANY, version=2),
    _rate(Metric.RESOLUTION, 90, COMPANY, Judged.WILSON, version=2),
    _rate(Metric.PROMISES, 95, COMPANY, version=2),
    _rate(Metric.ACKNOWLEDGED, 95, f"{ISO} 7.3, annex H", version=2),
    _rate(Metric.RETENTION, 90, COMPANY, Judged.WILSON, version=2),
    _rate(Metric.NOTICES, 95, f"{ISO} 7.9"),
    MetricRule(
        Metric.STAGE_TIMELINESS, Kind.RATE, Judged.COUNT, Better.MORE, 95, (Axis.STAGE, Axis.REASON), source=COMPANY
    ),
    _rate(Metric.LAW, 100, "clock rules"),
    MetricRule(Metric.RECEIVED, Kind.COUNT, Judged.POISSON, Better.NEITHER, None, MAIN_CUTS, True, 2, f"{ISO} annex H"),
    _number(Metric.ENDED, Kind.COUNT, COMPANY, Better.NEITHER, *TREES, Axis.IMPORTANCE),
    _share(Metric.FIRST_CONTACT, f"{ISO} annex H", Better.MORE, *MAIN_CUTS),
    _share(Metric.FCR, "metrics.md", Better.MORE, *MAIN_CUTS),
    _share(Metric.WRONG_PRIORITY, f"{ISO} annex H"),
    _share(Metric.REFERRED, f"{ISO} annex H", Better.LESS, *MAIN_CUTS),
    _share(Metric.REPEAT_30, "metrics.md", Better.LESS, *MAIN_CUTS),
    _share(Metric.REPEAT, f"{ISO} annex H", Better.LESS, *MAIN_CUTS),
    _share(Metric.SAFETY, COMPANY, Better.LESS, *MAIN_CUTS),
    _share(Metric.CHASED, COMPANY),
    _share(Metric.RETURNED, COMPANY),
    _share(Metric.REOPENED, COMPANY, Better.LESS, *MAIN_CUTS),
    _share(Metric.DECLINED, COMPANY, Better.NEITHER, *MAIN_CUTS),
    _share(Metric.WITHDRAWN, COMPANY, Better.NEITHER, *MAIN_CUTS),
    _share(Metric.REFUSED, COMPANY),
    _share(Metric.UPHELD, COMPANY, Better.LESS, *MAIN_CUTS),
    _number(Metric.IMPROVED, Kind.COUNT, f"{ISO} annex H", Better.MORE, *TREES),
    MetricRule(Metric.ANSWERED, Kind.SHARE, Judged.NOT, Better.MORE, source=COMPANY),
    _number(Metric.SCORE_HANDLING, Kind.SCORE, COMPANY, Better.MORE, *TREES),
    _number(Metric.SCORE_RESULT, Kind.SCORE, COMPANY, Better.MORE, *TREES),
    _number(Metric.SCORE_PRODUCT, Kind.SCORE, COMPANY, Better.MORE, *TREES),
    _number(Metric.NPS, Kind.NPS, "metrics.md", Better.MORE),
    _number(Metric.HANDLING_TIME, Kind.TIME, COMPANY, Better.LESS, *TIME_CUTS),
    _number(Metric.FIRST_ANSWER_TIME, Kind.TIME, COMPANY, Better.LESS, Axis.BUCKET),
    _number(Metric.STAGE_TIME, Kind.TIME, COMPANY, Better.LESS, Axis.STAGE, Axis.BUCKET),
    _number(Metric.FUNNEL, Kind.COUNT, COMPANY, Better.NEITHER, Axis.STAGE),
    _number(Metric.MOVES, Kind.TIME, COMPANY, Better.NEITHER, Axis.STAGE),
    _number(Metric.COMPENSATION, Kind.MONEY, COMPANY, Better.LESS, *TREES),
    _number(Metric.COST, Kind.MONEY, "metrics.md", Better.LESS, *TREES),
]
METRICS: dict[str, MetricRule] = {rule.key: rule for rule in _RULES}
# What was asked of 8 of 100 dissatisfied customers stands for the rest (metrics.md): always shown as an estimate
COMPLAINS_OF_100 = 8


def rules_of(keys: Iterable[str]) -> list[MetricRule]:
    return [METRICS[key] for key in keys]
