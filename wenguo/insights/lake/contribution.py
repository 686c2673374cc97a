"""What a contribution to a metric is made of: its parts, its moment, its value."""

import ibis
from ibis import Table, _
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, TimestampValue

from wenguo.insights.choices import LeftOut


def part_of(*cases: tuple[BooleanValue, str]) -> StringValue:
    """The part of the first case that holds."""
    return ibis.cases(*cases)


def gives(
    rows: Table,
    at: TimestampValue,
    part: StringValue | str,
    *,
    value: IntegerValue | int = 0,
    reason: LeftOut | None = None,
    stage: StringValue | str = "",
) -> Table:
    """Contributions of rows whose moment and part are known."""
    said = rows.mutate(at=at, part=ibis.literal(part) if isinstance(part, str) else part)
    return said.filter(_.at.notnull() & _.part.notnull()).select(
        _.complaint,
        _.at,
        _.part,
        value=(ibis.literal(value) if isinstance(value, int) else value).cast("int64"),
        reason=ibis.cases((_.part == "left_out", reason.value if reason else ""), else_=""),
        stage=ibis.literal(stage) if isinstance(stage, str) else stage,
    )


def seconds_between(start: TimestampValue, end: TimestampValue) -> IntegerValue:
    """Whole seconds; engines differ in what they make of parts of one, and Ibis takes any for whole."""
    return whole_seconds(end) - whole_seconds(start)


def whole_seconds(moment: TimestampValue) -> IntegerValue:
    return moment.epoch_seconds().cast("float64").floor().cast("int64")
