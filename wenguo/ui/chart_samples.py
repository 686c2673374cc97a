"""One chart of each kind for the gallery. The figures are drawn from a sine, and mean nothing."""

from datetime import date, timedelta
from math import sin

from wenguo.lib import charts
from wenguo.lib.charts import Chart, Series

_WEEKS = [f"W{week}" for week in range(31, 47)]
_UNITS = ["上海服务站", "杭州经销商", "总部客服", "成都服务站"]
_CAUSES = ["变速箱", "异响", "漏油", "服务态度", "交付延期"]
_MONTHS = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]


def samples() -> list[Chart]:
    return [*_over_time(), *_over_places()]


def _over_time() -> list[Chart]:
    wave = [round(90 + 6 * sin(place), 1) for place in range(len(_WEEKS))]
    counts = [round(40 + 18 * sin(place * 1.7)) for place in range(len(_WEEKS))]
    return [
        charts.trend(
            "及时率", _WEEKS, [Series("及时率", wave)], heading="周", percent=True, target=("目标", 95), floor=70
        ),
        charts.bars(
            "收到与办结", _WEEKS, [Series("收到", counts), Series("办结", counts[::-1], "bamboo")], heading="周"
        ),
        charts.pareto(
            "原因",
            _CAUSES,
            [120, 64, 30, 12, 5],
            heading="原因",
            names=("件数", "累计占比"),
            vital=2,
            note="前 2 类占 80 %",
        ),
        charts.control_chart(
            "每千台投诉",
            _WEEKS,
            [c / 10 for c in counts],
            [(2.4, 5.6)] * len(_WEEKS),
            4.0,
            heading="周",
            names=("每千台", "均值", "下限", "上限"),
        ),
        charts.forecast(
            "预测",
            _WEEKS,
            [*counts[:12], *[None] * 4],
            [*[None] * 11, *counts[11:]],
            [*[None] * 11, *((c - 6 - i, c + 6 + i) for i, c in enumerate(counts[11:]))],
            heading="周",
            names=("实际", "预测", "下限", "上限"),
        ),
    ]


def _over_places() -> list[Chart]:
    days = {date(2026, 8, 3) + timedelta(days=n): round(8 + 7 * sin(n / 3)) for n in range(110)}
    cells = {(x, y): round(20 + 19 * sin(3 * x + 5 * y)) for x in range(len(_CAUSES)) for y in range(len(_UNITS))}
    return [
        charts.heat_map("单位 × 原因", _CAUSES, _UNITS, cells, heading="单位"),
        charts.calendar(
            "每天收到",
            days,
            names=("日期", "件数"),
            weekdays=["日", "一", "二", "三", "四", "五", "六"],
            months=_MONTHS,
        ),
        charts.tiles(
            "地区",
            {"北京": (2, 0), "上海": (3, 1), "浙江": (3, 2), "四川": (0, 2), "广东": (2, 3)},
            {"上海": 42, "浙江": 31, "四川": 12},
            names=("地区", "件数"),
        ),
        charts.river(
            "话题",
            [f"2026-{month:02}-01" for month in range(4, 12)],
            {name: [round(12 + 9 * sin(i + 2 * place)) for i in range(8)] for place, name in enumerate(_CAUSES[:4])},
            heading="月",
        ),
        charts.flow(
            "流程",
            {
                "a": (0, 0, "受理\n120"),
                "b": (220, 0, "核实\n110"),
                "c": (440, 60, "答复\n104"),
                "d": (660, 0, "回访\n98"),
            },
            [("a", "b", 110, "0.4 天"), ("b", "c", 104, "2.1 天"), ("c", "d", 98, "1 天"), ("c", "b", 14, "退回 14")],
            names=("从", "到", "次数", "用时"),
        ),
    ]
