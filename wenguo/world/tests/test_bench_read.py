"""`wenguo bench read` and `memory`, small: a home of their own, loaded by the command, asked over HTTP."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wenguo.insights.choices import BOARDS
from wenguo.world.bench.read import ratios

pytestmark = [pytest.mark.slow, pytest.mark.once]
PAGES = {"home", "home of a manager", "list", "search", "open", "API list", "figures", "dashboards"}


def bench(home: Path, *command: str) -> Any:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL")}
    environment |= {"WENGUO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(
        [sys.executable, "-m", "wenguo.console", *command], env=environment, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout) if "--json" in command else None


def test_what_it_says_is_what_was_asked(tmp_path: Path) -> None:
    bench(tmp_path, "migrate", "-v", "0")
    small = ("--ended", "5", "--stopped", "5", "--dealers", "2")
    loaded = bench(tmp_path, "bench", "load", "--complaints", "60", *small, "--json")
    assert loaded["complaints"] == 60
    assert loaded["rows"] > 60 * 20
    read = bench(tmp_path, "bench", "read", "--clients", "2", "--requests", "5", "--json")
    assert read["complaints"] == 60
    assert set(read["pages"]) >= PAGES
    for page in read["pages"].values():
        assert page["requests"] == 2 * 5
        assert 0 < page["p50_ms"] <= page["p95_ms"] <= page["p99_ms"]
    assert len(read["machine"]["load_before"]) == 3
    asked_of_the_lake(tmp_path)


def asked_of_the_lake(home: Path) -> None:
    lake = bench(home, "bench", "lake", "--complaints", "300", "--months", "2", "--json")
    assert lake["complaints"] == 300
    assert lake["facts"] > 300 * 5
    assert set(lake["dashboards"]) == set(BOARDS)
    for asked in lake["questions"].values():
        assert asked["counted"] == asked["bare_counted"] > 0


def test_an_earlier_run_is_compared_page_by_page(tmp_path: Path) -> None:
    earlier = tmp_path / "before.json"
    earlier.write_text(json.dumps({"pages": {"list": {"p95_ms": 40.0}, "gone": {"p95_ms": 1.0}}}))
    figures = {"list": {"p95_ms": 50.0}, "new": {"p95_ms": 7.0}, "figures": {"left_out": "nobody"}}
    assert ratios(figures, earlier) == {"list": 1.25}


def test_web_and_worker_stay_small(tmp_path: Path) -> None:
    bench(tmp_path, "migrate", "-v", "0")
    weighed = bench(tmp_path, "bench", "memory", "--settle", "10", "--json")
    assert weighed["heavy_libraries_in_web"] == []
    parts = weighed["web_mb"] + weighed["worker_mb"] + weighed["worker_children_mb"]
    assert weighed["together_mb"] == pytest.approx(parts, abs=0.2)
    assert weighed["web_mb"] > 50
    assert weighed["worker_mb"] > 50
    assert weighed["web_mb"] + weighed["worker_mb"] <= 500
