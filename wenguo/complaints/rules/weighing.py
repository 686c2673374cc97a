"""The matrix of stage 5: four scores make the importance, with its reasons."""

from dataclasses import dataclass

from wenguo.process.choices import Importance


@dataclass(frozen=True)
class Weighing:
    """Four scores of 1–5 and what they make: importance with its reasons (codes, translated by the caller)."""

    importance: Importance
    is_urgent: bool
    reasons: tuple[str, ...]


def weigh(*, severity: int, safety: int, complexity: int, impact: int, said_urgent: bool = False) -> Weighing:
    """The matrix of stage 5: safety or severity of 4 makes it major, complexity of 4 complex, wide impact major.

    Safety of 4 or 5 is urgent whatever was ticked; complex wins over major only where nothing is at stake.
    """
    reasons: list[str] = []
    if safety >= 4:
        reasons.append("safety")
    if severity >= 4:
        reasons.append("severity")
    if impact >= 4:
        reasons.append("impact")
    major = bool(reasons) or severity + impact >= 7
    if major and not reasons:
        reasons.append("severity_and_impact")
    if complexity >= 4:
        reasons.append("complexity")
    level = Importance.MAJOR if major else Importance.COMPLEX if complexity >= 4 else Importance.ORDINARY
    return Weighing(level, said_urgent or safety >= 4, tuple(reasons or ["nothing_grave"]))


def is_grave(importance: str) -> bool:
    """Major and complex: closed by someone else, always called back."""
    return importance in (Importance.MAJOR, Importance.COMPLEX)
