"""A whole process as one file: its parts side by side with those of the house. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wenguo.process.rules import Difference, differences

FORMAT = "wenguo.process/1"
Keyed = dict[str, dict[str, object]]


@dataclass(frozen=True)
class PartPlan:
    """What one part of a file would do: names of what is new, fields that differ, how many say the same."""

    part: str
    new: tuple[str, ...]
    changed: tuple[Difference, ...]
    unchanged: int
    changed_things: int

    @property
    def is_empty(self) -> bool:
        return not self.new and not self.changed


def keyed(pack: Mapping[str, Any]) -> dict[str, Keyed]:
    """The parts of a file, each thing under its name: stages, calendars and rules by code, nodes by tree and code."""
    standard = pack.get("standard") or {}
    whole = {name: value for name, value in standard.items() if name != "stages"}
    stages = {str(row["stage"]): row for row in standard.get("stages", [])}
    return {
        "standard": _plain({**({"": whole} if whole else {}), **stages}, "stage"),
        "calendars": _plain({row["code"]: row for row in pack.get("calendars", [])}, "code"),
        "clock_rules": _plain({row["code"]: row for row in pack.get("clock_rules", [])}, "code"),
        "trees": _plain(
            {f"{kind} · {row['code']}": row for kind, rows in pack.get("trees", {}).items() for row in rows}, "code"
        ),
        "authority": _plain({str(row["role"]): row for row in pack.get("authority", [])}, "role"),
    }


def plan_parts(given: Mapping[str, Any], present: Mapping[str, Any]) -> list[PartPlan]:
    """What a file would add and change. What it does not name stays."""
    ours = keyed(present)
    return [_plan(part, wanted, ours[part]) for part, wanted in keyed(given).items() if wanted]


def _plan(part: str, wanted: Keyed, ours: Keyed) -> PartPlan:
    new = tuple(name for name in wanted if name not in ours)
    found = {name: differences(name, ours[name], wanted[name]) for name in wanted if name in ours}
    changed = tuple(one for rows in found.values() for one in rows)
    things = sum(1 for rows in found.values() if rows)
    return PartPlan(part, new, changed, len(wanted) - len(new) - things, things)


def _plain(rows: Mapping[str, Mapping[str, Any]], name: str) -> Keyed:
    return {
        str(key): {field: _value(value) for field, value in row.items() if field != name} for key, row in rows.items()
    }


def _value(value: Any) -> object:
    """As the export and a checked file both say it: choices and dates as text, pairs as lists."""
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_value(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value if value is None or isinstance(value, bool | int | float) else str(value)
