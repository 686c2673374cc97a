"""The published statistics in words: out of the row's content alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wenguo.insights.models import PublicStatistics
from wenguo.insights.queries.public import OTHERS
from wenguo.process.models.named import language_suffix


@dataclass(frozen=True)
class PublishedLine:
    """A category (or the total) with its numbers; None is a gap. `percent` of the first of two, where both are told."""

    name: str
    cells: list[tuple[str, int | None]]
    percent: float | None
    is_total: bool


@dataclass(frozen=True)
class PublishedTable:
    title: str
    about: str
    columns: list[str]
    lines: list[PublishedLine]
    has_gaps: bool
    with_percent: bool


def quarters_of(row: PublicStatistics) -> tuple[str, str]:
    """First and last day told."""
    quarters = row.content["quarters"]
    return quarters[0][0], quarters[-1][1]


def tables_of(row: PublicStatistics) -> list[PublishedTable]:
    """Volumes, timeliness, outcomes; one that is too small to be told is not there."""
    content = row.content
    quarters = [_quarter(content["quarters"][number][0]) for number in content["columns"]]
    asked = [
        ("received", _("Complaints received"), _("By category and quarter."), quarters),
        ("timely", _("Handled in time"), _("Of those due in the year."), [_("In time"), _("Late")]),
        ("upheld", _("Outcome"), _("Of those ended in the year with a finding."), [_("Upheld"), _("Not upheld")]),
    ]
    return [
        _table(row, key, title, about, columns) for key, title, about, columns in asked if content.get(key) is not None
    ]


def _table(row: PublicStatistics, key: str, title: str, about: str, columns: list[str]) -> PublishedTable:
    told, names = row.content[key], row.content["names"]
    with_percent = key != "received"
    labels = [*columns, _("Total")]
    lines = []
    for number, cells in enumerate(told["cells"]):
        is_total = number == len(told["codes"])
        code = "" if is_total else told["codes"][number]
        name = _("All categories") if is_total else _named(code, names)
        share = 100 * cells[0] / cells[-1] if with_percent and cells[0] is not None and cells[-1] else None
        lines.append(PublishedLine(name, list(zip(labels, cells, strict=True)), share, is_total))
    has_gaps = any(cell is None for line in told["cells"] for cell in line)
    return PublishedTable(title, about, labels, lines, has_gaps, with_percent)


def _named(code: str, names: dict[str, list[str]]) -> str:
    if code == OTHERS:
        return _("Other categories")
    return names[code][1 if language_suffix() == "en" else 0] if code in names else _("Not classified")


def _quarter(first: str) -> str:
    year, month, _day = first.split("-")
    return f"{year} Q{(int(month) + 2) // 3}"
