"""How far the lake has read, and what it is made of: for the command, the worker and the page's “as of”."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from wenguo.audit.models import AuditEntry
from wenguo.insights.models import AdHocQuery, Counted, LakeFile, LakeState, Paper, RegulatorFile
from wenguo.insights.models.asked import AskedState
from wenguo.insights.queries.horizon import waiting_for
from wenguo.lib.now import now


@dataclass(frozen=True)
class Status:
    """`behind` audit entries are not in it yet; `held_by` writers keep it from reading on right now."""

    as_of: datetime | None
    position: int
    behind: int
    held_by: int
    due: int
    files: int
    bytes: int
    complaints: int
    rebuilding: bool


def lake_status() -> Status:
    state = LakeState.objects.first() or LakeState()
    highest = AuditEntry.objects.aggregate(highest=Max("pk"))["highest"] or 0
    behind = highest - state.position
    return Status(
        as_of=state.as_of,
        position=state.position,
        behind=behind,
        held_by=waiting_for(state.position) if behind else 0,
        due=Counted.objects.filter(next_at__lte=now()).count(),
        files=LakeFile.objects.count(),
        bytes=LakeFile.objects.aggregate(size=Sum("size"))["size"] or 0,
        complaints=Counted.objects.count(),
        rebuilding=state.rebuilding,
    )


def is_anything_waiting() -> bool:
    """Cheap: two looks at the end of an index."""
    state = LakeState.objects.first()
    if state is None or state.rebuilding:
        return AuditEntry.objects.exists()
    newer = AuditEntry.objects.filter(pk__gt=state.position).exists()
    return newer or Counted.objects.filter(next_at__lte=now()).exists()


def is_question_waiting() -> bool:
    return AdHocQuery.objects.filter(state__in=[AskedState.WAITING, AskedState.WORKING]).exists()


def is_file_waiting() -> bool:
    """Did somebody ask for a file nobody has written yet?"""
    waiting = RegulatorFile.objects.filter(state__in=("waiting", "working")).exists()
    return waiting or Paper.objects.filter(state="waiting").exists()
