"""Charts of the way through the stages: how many reached each and how long it took, and the way really taken."""

from django.utils.translation import gettext as _

from wenguo.insights.choices import Axis, Drawing, Metric
from wenguo.insights.queries import rollups
from wenguo.insights.queries.slices import Slice
from wenguo.lib import charts
from wenguo.lib.charts import Chart, Series
from wenguo.process.choices import Stage

_COLUMNS = 5  # stages a row of the process map
_FEWEST = 2  # of a thousand: rarer ways are left out of the drawing, never out of the table


def funnel(cut: Slice) -> Chart:
    """Complaints that reached each stage, with the mean days in it."""
    title = str(Drawing.FUNNEL.label)
    if cut.axis is not Axis.ALL:
        return charts.bars(title, [], [Series(_("reached"), [])], heading=_("Stage"))
    bars = rollups.funnel(cut)
    times = {bar.key: bar.measure for bar in rollups.by(Metric.STAGE_TIME, Axis.STAGE, cut).bars}
    means = [times[bar.key].mean if bar.key in times else None for bar in bars]
    days = [None if mean is None else round(mean / 86400, 2) for mean in means]
    names = [bar.name for bar in bars]
    reached = Series(_("reached"), [bar.measure.met for bar in bars])
    whole = charts.bars(title, names, [reached, Series(_("mean days in it"), days)], heading=_("Stage"))
    labels = [f"{name} · {_days(day)}" if day is not None else name for name, day in zip(names, days, strict=True)]
    drawn = charts.bars(title, labels, [reached], heading=_("Stage"), lying=True)
    return Chart(title, drawn.option, whole.columns, whole.rows, _("Beside each stage: mean days in it."))


def process(cut: Slice) -> Chart:
    """The process map: every move from stage to stage, how often, and the days before it. Loops lead back."""
    title, names = str(Drawing.PROCESS.label), (_("From"), _("To"), _("Times"), _("Mean days"))
    if cut.axis is not Axis.ALL:
        return charts.flow(title, {}, [], names=names)
    moves = {bar.key: bar.measure for bar in rollups.by(Metric.MOVES, Axis.STAGE, cut).bars}
    reached = {bar.key: bar.measure.met for bar in rollups.funnel(cut)}
    most = max((measure.met for measure in moves.values()), default=0)
    edges = []
    for key, measure in moves.items():
        start, _sign, end = key.partition(">")
        if measure.met * 1000 >= most * _FEWEST:
            edges.append((start, end, measure.met, f"{measure.met} · {_days((measure.mean or 0) / 86400)}"))
    used = {stage for edge in edges for stage in edge[:2]}
    nodes = {
        stage.value: (*_place(at), f"{stage.label}\n{reached.get(stage.value, 0)}")
        for at, stage in enumerate(Stage)
        if stage.value in used
    }
    kept = [edge for edge in edges if edge[0] in nodes and edge[1] in nodes]
    return charts.flow(title, nodes, kept, names=names, note=_("Arrows that lead back are loops."))


def _place(at: int) -> tuple[float, float]:
    """In rows that turn round at the end, as one reads a long chain."""
    row, column = divmod(at, _COLUMNS)
    return (column if row % 2 == 0 else _COLUMNS - 1 - column) * 190.0, row * 130.0


def _days(days: float) -> str:
    return _("%(days).1f d") % {"days": days}
