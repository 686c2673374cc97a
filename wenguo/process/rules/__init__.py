"""Pure pieces of the process standard: which clock rules apply, what a limit means, how versions differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol, TypeVar

from wenguo.lib.workcalendar import Windows

Facts = Mapping[str, object]
WindowTexts = Sequence[Sequence[str]]


class Dated(Protocol):
    """What choosing a clock rule needs to know of it."""

    @property
    def code(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def applies_when(self) -> Any: ...


RuleT = TypeVar("RuleT", bound=Dated)


def applies(condition: Mapping[str, Any], facts: Facts) -> bool:
    """All keys must hold: a value, one of a list, or {"min": …, "max": …}. A fact that is missing does not hold.

    A fact may itself be a list (remedies sought): then one of its members has to fit.
    """
    return all(key in facts and _holds(wanted, facts[key]) for key, wanted in condition.items())


def _holds(wanted: Any, fact: object) -> bool:
    if isinstance(fact, list | tuple | set | frozenset):
        return any(_holds(wanted, one) for one in fact)
    if isinstance(wanted, Mapping):
        if not isinstance(fact, int | float):
            return False
        return bool(wanted.get("min", fact) <= fact <= wanted.get("max", fact))
    return fact in wanted if isinstance(wanted, list) else fact == wanted


def newest_that_apply(rules: Iterable[RuleT], facts: Facts) -> list[RuleT]:
    """One version of each code, the newest, where its condition holds; in the order of the codes."""
    newest: dict[str, RuleT] = {}
    for rule in rules:
        if rule.code not in newest or newest[rule.code].version < rule.version:
            newest[rule.code] = rule
    return [rule for _code, rule in sorted(newest.items()) if applies(rule.applies_when, facts)]


def as_time(text: str) -> time:
    """`24:00` is midnight at the end of the day, kept as 00:00."""
    return time(0) if text == "24:00" else time.fromisoformat(text)


def as_windows(texts: WindowTexts) -> Windows:
    return tuple((as_time(begin), as_time(end)) for begin, end in texts)


def window_fault(texts: WindowTexts) -> str:
    """ "" when the windows of a day are in order and apart; else what is wrong: form, backwards or overlap."""
    last = ""
    for pair in texts:
        try:
            begin, end = (_minutes(text) for text in pair)
        except ValueError:
            return "form"
        if end <= begin:
            return "backwards"
        if last and begin < last:
            return "overlap"
        last = end
    return ""


def _minutes(text: str) -> str:
    """`HH:MM`, comparable as text."""
    if text != "24:00":
        time.fromisoformat(text)
        if len(text) != 5:
            raise ValueError(text)
    return text


def parse_windows(text: str) -> list[list[str]]:
    """`08:30-12:00, 13:00-17:30` as pairs; raises ValueError on anything else. Chinese punctuation is fine."""
    plain = text.translate(str.maketrans("，、；：–—~～", ",,;:----")).replace(";", ",")
    pairs = [[part.strip() for part in piece.split("-")] for piece in plain.split(",") if piece.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(text)
    return [[begin.zfill(5), end.zfill(5)] for begin, end in pairs]


def windows_text(texts: WindowTexts) -> str:
    return ", ".join(f"{begin}-{end}" for begin, end in texts)


@dataclass(frozen=True)
class Difference:
    """One field that is not the same in two versions; `where` is the stage, or empty for the standard itself."""

    where: str
    field: str
    before: object
    after: object


def differences(where: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Difference]:
    """Fields of `after` that differ, in its order."""
    return [Difference(where, key, before.get(key), value) for key, value in after.items() if before.get(key) != value]


def day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def path_of(code: str, parent_path: str = "/") -> str:
    """`/drivetrain/gearbox/`: a subtree is a prefix."""
    return f"{parent_path or '/'}{code}/"


def moved_path(path: str, old_root: str, new_root: str) -> str:
    """The path of a node after the subtree at `old_root` went to `new_root`."""
    return new_root + path[len(old_root) :]
