"""Figures out of the sums, and the rows behind them out of the live tables. Nothing here imports an engine."""

from wenguo.insights.queries.cohorts import Asked
from wenguo.insights.queries.counts import annex_h, count_rows
from wenguo.insights.queries.figures import Shown, figures, goals, rows_of

__all__ = ["Asked", "Shown", "annex_h", "count_rows", "figures", "goals", "rows_of"]
