"""What every step answers to a machine: where the complaint stands now."""

from typing import Protocol

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

    def refresh_from_db(self) -> None: ...


def standing(complaint: Stands) -> Standing:
    """Read anew: the action worked on its own locked row."""
    complaint.refresh_from_db()
    return Standing(
        reference=complaint.reference, stage=complaint.stage, status=complaint.status, version=complaint.version
    )
