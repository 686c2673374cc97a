"""Stages 13 and 14, and oversight of running complaints."""

from wenguo.supervision.actions.erase import forget
from wenguo.supervision.actions.inspect import draw_inspections, inspect_complaint
from wenguo.supervision.actions.mark import mark_improvement
from wenguo.supervision.actions.oversight import answer_oversight, order_oversight

__all__ = ["answer_oversight", "draw_inspections", "forget", "inspect_complaint", "mark_improvement", "order_oversight"]
