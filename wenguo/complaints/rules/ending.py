"""How a complaint ends: what the satisfaction means, when it may be closed without having been reached."""

from collections.abc import Collection
from datetime import datetime

from wenguo.complaints.choices import EndedAs

ATTEMPTS_NEEDED = 3


def ended_as(satisfaction: int | None) -> EndedAs:
    """Satisfied is 4–5 of 5 on the handling; nobody asked is counted apart."""
    if satisfaction is None:
        return EndedAs.UNASKED
    if satisfaction >= 4:
        return EndedAs.SATISFIED
    return EndedAs.NEUTRAL if satisfaction == 3 else EndedAs.DISSATISFIED


def day_part(moment: datetime) -> str:
    """Morning, afternoon or evening of a local time."""
    return "morning" if moment.hour < 12 else "afternoon" if moment.hour < 18 else "evening"


def tried_enough(attempts: Collection[datetime]) -> bool:
    """Three attempts in different day parts on at least two days (local times): twice in one morning counts once."""
    slots = {(moment.date(), day_part(moment)) for moment in attempts}
    days, parts = {day for day, _part in slots}, {part for _day, part in slots}
    return len(slots) >= ATTEMPTS_NEEDED and len(days) >= 2 and len(parts) >= 2
