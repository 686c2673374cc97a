"""Statistics for the public: the page out of one row, and the counting of that row out of the sums.

The sums are read for the whole company and without a reader: nothing of one person's view is in them, and what is
printed has passed `rules.suppression`.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from wenguo.complaints.choices import Source
from wenguo.insights.choices import Axis, Grain, Metric
from wenguo.insights.models import PublicStatistics, Rollup
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.rules.periods import Days, last_of_month, months
from wenguo.insights.rules.suppression import Table, suppressed
from wenguo.process.models import TaxonomyNode

QUARTERS = 4
MOST_CATEGORIES = 10
SPARSE = 2  # thresholds: categories and quarters with fewer complaints are not told apart
OTHERS = "*"
Counts = dict[str, list[int]]  # category code → numbers


def public_statistics() -> PublicStatistics | None:
    """What anybody may read; None while it is off or not counted yet. One statement."""
    row = PublicStatistics.objects.first()
    return row if row and row.is_on and row.content else None


def tells_figures() -> bool:
    """Is there a page to link to?"""
    return PublicStatistics.objects.filter(is_on=True, counted_at__isnull=False).exists()


def quarters_before(today: date) -> list[Days]:
    """The last whole quarters, oldest first."""
    found, last = [], date(today.year, 1 + (today.month - 1) // 3 * 3, 1) - timedelta(days=1)
    for _number in range(QUARTERS):
        first = date(last.year, last.month - 2, 1)
        found.append(Days(first, last))
        last = first - timedelta(days=1)
    return found[::-1]


def counted(today: date, threshold: int) -> dict[str, Any]:
    """The content of the page: three tables with their gaps, categories in both languages."""
    quarters = quarters_before(today)
    whole = Days(quarters[0].first, quarters[-1].last)
    tops = _tops()
    received = _by_category(Metric.RECEIVED, quarters, tops)
    timely, upheld = (_two(metric, whole, tops) for metric in (Metric.TIMELINESS, Metric.UPHELD))
    busy = [x for x in range(QUARTERS) if sum(line[x] for line in received.values()) >= SPARSE * threshold]
    names = {code: [node.name_zh, node.name_en] for code, node in {n.code: n for n in tops.values()}.items()}
    return {
        "quarters": [[str(one.first), str(one.last)] for one in quarters],
        "threshold": threshold,
        "names": names,
        "columns": busy,
        "received": _table(received, threshold, busy),
        "timely": _table(timely, threshold),
        "upheld": _table(upheld, threshold),
    }


def _table(counts: Counts, threshold: int, columns: list[int] | None = None) -> dict[str, Any] | None:
    """Categories by size, cells with None for a gap; None where too little happened.

    What is sparse is told together: a table of small numbers would be a table of gaps. `columns` keeps these only.
    """
    least = SPARSE * threshold
    lines = {code: [n for x, n in enumerate(line) if columns is None or x in columns] for code, line in counts.items()}
    large = sorted((code for code, line in lines.items() if sum(line) >= least), key=lambda c: (-sum(lines[c]), c))
    order, rest = large[:MOST_CATEGORIES], [code for code in lines if code not in large[:MOST_CATEGORIES]]
    together = [sum(column) for column in zip(*(lines[code] for code in rest), strict=True)]
    rows = [lines[code] for code in order] + ([together] if any(together) else [])
    table = suppressed(rows, threshold)
    return {"codes": order + [OTHERS] * any(together), "cells": _printed(table)} if table else None


def _printed(table: Table) -> list[list[int | None]]:
    return [
        [None if (y, x) in table.gaps else value for x, value in enumerate(line)] for y, line in enumerate(table.cells)
    ]


def _by_category(metric: Metric, parts: list[Days], tops: dict[str, TaxonomyNode]) -> Counts:
    """How many in each part, by top category; "" where the issue is not known."""
    found: Counts = defaultdict(lambda: [0] * len(parts))
    place = {month: number for number, part in enumerate(parts) for month in months(part)}
    for member, day, met, _failed in _sums(metric, Days(parts[0].first, parts[-1].last)):
        found[tops[member].code if member in tops else ""][place[day]] += met
    return found


def _two(metric: Metric, days: Days, tops: dict[str, TaxonomyNode]) -> Counts:
    """Met and failed, by top category."""
    found: Counts = defaultdict(lambda: [0, 0])
    for member, _day, met, failed in _sums(metric, days):
        numbers = found[tops[member].code if member in tops else ""]
        numbers[0] += met
        numbers[1] += failed
    return found


def _sums(metric: Metric, days: Days) -> list[tuple[str, date, int, int]]:
    rows = Rollup.objects.filter(
        metric=metric, axis=Axis.ISSUE, grain=Grain.MONTH, node=COMPANY, source=Source.LIVE,
        day__gte=days.first, day__lte=last_of_month(days.last),
    )  # fmt: skip
    return list(rows.values_list("member", "day", "met", "failed"))


def _tops() -> dict[str, TaxonomyNode]:
    """Node id → the top category it lies in."""
    nodes = list(TaxonomyNode.objects.of("issue"))
    tops = {node.path: node for node in nodes if node.depth == 1}
    return {str(node.pk): tops[top] for node in nodes if (top := f"/{node.path.split('/')[1]}/") in tops}
