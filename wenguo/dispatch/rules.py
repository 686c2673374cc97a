"""When a routing rule fits a complaint. Pure: trees are compared by their paths, where a subtree is a prefix."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Facts:
    """What routing looks at; paths of the trees, "" where unknown."""

    product: str = ""
    issue: str = ""
    channel: str = ""
    respondent: str = ""
    importance: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Condition:
    """What a rule asks; "" and None ask nothing."""

    product: str = ""
    issue: str = ""
    channel: str = ""
    respondent: str = ""
    importance: str = ""
    is_urgent: bool | None = None


PATHS = ("product", "issue", "channel", "respondent")


class Conditional(Protocol):
    @property
    def condition(self) -> Condition: ...


RuleT = TypeVar("RuleT", bound=Conditional)


def fits(condition: Condition, facts: Facts) -> bool:
    """All that is asked holds; a place in a tree holds for everything below it."""
    inside = all(getattr(facts, name).startswith(getattr(condition, name)) for name in PATHS)
    level = condition.importance in ("", facts.importance)
    return inside and level and condition.is_urgent in (None, facts.is_urgent)


def deciding(condition: Condition) -> list[str]:
    """Names of what the rule asks, in the order they are told."""
    asked = [name for name in (*PATHS, "importance") if getattr(condition, name)]
    return [*asked, "is_urgent"] if condition.is_urgent is not None else asked


def first_that_fits(rules: Sequence[RuleT], facts: Facts) -> RuleT | None:
    """The first in their order wins."""
    return next((rule for rule in rules if fits(rule.condition, facts)), None)
