"""Pure arithmetic behind the tags: parts of a duration, rings, intervals, sparklines, hues. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import pi

KINDS = ("neutral", "act", "urgent", "major", "ok", "ai")
RING_RADIUS = 13.0
RING_LENGTH = 2 * pi * RING_RADIUS


@dataclass(frozen=True)
class Duration:
    """A length of time as people say it: the two largest units that are not empty."""

    days: int
    hours: int
    minutes: int


def duration(length: timedelta) -> Duration:
    """Two units at most: 2 days 4 hours, 3 hours 40 minutes, 18 minutes. Sign is dropped."""
    total = int(abs(length).total_seconds()) // 60
    days, rest = divmod(total, 24 * 60)
    hours, minutes = divmod(rest, 60)
    return Duration(days, hours, 0) if days else Duration(0, hours, minutes)


def day_distance(moment: datetime, now: datetime) -> int:
    """Calendar days between two local datetimes: 0 today, -1 yesterday, 1 tomorrow."""
    return (moment.date() - now.date()).days


def share(part: float, low: float, high: float) -> float:
    """Where `part` lies between low and high, kept within 0 to 1."""
    if high <= low:
        return 0.0
    return min(1.0, max(0.0, (part - low) / (high - low)))


def ring_dash(percent: float) -> str:
    """The stroke-dasharray that draws `percent` of the ring."""
    filled = RING_LENGTH * min(100.0, max(0.0, percent)) / 100
    return f"{filled:.2f} {RING_LENGTH:.2f}"


@dataclass(frozen=True)
class Interval:
    """A bar on a 0–100 track: where the interval starts, how wide it is, the point and the target (None: no mark)."""

    start: float
    width: float
    point: float
    target: float | None


def interval(value: float, low: float, high: float, target: float | None, floor: float, ceiling: float) -> Interval:
    """Percentages of the track between floor and ceiling; an interval is never drawn thinner than 1.5 %."""
    start, end = 100 * share(low, floor, ceiling), 100 * share(high, floor, ceiling)
    width = max(1.5, end - start)
    mark = None if target is None else round(100 * share(target, floor, ceiling), 2)
    return Interval(
        round(min(start, 100 - width), 2), round(width, 2), round(100 * share(value, floor, ceiling), 2), mark
    )


def spark_points(values: Sequence[float], width: float = 100, height: float = 26) -> list[tuple[float, float]]:
    """Values as points of a small line; a flat line lies in the middle."""
    if not values:
        return []
    low, high = min(values), max(values)
    step = width / max(1, len(values) - 1)
    return [
        (round(i * step, 2), round(height / 2 if high == low else height - height * share(v, low, high), 2))
        for i, v in enumerate(values)
    ]


def initials(name: str) -> str:
    """Han: the family name's first character; Latin: first letters of the first and last word."""
    name = name.strip()
    if not name:
        return "?"
    if ord(name[0]) > 0x2E7F:
        return name[0]
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue_of(name: str) -> str:
    """The same person has the same colour everywhere; never the alarm colours."""
    calm = ("act", "ok", "ai", "neutral")
    return calm[sum(map(ord, name)) % len(calm)]


def used_percent(start: datetime, due: datetime, now: datetime) -> float:
    """How much of a clock's time is used, 0 to 100."""
    return 100 * share(now.timestamp(), start.timestamp(), due.timestamp())
