"""A PostgreSQL primary and its streaming replica in a folder of their own, on loopback, gone afterwards."""

import glob
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Nothing has to survive a power cut here
QUICK = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Server:
    """One PostgreSQL server; `stop` is immediate, as a pulled plug."""

    folder: Path
    port: int
    programs: Path

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder.parent} {QUICK}"
        log = self.folder.with_suffix(".log")
        self.run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(log), "-o", options, "start")

    def stop(self) -> None:
        if (self.folder / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def run(self, program: str, *given: str) -> None:
        subprocess.run([*_as_postgres(), str(self.programs / program), *given], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def primary_and_replica(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Both running, the replica following by streaming."""
    programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    primary = Server(folder / "primary", free_port(), programs)
    replica = Server(folder / "replica", free_port(), programs)
    _open_to_postgres(folder)
    primary.run("initdb", "-D", str(primary.folder), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    try:
        primary.start()
        source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"]
        replica.run("pg_basebackup", "-D", str(replica.folder), "-R", "-X", "stream", "-c", "fast", *source)
        replica.start()
        yield primary, replica
    finally:
        replica.stop()
        primary.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _open_to_postgres(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not os.getuid():
        shutil.chown(folder, "postgres")
