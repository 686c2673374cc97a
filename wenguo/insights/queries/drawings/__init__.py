"""Charts out of the sums: one function a chart, each from a slice. Boards are lists of their names."""

from collections.abc import Callable

from wenguo.insights.choices import Drawing
from wenguo.insights.queries.drawings.cuts import (
    channels,
    heat_cause,
    heat_issue,
    pareto_cause,
    pareto_cost,
    pareto_issue,
    pareto_product,
    units_received,
    units_timeliness,
)
from wenguo.insights.queries.drawings.places import calendar, regions
from wenguo.insights.queries.drawings.stages import funnel, process
from wenguo.insights.queries.drawings.trends import (
    expected,
    flow,
    goals,
    loops,
    received_control,
    satisfaction_control,
    scores,
    timeliness_control,
    times,
)
from wenguo.insights.queries.slices import Slice
from wenguo.lib.charts import Chart

DRAWINGS: dict[Drawing, Callable[[Slice], Chart]] = {
    Drawing.GOALS: goals,
    Drawing.FLOW: flow,
    Drawing.RECEIVED_CONTROL: received_control,
    Drawing.TIMELINESS_CONTROL: timeliness_control,
    Drawing.SATISFACTION_CONTROL: satisfaction_control,
    Drawing.FORECAST: expected,
    Drawing.PARETO_ISSUE: pareto_issue,
    Drawing.PARETO_CAUSE: pareto_cause,
    Drawing.PARETO_COST: pareto_cost,
    Drawing.PARETO_PRODUCT: pareto_product,
    Drawing.CHANNELS: channels,
    Drawing.UNITS_RECEIVED: units_received,
    Drawing.UNITS_TIMELINESS: units_timeliness,
    Drawing.HEAT_CAUSE: heat_cause,
    Drawing.HEAT_ISSUE: heat_issue,
    Drawing.FUNNEL: funnel,
    Drawing.PROCESS: process,
    Drawing.TIMES: times,
    Drawing.SCORES: scores,
    Drawing.LOOPS: loops,
    Drawing.REGIONS: regions,
    Drawing.CALENDAR: calendar,
}


def draw(names: list[str], cut: Slice) -> list[Chart]:
    """The charts of these names, in their order; a name that is gone is left out."""
    return [DRAWINGS[Drawing(name)](cut) for name in names if name in Drawing.values]
