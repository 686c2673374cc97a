"""Metrics defined by form: what a definition may say, and when it makes no sense. `lake.own` turns it into counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wenguo.insights.choices import Better, Judged, Kind
from wenguo.insights.rules.metrics import MAIN_CUTS, MetricRule


class Type(StrEnum):
    """What a column holds, and so what may be asked of it."""

    TEXT = "text"
    NUMBER = "number"
    YES = "yes"
    TIME = "time"
    PATH = "path"


class Op(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    UNDER = "under"  # this node of the tree and all below it
    FILLED = "filled"
    EMPTY = "empty"


OPS: dict[Type, tuple[Op, ...]] = {
    Type.TEXT: (Op.IS, Op.IS_NOT, Op.FILLED, Op.EMPTY),
    Type.NUMBER: (Op.IS, Op.IS_NOT, Op.AT_LEAST, Op.AT_MOST, Op.FILLED, Op.EMPTY),
    Type.YES: (Op.IS, Op.FILLED, Op.EMPTY),
    Type.TIME: (Op.FILLED, Op.EMPTY),
    Type.PATH: (Op.UNDER, Op.FILLED, Op.EMPTY),
}
_T, _N, _Y, _W, _P = Type.TEXT, Type.NUMBER, Type.YES, Type.TIME, Type.PATH
# The columns a form offers: those of the facts that mean something to a reader
COLUMNS: dict[str, dict[str, Type]] = {
    "complaint": {
        "received_at": _W, "first_answer_at": _W, "handled_at": _W, "ended_at": _W,
        "status": _T, "stage": _T, "importance": _T, "ended_as": _T, "province": _T,
        "channel_path": _P, "product_path": _P, "issue_path": _P, "cause_path": _P,
        "is_urgent": _Y, "is_safety": _Y, "is_vulnerable": _Y, "is_disputed": _Y, "is_anonymous": _Y,
        "is_upheld": _Y, "reply_accepted": _Y, "is_merged": _Y, "is_key_customer": _Y, "at_first_contact": _Y,
        "is_reweighed": _Y, "satisfaction": _N, "round": _N, "chased": _N, "reopened": _N, "misdispatched": _N,
        "replies_refused": _N, "contact_seconds": _N, "compensation": _N, "cost": _N,
    },
    "clock": {"started_at": _W, "due_at": _W, "stopped_at": _W, "rule": _T, "stage": _T, "state": _T,
              "duty_holder": _T, "extended_by": _N},
    "survey": {"asked_at": _W, "answered_at": _W, "way": _T, "state": _T, "round": _N, "number": _N, "handling": _N,
               "result": _N, "product": _N, "is_solved": _Y},
    "action": {"at": _W, "promised_at": _W, "done_at": _W, "what": _T, "label": _P, "amount": _N},
    "event": {"at": _W, "event": _T, "from_stage": _T, "to_stage": _T, "from_status": _T, "to_status": _T,
              "stage_seconds": _N},
    "contact": {"at": _W, "direction": _T, "seconds": _N},
}  # fmt: skip
KINDS = (Kind.RATE, Kind.SHARE, Kind.COUNT, Kind.SCORE, Kind.MONEY, Kind.TIME)
_SUMMED = (Kind.SCORE, Kind.MONEY, Kind.TIME)
_SPLIT = (Kind.RATE, Kind.SHARE)


@dataclass(frozen=True)
class Condition:
    column: str
    op: Op
    value: str = ""


@dataclass(frozen=True)
class Definition:
    """Rows of `fact` that hold `where` count on the day of `day`; `met` says which reach the goal.

    `left_out` are shown beside the rate. `value` is the number summed up, for scores, amounts and times.
    """

    fact: str
    day: str
    kind: Kind
    where: tuple[Condition, ...] = ()
    met: tuple[Condition, ...] = ()
    left_out: tuple[Condition, ...] = ()
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = {name: str(getattr(self, name)) for name in ("fact", "day", "kind", "value")}
        for name in ("where", "met", "left_out"):
            plain[name] = [[one.column, one.op.value, one.value] for one in getattr(self, name)]
        return plain


@dataclass(frozen=True)
class OwnRule(MetricRule):
    """A row of the registry that carries its own definition."""

    definition: Definition = field(default_factory=lambda: Definition("", "", Kind.COUNT))


def definition_of(stored: Mapping[str, Any]) -> Definition:
    """Read back what `as_json` wrote."""
    conditions = {name: _conditions(stored.get(name, ())) for name in ("where", "met", "left_out")}
    return Definition(stored["fact"], stored["day"], Kind(stored["kind"]), **conditions, value=stored.get("value", ""))


def _conditions(stored: Sequence[Sequence[str]]) -> tuple[Condition, ...]:
    return tuple(Condition(column, Op(op), value) for column, op, value in stored)


def fault_of(definition: Definition) -> str:
    """The part that makes no sense (`fact`, `day`, `where`, `met`, `left_out`, `value`); empty where all does."""
    columns = COLUMNS.get(definition.fact)
    if columns is None:
        return "fact"
    if columns.get(definition.day) is not Type.TIME:
        return "day"
    for part in ("where", "met", "left_out"):
        if not all(_makes_sense(one, columns) for one in getattr(definition, part)):
            return part
    if bool(definition.met) != (definition.kind in _SPLIT):
        return "met"
    summed = definition.kind in _SUMMED
    return "" if (columns.get(definition.value) is Type.NUMBER) == summed == bool(definition.value) else "value"


def _makes_sense(one: Condition, columns: Mapping[str, Type]) -> bool:
    kind = columns.get(one.column)
    if kind is None or one.op not in OPS[kind]:
        return False
    if one.op in (Op.FILLED, Op.EMPTY):
        return one.value == ""
    if kind is Type.NUMBER:
        return one.value.lstrip("-").isdigit()
    if kind is Type.YES:
        return one.value in ("yes", "no")
    return bool(one.value)


def own_rule(
    key: str, stored: Mapping[str, Any], version: int, judged: str, better: str, target: float | None
) -> OwnRule:
    """The registry's row for a metric defined by form."""
    definition = definition_of(stored)
    return OwnRule(
        key, definition.kind, Judged(judged), Better(better), target, MAIN_CUTS, version=version, source="form",
        definition=definition,
    )  # fmt: skip
