"""Who is called back and when. Pure."""

import hashlib
from datetime import timedelta

from wenguo.process.choices import Importance

DUE_FROM = timedelta(days=3)
DUE_UNTIL = timedelta(days=7)
LOW = 2
SURVEY_LIVES = timedelta(days=30)


def why_called_back(reference: str, importance: str, percent: int) -> str:
    """Empty when no call-back is due; else the reason it was drawn: `major`, `complex` or `sample`.

    The draw is a hash of the reference, so it can be repeated and nobody can choose whom not to ask.
    """
    if importance in (Importance.MAJOR, Importance.COMPLEX):
        return importance
    drawn = int(hashlib.sha256(f"call-back:{reference}".encode()).hexdigest()[:8], 16) % 100
    return "sample" if drawn < percent else ""


def is_low(handling: int) -> bool:
    """A score that asks for a second call-back and a supervisor."""
    return handling <= LOW
