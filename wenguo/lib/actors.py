"""Who may be named in the audit: people (accounts.User) and the few actors that are not people."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Whoever does something; `audit_name` is kept as text, so that the audit outlives the row."""

    @property
    def audit_name(self) -> str: ...


@dataclass(frozen=True)
class NamedActor:
    """An actor without an account."""

    audit_name: str


SYSTEM = NamedActor("system")
COMPLAINANT = NamedActor("complainant")
