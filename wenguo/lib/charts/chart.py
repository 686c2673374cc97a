"""What a chart is, and the parts every kind shares: axes, grid, legend, colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Option = dict[str, Any]
Cell = str | int | float | None
Colour = Literal["indigo", "bamboo", "amber", "cinnabar", "dusk", "ink-3"]

# In this order for series that have no meaning of their own
COLOURS: tuple[Colour, ...] = ("indigo", "amber", "bamboo", "dusk", "cinnabar", "ink-3")


@dataclass(frozen=True)
class Series:
    """One line or set of bars: a value for each label (None where there is none) and, if given, where a click leads."""

    name: str
    values: Sequence[float | None]
    colour: Colour | None = None
    hrefs: Sequence[str] = ()

    def points(self) -> list[Any]:
        if not self.hrefs:
            return list(self.values)
        return [{"value": v, "href": h} if h else v for v, h in zip(self.values, self.hrefs, strict=True)]


@dataclass(frozen=True)
class Chart:
    """An ECharts option and the same figures as a table: read aloud, printed, exported, shown where no script runs."""

    title: str
    option: Option
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: no number, or noughts only."""
        return not any(cell for row in self.rows for cell in row[1:] if isinstance(cell, int | float))


def coloured(option: Option, palette: Mapping[str, str]) -> Option:
    """The option with every "@token" replaced by its colour in this palette. An unknown token is a KeyError."""
    put: Option = _put(option, palette)
    return put


def _put(part: Any, palette: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _put(value, palette) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_put(value, palette) for value in part]
    if isinstance(part, str) and part.startswith("@"):
        return palette[part[1:]]
    return part


def token(series: Series, place: int) -> str:
    return "@" + (series.colour or COLOURS[place % len(COLOURS)])


def base(series: Sequence[Option], *, legend: bool, trigger: str = "axis") -> Option:
    """What all charts have. Texts in the tip are drawn, not set as HTML: a name can hold anything."""
    return {
        "animation": False,
        "textStyle": {"color": "@ink-2"},
        "grid": {"left": 8, "right": 16, "top": 34 if legend else 14, "bottom": 4, "containLabel": True},
        "legend": {
            "show": legend,
            "type": "scroll",
            "top": 0,
            "left": 0,
            "itemWidth": 14,
            "textStyle": {"color": "@ink-2"},
        },
        "tooltip": {"trigger": trigger, "renderMode": "richText", "confine": True},
        "series": list(series),
    }


SLANTED_FROM = 6  # names, from which they would hide each other lying flat


def names_axis(names: Sequence[str]) -> Option:
    """Every name is shown: a bar nobody can name says nothing."""
    axis = labels_axis(names, interval=0)
    axis["axisLabel"] |= {"width": 90, "overflow": "truncate", "rotate": 40 if len(names) >= SLANTED_FROM else 0}
    return axis


def labels_axis(labels: Sequence[str], *, interval: int | None = None) -> Option:
    axis: Option = {
        "type": "category",
        "data": list(labels),
        "axisLine": {"lineStyle": {"color": "@line-strong"}},
        "axisTick": {"show": False},
        "axisLabel": {"color": "@ink-3", "hideOverlap": True},
    }
    if interval is not None:
        axis["axisLabel"]["interval"] = interval
    return axis


def values_axis(*, percent: bool = False, floor: float | None = None) -> Option:
    axis: Option = {
        "type": "value",
        "axisLabel": {"color": "@ink-3", "formatter": "{value}%" if percent else "{value}"},
        "splitLine": {"lineStyle": {"color": "@line"}},
        "minInterval": 0 if percent else 1,
    }
    if percent:
        axis["max"] = 100
    if floor is not None:
        axis["min"] = floor
    return axis


def mark_line(name: str, value: float, colour: str = "@amber") -> Option:
    """A straight line at a value: a target, a limit, a mean."""
    return {
        "silent": True,
        "symbol": "none",
        "label": {"formatter": f"{name} {value:g}".strip(), "position": "insideStartTop", "color": colour},
        "lineStyle": {"color": colour, "type": "dashed"},
        "data": [{"yAxis": value}],
    }


def table(labels: Sequence[str], series: Sequence[Series]) -> tuple[tuple[Cell, ...], ...]:
    """One row a label, one column a series."""
    columns = [_counts(one.values) for one in series]
    return tuple((label, *(column[place] for column in columns)) for place, label in enumerate(labels))


def _counts(values: Sequence[float | None]) -> Sequence[float | None]:
    """Whole numbers without “.0” where all of them are: nobody received 19.0 complaints."""
    if any(value is not None and value != int(value) for value in values):
        return values
    return [None if value is None else int(value) for value in values]
