"""Charts as data: an ECharts option, the table it is drawn from, and nothing about where it is shown.

Colours are names of design tokens ("@indigo"): the browser puts the viewer's palette in, the server the light one.
A point with `href` opens its rows. Every text comes translated from the caller.
"""

from wenguo.lib.charts.chart import Cell, Chart, Colour, Option, Series, coloured
from wenguo.lib.charts.lines import bars, control_chart, forecast, pareto, trend
from wenguo.lib.charts.maps import calendar, flow, heat_map, river, tiles

__all__ = [
    "Cell",
    "Chart",
    "Colour",
    "Option",
    "Series",
    "bars",
    "calendar",
    "coloured",
    "control_chart",
    "flow",
    "forecast",
    "heat_map",
    "pareto",
    "river",
    "tiles",
    "trend",
]
