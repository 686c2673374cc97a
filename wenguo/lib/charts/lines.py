"""Charts along one axis: trend, bars, Pareto, control chart, forecast with its interval."""

from collections.abc import Sequence

from wenguo.lib.charts.chart import (
    SLANTED_FROM,
    Chart,
    Option,
    Series,
    base,
    labels_axis,
    mark_line,
    names_axis,
    table,
    token,
    values_axis,
)


def trend(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    heading: str,
    percent: bool = False,
    target: tuple[str, float] | None = None,
    floor: float | None = None,
    note: str = "",
) -> Chart:
    """Lines over time. `heading` names the first column of the table, `target` is (name, value)."""
    drawn: list[Option] = [
        {
            "type": "line",
            "name": one.name,
            "data": one.points(),
            "symbol": "circle",
            "symbolSize": 6,
            "showSymbol": len(labels) <= 40,
            "lineStyle": {"width": 2},
            "itemStyle": {"color": token(one, place)},
        }
        for place, one in enumerate(series)
    ]
    if target and drawn:
        drawn[0]["markLine"] = mark_line(*target)
    option = base(drawn, legend=len(series) > 1)
    option["xAxis"] = labels_axis(labels)
    option["yAxis"] = values_axis(percent=percent, floor=floor)
    if percent and max((value for one in series for value in one.values if value is not None), default=100) < 50:
        del option["yAxis"]["max"]  # small shares fill the drawing, too
    return Chart(title, option, (heading, *(one.name for one in series)), table(labels, series), note)


def bars(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    heading: str,
    stacked: bool = False,
    lying: bool = False,
    note: str = "",
) -> Chart:
    """Bars, standing or lying (first label on top)."""
    drawn = [
        {
            "type": "bar",
            "name": one.name,
            "data": one.points(),
            "barMaxWidth": 28,
            "itemStyle": {"color": token(one, place), "borderRadius": 0 if stacked else 3},
            **({"stack": "all"} if stacked else {}),
        }
        for place, one in enumerate(series)
    ]
    option = base(drawn, legend=len(series) > 1)
    names, values = labels_axis(labels, interval=0 if lying else None), values_axis()
    if lying:
        names["inverse"] = True
        names["axisLabel"] |= {"width": 150, "overflow": "truncate"}
    option["xAxis"], option["yAxis"] = (values, names) if lying else (names, values)
    return Chart(title, option, (heading, *(one.name for one in series)), table(labels, series), note)


def pareto(
    title: str,
    labels: Sequence[str],
    values: Sequence[float],
    *,
    heading: str,
    names: tuple[str, str],
    vital: int,
    hrefs: Sequence[str] = (),
    note: str = "",
) -> Chart:
    """Values in falling order with their cumulative share in percent; the first `vital` are coloured as the vital few.

    `names`: what is counted, and the name of the cumulative share.
    """
    total, running, shares = sum(values), 0.0, list[float | None]()
    for value in values:
        running += value
        shares.append(round(100 * running / total, 1) if total else None)
    counted, cumulative = Series(names[0], values, "indigo", hrefs), Series(names[1], shares, "amber")
    points = counted.points()
    few = [
        {
            **(p if isinstance(p, dict) else {"value": p}),
            "itemStyle": {"color": "@cinnabar" if i < vital else "@indigo"},
        }
        for i, p in enumerate(points)
    ]
    drawn: list[Option] = [
        {"type": "bar", "name": counted.name, "data": few, "barMaxWidth": 36, "itemStyle": {"color": "@indigo"}},
        {
            "type": "line",
            "name": cumulative.name,
            "data": shares,
            "yAxisIndex": 1,
            "itemStyle": {"color": "@amber"},
            "markLine": mark_line("", 80),
        },
    ]
    option = base(drawn, legend=True)
    option["xAxis"] = names_axis(labels)
    if len(labels) >= SLANTED_FROM:
        option["grid"]["left"] = 40  # the first name leans out to the left
    right = values_axis(percent=True, floor=0)
    right["splitLine"] = {"show": False}
    option["yAxis"] = [values_axis(), right]
    return Chart(title, option, (heading, *names), table(labels, (counted, cumulative)), note)


def control_chart(
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    limits: Sequence[tuple[float | None, float | None]],
    centre: float,
    *,
    heading: str,
    names: tuple[str, str, str, str],
    percent: bool = False,
    floor: float | None = None,
    hrefs: Sequence[str] = (),
    note: str = "",
) -> Chart:
    """Values with their centre line and control limits (lower, upper) at each label; points outside are marked.

    `names`: value, centre, lower limit, upper limit.
    """
    value = Series(names[0], values, "indigo", hrefs)
    lower = Series(names[2], [low for low, _ in limits], "ink-3")
    upper = Series(names[3], [high for _, high in limits], "ink-3")
    points = [
        {
            **(p if isinstance(p, dict) else {"value": p}),
            "itemStyle": {"color": "@cinnabar" if _outside(v, limit) else "@indigo"},
            "symbolSize": 10 if _outside(v, limit) else 6,
        }
        for p, v, limit in zip(value.points(), values, limits, strict=True)
    ]
    line: Option = {
        "type": "line",
        "name": value.name,
        "data": points,
        "symbol": "circle",
        "itemStyle": {"color": "@indigo"},
        "lineStyle": {"width": 2, "color": "@indigo"},
        "markLine": mark_line(names[1], round(centre, 2), "@bamboo"),
    }
    drawn = [line, *(_limit(one) for one in (lower, upper))]
    option = base(drawn, legend=True)
    option["xAxis"], option["yAxis"] = labels_axis(labels), values_axis(percent=percent, floor=floor)
    option["yAxis"]["minInterval"] = 0
    columns = (heading, names[0], names[2], names[3])
    return Chart(title, option, columns, table(labels, (value, lower, upper)), note)


def forecast(
    title: str,
    labels: Sequence[str],
    past: Sequence[float | None],
    ahead: Sequence[float | None],
    band: Sequence[tuple[float, float] | None],
    *,
    heading: str,
    names: tuple[str, str, str, str],
    note: str = "",
) -> Chart:
    """What was and what is expected, with its interval as a band. All sequences as long as `labels`.

    `names`: past, expected, low, high.
    """
    low = [None if b is None else b[0] for b in band]
    width = [None if b is None else b[1] - b[0] for b in band]
    hidden: Option = {"type": "line", "stack": "band", "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True}
    series = (Series(names[0], past, "indigo"), Series(names[1], ahead, "amber"))
    drawn: list[Option] = [
        {**hidden, "data": low, "tooltip": {"show": False}},
        {**hidden, "data": width, "areaStyle": {"color": "@amber-soft"}, "tooltip": {"show": False}},
    ]
    for place, one in enumerate(series):
        style = {"width": 2, "type": "dashed" if place else "solid"}
        drawn.append(
            {
                "type": "line",
                "name": one.name,
                "data": list(one.values),
                "symbolSize": 5,
                "lineStyle": style,
                "itemStyle": {"color": token(one, place)},
            }
        )
    option = base(drawn, legend=True)
    option["legend"]["data"] = [one.name for one in series]
    option["xAxis"], option["yAxis"] = labels_axis(labels), values_axis(floor=0)
    edges = (Series(names[2], low), Series(names[3], [None if b is None else b[1] for b in band]))
    return Chart(title, option, (heading, *names), table(labels, (*series, *edges)), note)


def _outside(value: float | None, limit: tuple[float | None, float | None]) -> bool:
    low, high = limit
    return value is not None and ((low is not None and value < low) or (high is not None and value > high))


def _limit(one: Series) -> Option:
    return {
        "type": "line",
        "name": one.name,
        "data": list(one.values),
        "step": "middle",
        "symbol": "none",
        "lineStyle": {"type": "dashed", "width": 1, "color": "@ink-3"},
        "itemStyle": {"color": "@ink-3"},
    }
