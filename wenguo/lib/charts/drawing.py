"""Charts as pictures without a browser: ECharts in a small JavaScript engine draws SVG, resvg makes it a PNG.

For mail and documents, in a child of the worker: the engine takes about 60 MB, a chart about 50 ms.
"""

import json

from py_mini_racer import MiniRacer
from resvg_py import svg_to_bytes

from wenguo.lib.charts.chart import Chart, coloured

# The light palette of ui/static/ui/tokens.css (a test keeps the two equal)
PAPER = {
    "card": "#ffffff",
    "sunk": "#f3f1ec",
    "line": "#e6e2da",
    "line-strong": "#cfc9bd",
    "ink": "#1d222b",
    "ink-2": "#525a67",
    "ink-3": "#646b76",
    "indigo": "#2b5876",
    "indigo-soft": "#e6eef4",
    "indigo-strong": "#1f445d",
    "cinnabar": "#b23a2e",
    "amber": "#835707",
    "amber-soft": "#fbf1dc",
    "bamboo": "#35704f",
    "dusk": "#5b4b8a",
}
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"

_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(JSON.parse(option));
  const drawing = chart.renderToSVGString();
  chart.dispose();
  return drawing;
}
"""


class Pen:
    """Draws any number of charts with one engine. `library`: the text of ECharts (ui/static/ui/vendor/echarts.js)."""

    def __init__(self, library: str) -> None:
        self._engine = MiniRacer()
        self._engine.eval(library)
        self._engine.eval(_DRAW)

    def svg(self, chart: Chart, width: int = 640, height: int = 320) -> str:
        """The chart as SVG, `width` × `height` CSS pixels."""
        option = coloured(chart.option, PAPER)
        option["textStyle"] = {"fontFamily": FONTS}
        return str(self._engine.call("draw", json.dumps(option, default=float), width, height))

    def png(self, chart: Chart, width: int = 640, height: int = 320) -> bytes:
        """The chart as PNG on white, twice as many pixels as the size says."""
        return bytes(svg_to_bytes(svg_string=self.svg(chart, width, height), background="white", zoom=2))
