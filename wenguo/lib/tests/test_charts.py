"""Charts: the table holds what is drawn, colours are tokens, a picture is made without a browser."""

import json
from datetime import date
from pathlib import Path

import pytest

from wenguo.lib import charts
from wenguo.lib.charts import Series, coloured
from wenguo.lib.charts.drawing import PAPER, Pen

WEEKS = ["W1", "W2", "W3"]
ECHARTS = Path("wenguo/ui/static/ui/vendor/echarts.js")


def test_the_table_has_a_row_for_each_label_and_a_column_for_each_series() -> None:
    chart = charts.trend("t", WEEKS, [Series("a", [1, None, 3]), Series("b", [4, 5, 6])], heading="week")
    assert chart.columns == ("week", "a", "b")
    assert chart.rows == (("W1", 1, 4), ("W2", None, 5), ("W3", 3, 6))
    assert not chart.is_empty


def test_a_chart_without_a_number_is_empty() -> None:
    assert charts.trend("t", WEEKS, [Series("a", [None, None, None])], heading="week").is_empty
    assert charts.bars("t", [], [Series("a", [])], heading="week").is_empty


def test_every_token_becomes_a_colour_of_the_palette() -> None:
    option = coloured({"a": "@indigo", "b": ["@line", {"c": "plain"}]}, PAPER)
    assert option == {"a": "#2b5876", "b": ["#e6e2da", {"c": "plain"}]}


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        coloured({"a": "@pink"}, PAPER)


def test_pareto_adds_up_and_marks_the_vital_few() -> None:
    chart = charts.pareto("p", ["a", "b", "c"], [6, 3, 1], heading="cause", names=("n", "share"), vital=2)
    assert [row[2] for row in chart.rows] == [60, 90, 100]
    assert [p["itemStyle"]["color"] for p in chart.option["series"][0]["data"]] == ["@cinnabar", "@cinnabar", "@indigo"]


def test_control_chart_marks_what_is_outside_its_limits() -> None:
    chart = charts.control_chart(
        "c", WEEKS, [5, 1, None], [(2, 8)] * 3, 5, heading="week", names=("v", "mean", "low", "high")
    )
    marks = [point["itemStyle"]["color"] for point in chart.option["series"][0]["data"]]
    assert marks == ["@indigo", "@cinnabar", "@indigo"]


def test_a_click_leads_to_the_rows() -> None:
    chart = charts.bars("b", ["x", "y"], [Series("n", [1, 2], hrefs=["/rows?x", ""])], heading="h")
    assert chart.option["series"][0]["data"] == [{"value": 1, "href": "/rows?x"}, 2]


def test_arrows_that_lead_back_are_warned_of() -> None:
    nodes = {"a": (0.0, 0.0, "A"), "b": (9.0, 0.0, "B")}
    chart = charts.flow("f", nodes, [("a", "b", 9, "1 d"), ("b", "a", 2, "")], names=("from", "to", "n", "time"))
    assert [link["lineStyle"]["color"] for link in chart.option["series"][0]["links"]] == ["@ink-3", "@cinnabar"]
    assert chart.rows == (("A", "B", 9, "1 d"), ("B", "A", 2, ""))


def test_places_without_a_value_are_shown_but_not_counted() -> None:
    chart = charts.tiles("t", {"甲": (0, 0), "乙": (1, 0)}, {"甲": 3.0}, names=("place", "n"))
    assert len(chart.option["series"][0]["data"]) == 2
    assert chart.rows == (("甲", 3.0),)


def test_the_calendar_spans_its_days() -> None:
    chart = charts.calendar(
        "c", {date(2026, 2, 3): 1, date(2026, 3, 1): 2}, names=("d", "n"), weekdays=["日"] * 7, months=["月"] * 12
    )
    assert chart.option["calendar"]["range"] == ["2026-02-03", "2026-03-01"]


def test_a_picture_is_drawn_without_a_browser() -> None:
    pen = Pen(ECHARTS.read_text())
    chart = charts.heat_map("h", ["甲", "乙"], ["x"], {(0, 0): 3.0}, heading="unit")
    assert "甲" in pen.svg(chart)
    picture = pen.png(chart, 200, 100)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20]) == 400


def test_every_option_is_plain_json() -> None:
    chart = charts.river("r", ["2026-01-01", "2026-02-01"], {"a": [1, 2], "b": [2, 1]}, heading="month")
    assert json.loads(json.dumps(chart.option)) == chart.option
