"""Every measurement, one after the other, on databases of its own; writes the tables of docs/performance.md.

    make bench                                   everything: hours at 1,000,000 complaints and 18,000,000 in the lake
    make bench COMPLAINTS=20000 LAKE=200000      smaller
    make bench ONLY="load read"                  some of them

BENCH_URL names a PostgreSQL server where databases may be made; those it makes are dropped in the end.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SERVER = os.environ.get("BENCH_URL", "postgresql://postgres@127.0.0.1:5432")
SMALL = 10_000
LARGE = int(os.environ.get("COMPLAINTS") or 1_000_000)
LAKE = int(os.environ.get("LAKE") or 18_000_000)
ONLY = (os.environ.get("ONLY") or "load read lifecycle memory lake").split()
Figures = dict[str, Any]


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="wenguo-bench-"))
    measured: list[tuple[str, Figures]] = []
    try:
        for size in dict.fromkeys((min(SMALL, LARGE), LARGE)):
            measured += _at(size, home, measured)
        if "lake" in ONLY:
            measured += _on_database("wenguo_bench_lake", home, [
                ["load", "--complaints", "1000"],
                ["lake", "--complaints", str(LAKE)],
            ])  # fmt: skip
    finally:
        shutil.rmtree(home, ignore_errors=True)
        if measured:
            _write_page(measured)


def _at(size: int, home: Path, before: list[tuple[str, Figures]]) -> list[tuple[str, Figures]]:
    """Load, then what reads and writes, at this size."""
    steps = [["load", "--complaints", str(size)]]
    if "read" in ONLY:
        earlier = next((figures for command, figures in before if command.startswith("read")), None)
        kept = home / "read.json"
        kept.write_text(json.dumps(earlier))
        steps.append(["read", "--clients", "4", *(["--compare", str(kept)] if earlier else [])])
    if "lifecycle" in ONLY:
        steps += [["lifecycle", "--clients", "1"], ["lifecycle", "--clients", "4"]]
    if "memory" in ONLY and not before:
        steps.append(["memory"])
    return _on_database(f"wenguo_bench_{size}", home, steps)


def _on_database(name: str, home: Path, steps: list[list[str]]) -> list[tuple[str, Figures]]:
    _make(name)
    environment = os.environ | {"DATABASE_URL": f"{SERVER}/{name}", "WENGUO_HOME": str(home)}
    try:
        subprocess.run([sys.executable, "-m", "wenguo.console", "migrate", "-v", "0"], env=environment, check=True)
        return [(" ".join(step), _measured(step, environment)) for step in steps]
    finally:
        _drop(name)


def _measured(step: list[str], environment: dict[str, str]) -> Figures:
    print(f"wenguo bench {' '.join(step)}", flush=True)
    command = [sys.executable, "-m", "wenguo.console", "bench", *step, "--json"]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(answer.stdout)
    print(json.dumps(figures), flush=True)
    return figures


def _make(name: str) -> None:
    _drop(name)
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _drop(name: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _write_page(measured: list[tuple[str, Figures]]) -> None:
    """Replaces what was measured before."""
    head, _begin, rest = PAGE.read_text().partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    machine = measured[0][1].get("machine", {})
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    lines = [
        f"Measured {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())} at {revision.strip()}: {machine.get('cores')} "
        f"cores, Python {machine.get('python')}, PostgreSQL.",
        "",
        "| command | load average before → after | figures |",
        "|---|---|---|",
        *(_line(command, figures) for command, figures in measured),
    ]
    PAGE.write_text(f"{head}{BEGIN}\n{chr(10).join(lines)}\n{END}{tail}")


def _line(command: str, figures: Figures) -> str:
    before = figures.get("machine", {}).get("load_before", ["–"])[0]
    after = figures.get("load_after", ["–"])[0]
    told = {name: value for name, value in figures.items() if name not in ("machine", "load_after")}
    return f"| `wenguo bench {command}` | {before} → {after} | {_told(told)} |"


def _told(figures: Figures) -> str:
    return "<br>".join(
        f"{name}: {', '.join(f'{key} {one}' for key, one in value.items()) if isinstance(value, dict) else value}"
        for name, value in figures.items()
    )


if __name__ == "__main__":
    main()
