"""Notes of the worker about its own runs. What crosses rooms for the business has commands of its own."""

from wenguo.lib.now import written_now
from wenguo.world.models import JobRun
from wenguo.world.queries import HEARTBEAT


def note_heartbeat() -> None:
    JobRun.objects.update_or_create(name=HEARTBEAT, defaults={"started_at": written_now()})


def note_start(name: str) -> None:
    JobRun.objects.update_or_create(name=name, defaults={"started_at": written_now(), "finished_at": None})


def note_end(name: str) -> None:
    JobRun.objects.filter(name=name).update(finished_at=written_now())


def note_failure(name: str, error: str) -> None:
    JobRun.objects.filter(name=name).update(failed_at=written_now(), last_error=error[-4000:])
