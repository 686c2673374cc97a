"""Charts over two axes: heat map, calendar, tile grid of regions, river of topics, process map."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wenguo.lib.charts.chart import COLOURS, Cell, Chart, Option, Series, base, labels_axis, names_axis, table

_HEAT = ["@sunk", "@indigo-soft", "@indigo", "@indigo-strong"]


def heat_map(
    title: str,
    across: Sequence[str],
    down: Sequence[str],
    values: Mapping[tuple[int, int], float],
    *,
    heading: str,
    hrefs: Mapping[tuple[int, int], str] | None = None,
    note: str = "",
) -> Chart:
    """A cell for each (place across, place down). A pair without a value is left empty."""
    links = hrefs or {}
    points = [
        {"value": [x, y, value], **({"href": links[x, y]} if (x, y) in links else {})}
        for (x, y), value in values.items()
    ]
    drawn: Option = {"type": "heatmap", "data": points, "label": {"show": len(points) <= 150}, "name": title}
    option = base([drawn], legend=False, trigger="item")
    option["xAxis"], option["yAxis"] = names_axis(across), labels_axis(down, interval=0)
    option["yAxis"]["inverse"] = True
    option["yAxis"]["axisLabel"] |= {"width": 130, "overflow": "truncate"}
    option["visualMap"] = _visual(values.values())
    rows = tuple((name, *(values.get((x, y)) for x in range(len(across)))) for y, name in enumerate(down))
    return Chart(title, option, (heading, *across), rows, note)


def calendar(
    title: str, days: Mapping[date, float], *, names: tuple[str, str], weekdays: Sequence[str], months: Sequence[str]
) -> Chart:
    """A square a day over whole months. `names`: day, what is counted; weekdays from Sunday, months from January."""
    drawn: Option = {
        "type": "heatmap",
        "coordinateSystem": "calendar",
        "data": [[day.isoformat(), value] for day, value in sorted(days.items())],
    }
    option = base([drawn], legend=False, trigger="item")
    first, last = (min(days), max(days)) if days else (date(2000, 1, 1), date(2000, 1, 31))
    option["calendar"] = {
        "range": [first.isoformat(), last.isoformat()],
        "top": 24,
        "left": 34,
        "right": 8,
        "bottom": 4,
        "cellSize": ["auto", "auto"],
        "itemStyle": {"color": "@card", "borderColor": "@line"},
        "splitLine": {"lineStyle": {"color": "@line-strong"}},
        "dayLabel": {"nameMap": list(weekdays), "firstDay": 1, "color": "@ink-3"},
        "monthLabel": {"nameMap": list(months), "color": "@ink-3"},
        "yearLabel": {"show": False},
    }
    option["visualMap"] = _visual(days.values())
    return Chart(title, option, names, tuple((day.isoformat(), value) for day, value in sorted(days.items())))


def tiles(
    title: str,
    places: Mapping[str, tuple[int, int]],
    values: Mapping[str, float],
    *,
    names: tuple[str, str],
    hrefs: Mapping[str, str] | None = None,
    note: str = "",
) -> Chart:
    """Regions as a grid of equal tiles: `places` gives each its column and row; one without a value is shown empty."""
    links = hrefs or {}
    points = [
        {
            "name": name,
            "value": [x, y, values.get(name, 0)],
            "label": {"formatter": f"{name}\n{values[name]:g}" if name in values else name},
            **({"href": links[name]} if name in links else {}),
            **({} if name in values else {"visualMap": False, "itemStyle": {"color": "@sunk"}}),
        }
        # Those with a value first: on a small map they keep their names, and what overlaps them is left out
        for name, (x, y) in sorted(places.items(), key=lambda place: place[0] not in values)
    ]
    drawn: Option = {
        "type": "heatmap",
        "data": points,
        "label": {"show": True, "fontSize": 11},
        "labelLayout": {"hideOverlap": True},
        "itemStyle": {"borderWidth": 2, "borderColor": "@card", "borderRadius": 4},
    }
    option = base([drawn], legend=False, trigger="item")
    wide, high = max(x for x, _ in places.values()) + 1, max(y for _, y in places.values()) + 1
    hidden: Option = {"type": "category", "show": False}
    option["xAxis"] = {**hidden, "data": list(range(wide))}
    option["yAxis"] = {**hidden, "data": list(range(high)), "inverse": True}
    option["visualMap"] = _visual(values.values())
    rows: tuple[tuple[Cell, ...], ...] = tuple((n, values[n]) for n in sorted(values, key=lambda n: -values[n]))
    return Chart(title, option, names, rows, note)


def river(
    title: str, labels: Sequence[str], streams: Mapping[str, Sequence[float]], *, heading: str, note: str = ""
) -> Chart:
    """How much of each stream at each label (ISO days), the widths stacked around the middle."""
    drawn: Option = {
        "type": "themeRiver",
        "data": [
            [label, values[place], name] for name, values in streams.items() for place, label in enumerate(labels)
        ],
        "label": {"show": False},
        "color": ["@" + colour for colour in COLOURS],
    }
    option = base([drawn], legend=True)
    option["singleAxis"] = {
        "type": "time",
        "top": 40,
        "bottom": 28,
        "axisLabel": {"color": "@ink-3", "formatter": "{yyyy}-{MM}"},
        "axisLine": {"lineStyle": {"color": "@line-strong"}},
    }
    series = [Series(name, values) for name, values in streams.items()]
    rows = table(labels, series)
    return Chart(title, option, (heading, *streams), rows, note)


def flow(
    title: str,
    nodes: Mapping[str, tuple[float, float, str]],
    edges: Sequence[tuple[str, str, int, str]],
    *,
    names: tuple[str, str, str, str],
    note: str = "",
) -> Chart:
    """A process map: nodes at (x, y) with a label, arrows (from, to, how often, label) as thick as they are frequent.

    An arrow that leads back is curved and drawn in the colour of a warning. `names`: from, to, how often, label.
    """
    most = max((count for _, _, count, _ in edges), default=1)
    at = list(nodes)
    drawn: Option = {
        "type": "graph",
        "layout": "none",
        "roam": True,
        "symbol": "roundRect",
        "symbolSize": [96, 40],
        "label": {"show": True, "color": "@ink", "lineHeight": 14, "fontSize": 11},
        "itemStyle": {"color": "@indigo-soft", "borderColor": "@indigo"},
        "edgeSymbol": ["none", "arrow"],
        "edgeSymbolSize": 8,
        "data": [{"name": key, "x": x, "y": y, "label": {"formatter": label}} for key, (x, y, label) in nodes.items()],
        "links": [
            {
                "source": start,
                "target": end,
                "value": count,
                "label": {"show": True, "formatter": label, "fontSize": 10, "color": "@ink-3"},
                "lineStyle": {
                    "width": 1 + 7 * count / most,
                    "color": "@cinnabar" if at.index(end) <= at.index(start) else "@ink-3",
                    "curveness": 0.35 if at.index(end) <= at.index(start) else 0.05,
                },
            }
            for start, end, count, label in edges
        ],
    }
    option = base([drawn], legend=False, trigger="item")
    texts = {key: label.replace("\n", " ") for key, (_, _, label) in nodes.items()}
    rows = tuple((texts[start], texts[end], count, label) for start, end, count, label in edges)
    return Chart(title, option, names, rows, note)


def _visual(values: Iterable[float]) -> Option:
    """The scale from nothing to the largest value."""
    return {"show": False, "min": 0, "max": max(values, default=1) or 1, "inRange": {"color": _HEAT}}
