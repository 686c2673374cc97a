"""Metrics a company defined by form: the same shape of contributions, out of data instead of code."""

from collections.abc import Mapping, Sequence

import ibis
from ibis import Table
from ibis.expr.types import BooleanValue

from wenguo.insights.choices import LeftOut
from wenguo.insights.lake.contribution import gives
from wenguo.insights.rules import MetricRule
from wenguo.insights.rules.own import COLUMNS, Condition, Op, OwnRule, Type


def own_expression(rule: MetricRule, facts: Mapping[str, Table]) -> Table:
    """What `expressions` writes by hand for our own metrics."""
    if not isinstance(rule, OwnRule):
        raise KeyError(rule.key)
    asked = rule.definition
    rows = facts[asked.fact]
    types = COLUMNS[asked.fact]
    rows = rows.filter(_all(asked.where, rows, types))
    out = _all(asked.left_out, rows, types) if asked.left_out else ibis.literal(False)
    part = ibis.cases((out, "left_out"), (_all(asked.met, rows, types), "met"), else_="failed")
    value = ibis.coalesce(rows[asked.value], 0) if asked.value else 0
    return gives(rows, rows[asked.day], part, value=value, reason=LeftOut.ASKED)


def _all(conditions: Sequence[Condition], rows: Table, types: Mapping[str, Type]) -> BooleanValue:
    """Every condition holds; what is unknown does not."""
    found: BooleanValue = ibis.literal(True)
    for one in conditions:
        found = found & ibis.coalesce(_holds(one, rows, types[one.column]), False)
    return found


def _holds(one: Condition, rows: Table, kind: Type) -> BooleanValue:
    column = rows[one.column]
    if one.op in (Op.FILLED, Op.EMPTY):
        filled = column.notnull() & (column != "") if kind in (Type.TEXT, Type.PATH) else column.notnull()
        return filled if one.op is Op.FILLED else ~filled
    if kind is Type.PATH:
        return column.startswith(one.value)
    value = {Type.NUMBER: lambda: int(one.value), Type.YES: lambda: one.value == "yes"}.get(kind, lambda: one.value)()
    return {
        Op.IS: lambda: column == value,
        Op.IS_NOT: lambda: column != value,
        Op.AT_LEAST: lambda: column >= value,
        Op.AT_MOST: lambda: column <= value,
    }[one.op]()
