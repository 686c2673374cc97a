"""Is the installation well? Three questions, each answered by the database, the only thing the processes share."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from wenguo.lib.now import written_now
from wenguo.world.models import JobRun

HEARTBEAT = "worker"
LATE_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Health:
    """`ok` or what is wrong, per part."""

    database: str
    migrations: str
    worker: str

    @property
    def web_is_well(self) -> bool:
        return self.database == self.migrations == "ok"

    @property
    def is_well(self) -> bool:
        return self.web_is_well and self.worker == "ok"


def health() -> Health:
    try:
        pending = pending_migrations()
        worker = _worker_state() if not pending else "unknown"
    except DatabaseError:
        return Health("unreachable", "unknown", "unknown")
    return Health("ok", f"{pending} pending" if pending else "ok", worker)


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _worker_state() -> str:
    beat = JobRun.objects.filter(name=HEARTBEAT).first()
    if not beat:
        return "never seen"
    silent = written_now() - beat.started_at
    return "ok" if silent < LATE_AFTER else f"silent for {int(silent.total_seconds())} s"
