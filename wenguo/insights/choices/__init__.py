"""The figures and metrics by name, and the words of their definitions."""

from wenguo.insights.choices.boards import BOARDS, TALL, WIDE, Drawing, Often, Standard
from wenguo.insights.choices.figures import Count, Figure, Part, Period, SourceFilter
from wenguo.insights.choices.metrics import Axis, Better, Grain, Judged, Kind, LeftOut, Metric, Step

__all__ = [
    "BOARDS",
    "TALL",
    "WIDE",
    "Axis",
    "Better",
    "Count",
    "Drawing",
    "Figure",
    "Grain",
    "Judged",
    "Kind",
    "LeftOut",
    "Metric",
    "Often",
    "Part",
    "Period",
    "SourceFilter",
    "Standard",
    "Step",
]
