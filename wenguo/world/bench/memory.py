"""`wenguo bench memory`: what web and worker hold while nothing happens, and what web has imported."""

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from wenguo.world.bench.report import Figures, machine
from wenguo.world.bench.server import WORKERS, Visitor, own_server

HELP = "Weighs web and worker while idle (Linux: proportional set size of all their processes)."
# what belongs into short-lived children of the worker only
HEAVY = ("duckdb", "ibis", "pyarrow", "polars", "pandas", "numpy", "scipy", "sklearn", "matplotlib", "pyspark")

_PATIENCE = 120  # seconds for the worker's children to end


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--settle", type=float, default=75, help="seconds to wait: by then every job has run once")


def measure(options: Mapping[str, Any], tell: Callable[[str], object]) -> Figures:
    """Megabytes of each part, and the sum."""
    before = machine()
    worker = subprocess.Popen([sys.executable, "-m", "wenguo.console", "worker"], env=os.environ | _QUIET, stdout=2)
    try:
        with own_server() as (port, web):
            _visit(port)
            tell(f"waiting {options['settle']:.0f} s")
            time.sleep(options["settle"])
            waited = _until_alone(worker.pid)
            weighed = {"web_mb": _weight(tree_of(web)), "worker_mb": _weight([worker.pid])}
            children = tree_of(worker.pid)[1:]
            weighed["worker_children_mb"] = _weight(children)
            loaded = heavy_libraries_of(web)
    finally:
        worker.terminate()
        worker.wait(timeout=60)
    return {
        **weighed,
        "together_mb": round(sum(weighed.values()), 1),
        "worker_children": len(children),
        "waited_for_children_s": waited,
        "web_workers": WORKERS,
        "heavy_libraries_in_web": loaded,
        "settled_for_s": options["settle"],
        "machine": before,
    }


_QUIET = {"LOG_LEVEL": "WARNING"}


def _visit(port: int) -> None:
    """Every web process has answered before it is weighed."""
    for _time in range(WORKERS * 20):
        Visitor(port).get("/healthz?part=web")


def tree_of(process: int) -> list[int]:
    """The process and all below it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in tree_of(int(child)))]


def _until_alone(worker: int) -> float:
    """Waits for the worker's children to end, so that it is idle; seconds, at most `_PATIENCE`."""
    begun = time.perf_counter()
    while tree_of(worker)[1:] and time.perf_counter() - begun < _PATIENCE:
        time.sleep(0.2)
    return round(time.perf_counter() - begun, 1)


def _weight(processes: Iterable[int]) -> float:
    """Proportional set size, MB: pages that are shared count once, divided among their holders."""
    return round(sum(_pss_kb(one) for one in processes) / 1024, 1)


def _pss_kb(process: int) -> int:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def heavy_libraries_of(process: int) -> list[str]:
    """Libraries for analysis whose compiled code lies in the memory of this tree."""
    mapped = {line.rpartition("/")[0] for one in tree_of(process) for line in _maps(one)}
    return [name for name in HEAVY if any(f"/site-packages/{name}" in f"{folder}/" for folder in mapped)]


def _maps(process: int) -> list[str]:
    return Path(f"/proc/{process}/maps").read_text().splitlines()
