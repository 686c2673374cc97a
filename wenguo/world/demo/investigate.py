"""What the workshop finds and offers, by group of issue: cases.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class WayOut:
    """One thing that may be offered; `payment` says of what kind the amount is."""

    title: str
    remedy: str
    payment: str
    amount: int


@dataclass(frozen=True)
class Case:
    """Cause, chain of whys and two ways out; the first is the better one."""

    unit: str
    cause: str
    whys: tuple[str, ...]
    statement: str
    remedies: tuple[WayOut, ...]


REPLY = (
    "您反映的问题我们已经查清：{finding}。这是我们的不足，让您费心了，非常抱歉。"
    "我们的处理是：{remedy}，最迟在 {day} 前完成，由专人跟进。"
)
REPLY_EN = (
    "We have looked into it: {finding}. We are sorry for the trouble this has caused you. "
    "What we will do: {remedy}, by {day} at the latest."
)


@cache
def _cases() -> tuple[dict[str, Case], dict[str, str]]:
    """Cases by group of issue, and which group's case another group shares."""
    described = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
    cases = {group: _case(**case) for group, case in described["cases"].items()}
    return cases, described["groups"]


def _case(unit: str, cause: str, whys: list[str], statement: str, remedies: list[dict[str, Any]]) -> Case:
    ways = tuple(WayOut(**one) for one in remedies)
    return Case(unit, cause, tuple(whys), statement, ways)


def case_of(issue: str) -> Case:
    group = issue.split("-")[0]
    cases, shared = _cases()
    return cases.get(group) or cases[shared.get(group, "repair")]
