"""What every step answers to a machine: where the complaint stands now."""

from typing import Protocol, Self

from ninja import Schema


class Standing(Schema):
    """Stage, status and the version to send with the next step."""

    reference: str
    stage: str
    status: str
    version: int


class Stands(Protocol):
    reference: str
    stage: str
    status: str
    version: int

    def as_left(self) -> Self | None: ...
    def refresh_from_db(self) -> None: ...


def standing(complaint: Stands) -> Standing:
    """As the action left its own locked row."""
    left = complaint.as_left()
    if left is None:
        complaint.refresh_from_db()
        left = complaint
    return Standing(reference=left.reference, stage=left.stage, status=left.status, version=left.version)
